/**
 * A page without a browser: happy-dom's window stands where modules look for the browser's. Import
 * it before them, since some look as soon as they are imported.
 */

import { Window } from "happy-dom";

/** The site's path; the address of the page lies in it. */
export const ROOT = "/playbook/";
export const ADDRESS = `https://site.example${ROOT}quiz/`;

/** The parts of the element, as `cxquiz/authoring/page.py` renders them, with the least words. */
const QUIZ = `
  <cx-quiz root="${ROOT}" lens="money buying" runtime='{"folder": "runtime/", "files": {}}'>
    <div data-cx="screen"><form><input type="hidden" name="cx-screen" value="money"></form></div>
    <div data-cx="status" role="status"></div>
    <div data-cx="notice" role="status"></div>
    <template data-cx="loading"><p>Loading</p><progress max="1" data-cx="progress"></progress></template>
    <template data-cx="opening"><p>Opening</p></template>
    <template data-cx="failure">
      <h3 tabindex="-1" data-cx="failure-heading">Failure</h3>
      <button type="button" data-cx="retry">Retry</button><code data-cx="detail"></code>
    </template>
    <template data-cx="resume"><button type="button" data-cx="go-on">Go on</button></template>
    <template data-cx="storage"><p>Not kept</p></template>
    <template data-cx="copied"><p>Copied</p></template>
    <template data-cx="copy-failed"><p>Not copied</p></template>
    <template data-cx="full"><p>Full</p></template>
    <button type="button" data-cx="mine" hidden>Mine</button>
  </cx-quiz>
  <div id="cx-paper"></div>
  <a id="elsewhere" href="#">Elsewhere</a>`;

const page = new Window({
  url: ADDRESS,
  settings: { disableCSSFileLoading: true, handleDisabledFileLoadingAsSuccess: true },
});

for (const name of [
  ...["document", "window", "location", "history", "localStorage", "navigator", "customElements"],
  ...["matchMedia", "innerWidth", "Element", "HTMLElement", "HTMLFormElement", "HTMLInputElement"],
  ...["HTMLSelectElement", "HTMLTextAreaElement", "HTMLTemplateElement", "HTMLProgressElement"],
  ...["HTMLDialogElement", "FormData", "Event", "KeyboardEvent", "MouseEvent"],
]) {
  const value = name === "window" ? page : Reflect.get(page, name);
  const isMethod = name === "matchMedia";
  Object.defineProperty(globalThis, name, {
    value: isMethod ? value.bind(page) : value,
    configurable: true,
    writable: true,
  });
}

/** @type {[string, any][]} */
const listeners = [];
const { addEventListener } = page;

/** @type {(type: string, listener: any) => void} */
function listen(type, listener) {
  listeners.push([type, listener]);
  addEventListener.call(page, /** @type {any} */ (type), listener);
}
Reflect.set(page, "addEventListener", listen);

/**
 * Begin anew: nothing is kept, and the page holds the quiz alone.
 *
 * @param {string} [screen]  What stands on its screen.
 * @param {string} [address]
 * @returns {HTMLElement}  The quiz.
 */
export function openPage(screen, address = ADDRESS) {
  for (const [type, listener] of listeners.splice(0)) {
    page.removeEventListener(/** @type {any} */ (type), listener);
  }
  localStorage.clear();
  history.replaceState(null, "", address);
  document.title = "Page";
  const block = document.createElement("div");
  block.innerHTML = QUIZ; // whole before it comes into the page, as where the module comes later
  document.body.replaceChildren(block);
  if (screen !== undefined) {
    find('[data-cx="screen"]').innerHTML = screen;
  }
  return find("cx-quiz");
}

/**
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function find(selector) {
  const element = document.querySelector(selector);
  if (!(element instanceof HTMLElement)) {
    throw new Error(`the page has no ${selector}`);
  }
  return element;
}

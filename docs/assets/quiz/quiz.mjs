/**
 * `<cx-quiz>`: the quiz as an element of the page. It listens to the reader and to the browser, and
 * its controller does the rest.
 */

import { ELEMENT } from "./contract.mjs";
import { QuizController } from "./controller.mjs";
import { pressOnEnter } from "./form.mjs";
import { placeIn } from "./history.mjs";
import { whenIdle } from "./idle.mjs";
import { Python } from "./python.mjs";
import { NARROW } from "./requests.mjs";
import { resolveRuntime } from "./runtime.mjs";
import { View } from "./view.mjs";

/** The first sign of intent starts Python. Whoever only reads never pays for it. */
const SIGNS_OF_INTENT = ["focusin", "pointerdown", "touchstart"];

class CxQuiz extends HTMLElement {
  /** @type {QuizController | undefined} */
  #controller;

  connectedCallback() {
    if (this.#controller) {
      return; // moved within the page, not new
    }
    const root = new URL(this.getAttribute("root") ?? "./", document.baseURI);
    const view = new View(this);
    const runtime = resolveRuntime(this.getAttribute("runtime") ?? "{}", root);
    const python = new Python(runtime, (loaded, total) => view.showProgress(loaded, total));
    this.#controller = new QuizController(this, root, view, python);
    this.#hearReader(this.#controller);
    this.#startInTime(python);
    this.#hearBrowser(this.#controller);
    this.#controller.start();
  }

  /** @param {QuizController} controller */
  #hearReader(controller) {
    this.addEventListener("submit", (event) => controller.submit(event));
    this.addEventListener("input", () => controller.keep());
    this.addEventListener("click", (event) => controller.click(event));
    this.addEventListener("keydown", (event) => pressOnEnter(event, this));
    this.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.files) {
        controller.importFiles(event.target.files);
      }
    });
    this.addEventListener("dragover", (event) => event.preventDefault());
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      controller.importFiles(event.dataTransfer?.files);
    });
  }

  /** @param {Python} python */
  #startInTime(python) {
    for (const sign of SIGNS_OF_INTENT) {
      this.addEventListener(sign, () => python.start(), { passive: true });
    }
    if (this.getAttribute("start") === "idle") {
      // Who opens the quiz's own page is about to answer.
      whenIdle(() => python.start());
    }
  }

  /** @param {QuizController} controller */
  #hearBrowser(controller) {
    window.addEventListener("popstate", (event) => controller.travel(placeIn(event.state)));
    window.addEventListener("pageshow", (event) => event.persisted && controller.resume());
    window.addEventListener("hashchange", () => controller.openLink());
    NARROW.addEventListener("change", () => controller.redrawMap());
  }
}

customElements.define(ELEMENT, CxQuiz);

/**
 * What the reader sees of the quiz: the parts of the element, what is announced in them, and
 * where the focus goes.
 */

import { PAPER } from "./contract.mjs";

/** @typedef {import("./contract.mjs").Part} Part */

/** On the quiz on paper: it is shown although nobody has asked for it. */
const SHOWN = "data-cx-shown";

export class View {
  #quiz;

  /** @param {HTMLElement} quiz  The element. */
  constructor(quiz) {
    this.#quiz = quiz;
  }

  /**
   * @param {Part} name
   * @returns {HTMLElement}
   */
  part(name) {
    const part = this.#quiz.querySelector(`[data-cx="${name}"]`);
    if (!part) {
      throw new Error(`<cx-quiz> has no part “${name}”`);
    }
    return /** @type {HTMLElement} */ (part);
  }

  /** @returns {HTMLElement} */
  get screen() {
    return this.part("screen");
  }

  /** @returns {HTMLFormElement | null} */
  get form() {
    return this.screen.querySelector("form");
  }

  /**
   * Fill a part from a template.
   *
   * @param {Part} place
   * @param {Part} template
   * @returns {HTMLElement}  The part.
   */
  fill(place, template) {
    const source = this.part(template);
    const part = this.part(place);
    if (source instanceof HTMLTemplateElement) {
      part.replaceChildren(source.content.cloneNode(true));
    }
    return part;
  }

  /**
   * Announce something under the screen, until the next screen comes.
   *
   * @param {Part} template
   */
  announce(template) {
    return this.fill("status", template);
  }

  /** @param {string} html  A screen as Python has rendered it. */
  showScreen(html) {
    const { screen } = this;
    screen.innerHTML = html;
    screen.hidden = false;
    this.part("status").replaceChildren();
    document.getElementById(PAPER)?.removeAttribute(SHOWN);
  }

  /**
   * Say that an answer, or a link, waits for Python.
   *
   * @param {"loading" | "opening"} template
   */
  showWaiting(template) {
    this.announce(template).scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {number} loaded
   * @param {number} total
   */
  showProgress(loaded, total) {
    const bar = this.#quiz.querySelector('[data-cx="status"] [data-cx="progress"]');
    if (bar instanceof HTMLProgressElement) {
      bar.max = total;
      bar.value = loaded;
    }
  }

  /** @param {string} detail  Why Python cannot run, for the reader's IT support. */
  showFailure(detail) {
    this.screen.hidden = true;
    const status = this.announce("failure");
    const code = status.querySelector('[data-cx="detail"]');
    if (code) {
      code.textContent = detail;
    }
    document.getElementById(PAPER)?.setAttribute(SHOWN, "");
    this.moveFocus(status.querySelector('[data-cx="failure-heading"]'));
  }

  /** Say that the browser keeps nothing. */
  showStorageNotice() {
    // It stays there, away from what each screen clears, so that it is announced once a page.
    if (!this.part("notice").hasChildNodes()) {
      this.fill("notice", "storage");
    }
  }

  /**
   * Move the focus, unless the reader has gone to another place of the page meanwhile.
   *
   * @param {HTMLElement | null} element
   */
  moveFocus(element) {
    const active = document.activeElement;
    if (!active || active === document.body || this.#quiz.contains(active)) {
      element?.focus();
    }
  }
}

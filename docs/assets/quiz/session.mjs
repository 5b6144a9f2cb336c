/**
 * The reader's session as this page has it: the answers, and the screen that Python has rendered
 * for them. The browser keeps both, and what stands in the form.
 */

import { fieldsOf, restoreDraft } from "./form.mjs";
import { screenContent } from "./markup.mjs";

/** @typedef {import("./contract.mjs").QuizReply} QuizReply */
/** @typedef {import("./storage.mjs").Storage} Storage */
/** @typedef {import("./view.mjs").View} View */

export class Session {
  /**
   * As Python last gave them; the page never looks in.
   *
   * @type {unknown}
   */
  answers = null;
  /** The screen as Python rendered it; empty where it has rendered none. */
  html = "";
  #title = "";
  #storage;
  #view;

  /**
   * @param {Storage} storage
   * @param {View} view
   */
  constructor(storage, view) {
    this.#storage = storage;
    this.#view = view;
  }

  /**
   * Show where the reader stands, from what the browser keeps.
   *
   * @param {string} root  The site's path.
   */
  restore(root) {
    const kept = this.#storage.read();
    this.answers = kept.answers ?? null;
    const html = typeof kept.html === "string" ? kept.html : "";
    const content = html && screenContent(html, root);
    if (content) {
      this.html = html;
      this.#title = typeof kept.title === "string" ? kept.title : "";
      this.#view.screen.replaceChildren(content);
    } else if (this.answers) {
      // The screen cannot be trusted, and only Python can make it anew. It is not started for
      // whoever only reads, so the reader says when to go on.
      this.#view.fill("screen", "resume");
    }
    const { form } = this.#view;
    if (form) {
      restoreDraft(form, kept.draft);
    }
  }

  /**
   * Go on with what Python answers.
   *
   * @param {QuizReply} reply
   */
  update({ answers, title, html }) {
    this.answers = answers;
    this.#title = title;
    this.html = html;
    this.keep();
  }

  /** Let the browser keep all as it stands. */
  keep() {
    const isKept = this.#storage.write({
      answers: this.answers,
      html: this.html,
      title: this.#title,
      draft: fieldsOf(this.#view.form),
    });
    if (!isKept) {
      this.#view.showStorageNotice();
    }
  }
}

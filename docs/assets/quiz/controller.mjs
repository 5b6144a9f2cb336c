/**
 * Carries the reader's answers to Python and shows the screens that come back. It knows nothing of
 * questions or relationships: it sends a form's fields, swaps HTML, moves the focus and keeps what
 * the reader gave.
 */

import { copyField } from "./clipboard.mjs";
import { ACTION_FIELD, COPY, RELATIONSHIPS_ACTION } from "./contract.mjs";
import { fieldsOf } from "./form.mjs";
import { answersLink, isSameSession, recordPlace, removeAnswersLink } from "./history.mjs";
import { offerRelationships, updateRelationships } from "./relationships.mjs";
import { completeRequest, Requests } from "./requests.mjs";
import { Session } from "./session.mjs";
import { Storage } from "./storage.mjs";

/** @typedef {import("./contract.mjs").QuizReply} QuizReply */
/** @typedef {import("./contract.mjs").QuizRequest} QuizRequest */
/** @typedef {import("./python.mjs").Python} Python */
/** @typedef {import("./requests.mjs").Message} Message */
/** @typedef {import("./view.mjs").View} View */

export class QuizController {
  #element;
  #root;
  #view;
  #storage;
  #session;
  #requests;
  #pageTitle = document.title;

  /**
   * @param {HTMLElement} element
   * @param {URL} root  The site's.
   * @param {View} view
   * @param {Python} python
   */
  constructor(element, root, view, python) {
    this.#element = element;
    this.#root = root;
    this.#view = view;
    this.#storage = new Storage(root.pathname);
    this.#session = new Session(this.#storage, view);
    // Read for each request: the same site in another tab may have changed them.
    this.#requests = new Requests((request) => python.ask(request, this.#storage.relationships), {
      onSlow: ({ type }) => view.showWaiting(type === "open" ? "opening" : "loading"),
      onReply: (reply, { type }) => this.#show(reply, type),
      onFailure: (detail) => view.showFailure(detail),
    });
  }

  /** Show where the reader stands on a page that has just come. */
  start() {
    this.resume();
    recordPlace(this.#session.answers, false);
    this.openLink();
  }

  /** Show where the reader stands, from what the browser keeps. */
  resume() {
    this.#session.restore(this.#root.pathname);
    offerRelationships(this.#storage, this.#view);
    this.#enhance();
  }

  /** Open the answers that the page's address holds, if it holds any. */
  openLink() {
    const link = answersLink();
    if (link) {
      this.#ask({ type: "open", link });
    }
  }

  /** Have a map drawn anew for a screen that was turned, unless the reader is arranging it. */
  redrawMap() {
    const { screen } = this.#view;
    if (screen.querySelector("svg") && !screen.querySelector("select") && !this.#requests.pending) {
      this.#ask({ type: "show" });
    }
  }

  /**
   * Go where the browser's Back or Forward leads. No later answer is lost by it: Python shows
   * the screen of that place with the answers of now.
   *
   * @param {{ answers: unknown } | undefined} place
   */
  travel(place) {
    if (place && !isSameSession(place.answers, this.#session.answers)) {
      this.#ask({ type: "show", place: place.answers });
    }
  }

  /** @param {SubmitEvent} event */
  submit(event) {
    event.preventDefault();
    if (event.target instanceof HTMLFormElement) {
      this.#ask({ type: "submit", fields: fieldsOf(event.target, event.submitter) });
    }
  }

  /** @param {MouseEvent} event */
  click(event) {
    const pressed = event.target instanceof Element ? event.target : this.#element;
    const button = pressed.closest("button");
    const name = pressed.closest("[data-cx]")?.getAttribute("data-cx");
    if (button?.name === COPY) {
      copyField(button.value, this.#view);
    } else if (name === "retry" && this.#requests.pending) {
      this.#view.screen.hidden = false;
      this.#ask(this.#requests.pending);
    } else if (name === "go-on") {
      this.#ask({ type: "show" });
    } else if (name === "mine") {
      const fields = fieldsOf(this.#view.form);
      this.#ask({ type: "submit", fields: [...fields, [ACTION_FIELD, RELATIONSHIPS_ACTION]] });
    }
  }

  /**
   * Take in files that the reader brings.
   *
   * @param {FileList | undefined} files
   */
  async importFiles(files) {
    if (files?.length) {
      const { read } = await import("./files.mjs");
      this.#ask({ type: "import", files: await read(files) });
    }
  }

  /** Let the browser keep what the reader has typed so far. */
  keep() {
    this.#session.keep();
  }

  /** @param {Message} message */
  #ask(message) {
    const request = completeRequest(message, {
      answers: this.#session.answers,
      lens: this.#element.getAttribute("lens"),
      root: this.#root,
    });
    this.keep();
    this.#requests.send(request);
  }

  /**
   * @param {QuizReply} reply
   * @param {QuizRequest["type"]} type  What was asked.
   */
  #show(reply, type) {
    // Showing a place is no step: only a submission that led on is one to come back from.
    const isStep = type === "submit" && !isSameSession(reply.answers, this.#session.answers);
    this.#view.showScreen(reply.html);
    if (type === "open") {
      removeAnswersLink();
    }
    this.#session.update(reply);
    document.title = `${reply.title} – ${this.#pageTitle}`;
    recordPlace(reply.answers, isStep);
    this.#view.moveFocus(document.getElementById(reply.focus));
    updateRelationships(reply, this.#storage, this.#view);
    this.#enhance();
    import("../offline/registration.mjs").then((it) => it.registerWhenIdle()).catch(() => {});
  }

  /** Load what a screen of Python needs beside it. A page that nobody touches goes without. */
  #enhance() {
    if (this.#session.html) {
      import("./result.mjs").then((it) => it.enhanceResults(this.#element)).catch(() => {});
    }
  }
}

/**
 * The page's requests to Python: what is sent with each, and which answers still count.
 */

import { PythonFailure } from "./python.mjs";

/** @typedef {import("./contract.mjs").QuizReply} QuizReply */
/** @typedef {import("./contract.mjs").QuizRequest} QuizRequest */
/** @typedef {Pick<QuizRequest, "type" | "fields" | "place" | "link" | "files">} Message */

/** After so many milliseconds without an answer the reader is told to wait: no flicker before. */
const SLOW = 100;

/** On such a screen a map is drawn in one column. */
export const NARROW = matchMedia("(max-width: 44em)");

/** @returns {string} The reader's date, such as 2026-11-22; Python in a worker knows UTC alone. */
function localDate() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/**
 * @param {Message} message
 * @param {object} about
 * @param {unknown} about.answers  The session.
 * @param {string | null} about.lens  The questions that the page is about, with blanks between.
 * @param {URL} about.root  The site's.
 * @returns {QuizRequest}  The message with all that Python must know to answer it.
 */
export function completeRequest(message, { answers, lens, root }) {
  return {
    ...message,
    answers,
    lens: (lens ?? "").split(" ").filter(Boolean),
    root: root.pathname,
    address: root.href,
    narrow: NARROW.matches,
    width: innerWidth,
    today: localDate(),
  };
}

export class Requests {
  /** An answer to an older request comes too late to be shown. */
  #latest = 0;
  /** @type {QuizRequest | undefined} */
  #pending;
  #ask;
  #onSlow;
  #onReply;
  #onFailure;

  /**
   * @param {(request: QuizRequest) => Promise<QuizReply>} ask  Asks Python.
   * @param {object} options
   * @param {(request: QuizRequest) => void} options.onSlow  Hears that an answer takes long.
   * @param {(reply: QuizReply, request: QuizRequest) => void} options.onReply
   * @param {(detail: string) => void} options.onFailure
   */
  constructor(ask, { onSlow, onReply, onFailure }) {
    this.#ask = ask;
    this.#onSlow = onSlow;
    this.#onReply = onReply;
    this.#onFailure = onFailure;
  }

  /** @returns {QuizRequest | undefined}  What was asked last, as long as it is not answered. */
  get pending() {
    return this.#pending;
  }

  /** @param {QuizRequest} request */
  async send(request) {
    const number = ++this.#latest;
    this.#pending = request;
    const slow = setTimeout(() => this.#onSlow(request), SLOW);
    try {
      const reply = await this.#ask(request);
      if (number === this.#latest) {
        this.#pending = undefined;
        this.#onReply(reply, request);
      }
    } catch (error) {
      if (number === this.#latest) {
        this.#onFailure(error instanceof PythonFailure ? error.message : String(error));
      }
    } finally {
      clearTimeout(slow);
    }
  }
}

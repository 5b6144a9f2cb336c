/**
 * Python as the page sees it: start it, ask it, and hear when it cannot go on.
 */

import { RuntimeDownload } from "./runtime.mjs";

/** @typedef {import("./contract.mjs").Runtime} Runtime */
/** @typedef {import("./contract.mjs").QuizRequest} QuizRequest */
/** @typedef {import("./contract.mjs").QuizReply} QuizReply */
/** @typedef {import("./contract.mjs").ToWorker} ToWorker */
/** @typedef {import("./contract.mjs").FromWorker} FromWorker */

/** Silence for this long, in milliseconds, means that nothing will come any more. */
const PATIENCE = 30_000;

const WORKER = new URL("./worker.mjs", import.meta.url);

/** Python cannot start or go on; the message is for the reader's IT support. */
export class PythonFailure extends Error {}

/**
 * @typedef {object} Waiting
 * @property {(reply: QuizReply) => void} resolve
 * @property {(reason: PythonFailure) => void} reject
 */

export class Python {
  /** @type {Worker | undefined} */
  #worker;
  /** @type {RuntimeDownload | undefined} */
  #download;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #nextId = 1;
  /** The kept relationships, as the worker has them. */
  #relationships = "";
  #failed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watchdog;
  #runtime;
  #onProgress;

  /**
   * @param {Runtime} runtime
   * @param {(loaded: number, total: number) => void} onProgress
   */
  constructor(runtime, onProgress) {
    this.#runtime = runtime;
    this.#onProgress = onProgress;
  }

  /**
   * Start Python, unless it is there. Nobody waits for it: whoever asks will hear. After a
   * failure only a question starts it again, since that may mend what is broken.
   */
  start() {
    if (!this.#worker && !this.#failed) {
      this.#launch();
    }
  }

  #launch() {
    this.#relationships = "";
    // The downloads first: they are what takes longest.
    this.#download = new RuntimeDownload(this.#runtime.files, {
      // After a failure, what the browser has cached may be the very thing that is broken.
      cache: this.#failed ? "reload" : "default",
      onFile: (name, bytes) => this.#send({ type: "file", name, bytes }, [bytes]),
      onProgress: (loaded, total) => {
        this.#watch();
        this.#onProgress(loaded, total);
      },
      onFailure: (detail) => this.#fail(`download: ${detail}`),
    });
    const worker = new Worker(WORKER, { type: "module" });
    this.#worker = worker;
    worker.addEventListener("message", (/** @type {MessageEvent<FromWorker>} */ event) => {
      this.#hear(event.data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#fail(`worker: ${event.message || "its script cannot be loaded"}`);
    });
    this.#send({ type: "start", runtime: this.#runtime });
    this.#watch();
  }

  /**
   * Ask Python, starting it if need be.
   *
   * @param {QuizRequest} request
   * @param {string} relationships  Those that the browser keeps.
   * @returns {Promise<QuizReply>}
   */
  ask(request, relationships) {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#watch();
      this.#post(id, request, relationships);
    });
  }

  /**
   * Send a question, unless it was given up before the worker stood.
   *
   * @param {number} id
   * @param {QuizRequest} request
   * @param {string} relationships  Megabytes at most, which are sent where the worker has others.
   */
  async #post(id, request, relationships) {
    if (this.#failed && !this.#worker) {
      // What the browser has cached may be what is broken: ask the site for the script anew.
      await fetch(WORKER, { cache: "reload" }).catch(() => {});
    }
    if (this.#waiting.has(id)) {
      if (!this.#worker) {
        this.#launch();
      }
      const given = relationships === this.#relationships ? undefined : relationships;
      this.#relationships = relationships;
      this.#send({ type: "ask", id, request, relationships: given });
      this.#watch();
    }
  }

  /**
   * @param {ToWorker} message
   * @param {Transferable[]} [given]  What of it the page gives away instead of copying it.
   */
  #send(message, given = []) {
    this.#worker?.postMessage(message, given);
  }

  /** @param {FromWorker} message */
  #hear(message) {
    this.#watch();
    if (message.type === "failed") {
      this.#fail(`${message.stage}: ${message.message}`);
    } else if (message.type === "reply") {
      this.#waiting.get(message.id)?.resolve(message.reply);
      this.#waiting.delete(message.id);
      this.#watch();
    }
  }

  /** Fail after a long silence, but only while somebody waits for an answer. */
  #watch() {
    clearTimeout(this.#watchdog);
    if (this.#waiting.size > 0) {
      this.#watchdog = setTimeout(() => this.#fail("worker: no sign of life"), PATIENCE);
    }
  }

  /** @param {string} detail */
  #fail(detail) {
    clearTimeout(this.#watchdog);
    this.#download?.stop();
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#failed = true;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) {
      reject(new PythonFailure(detail));
    }
  }
}

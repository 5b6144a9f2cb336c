/**
 * “Keep this playbook on this device”: the buttons, and what is said of how it goes. The words
 * are templates in the page; the work is the service worker's.
 */

import { obstacle, register, registration, removeFromDevice, setWish, wish } from "./registration.mjs";

/** After such a silence, in milliseconds, nothing will come any more. */
const PATIENCE = 60_000;

/** What overtakes another message does so by less than this, in milliseconds. */
const MOMENT = 1_000;

class Keeping {
  #box;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watchdog;

  /** @param {HTMLElement} box */
  constructor(box) {
    this.#box = box;
  }

  async start() {
    this.#box.hidden = false;
    if (obstacle()) {
      this.#show("unable"); // a site that has it switched off has no buttons
      return;
    }
    this.#box.addEventListener("click", (event) => this.#click(event));
    navigator.serviceWorker.addEventListener("message", (event) => this.#hear(event.data));
    navigator.serviceWorker.startMessages();
    const active = (await registration())?.active;
    if (active) {
      active.postMessage("state");
    } else {
      this.#show(wish() === "kept" ? "cleared" : "free");
    }
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const pressed = event.target instanceof Element ? event.target.closest("[data-cx]") : null;
    if (pressed?.getAttribute("data-cx") === "keep") {
      this.#keep();
    } else if (pressed?.getAttribute("data-cx") === "remove") {
      this.#remove();
    }
  }

  async #keep() {
    this.#show("working", true);
    this.#watch();
    try {
      // Without this the browser may clear everything when it runs short of space. Some ask the
      // reader, some refuse, and keeping goes on meanwhile.
      navigator.storage?.persist?.().catch(() => {});
      const found = await register();
      if (found.active) {
        await found.update(); // what is kept shall be of the newest release
      }
      const coming = found.installing ?? found.waiting;
      const ready = coming ? await activated(coming) : found.active;
      ready?.postMessage("keep");
    } catch (error) {
      // A browser that refuses says so by an exception of its own kind. A service worker says why
      // it cannot be installed, but the message may come a moment later.
      const refuses = error instanceof DOMException;
      setTimeout(() => this.#fail(refuses ? "unable" : "network"), refuses ? 0 : MOMENT);
    }
  }

  async #remove() {
    await removeFromDevice();
    setWish("removed");
    this.#show("removed", true);
  }

  /** @param {{ type?: unknown, loaded?: number, total?: number, kept?: boolean, reason?: string }} message */
  #hear({ type, loaded, total, kept, reason }) {
    const bar = this.#bar;
    if (type === "state") {
      this.#showKept(kept === true);
    } else if (bar && type === "progress" && loaded !== undefined && total !== undefined) {
      this.#watch();
      bar.max = total;
      bar.value = loaded;
    } else if (type === "failed") {
      this.#fail(reason === "full" ? "full" : "network");
    }
  }

  /** @param {boolean} isKept  All of it; some of it is kept in any case. */
  #showKept(isKept) {
    if (isKept) {
      setWish("kept");
      this.#show("kept", this.#bar !== null);
    } else {
      this.#show(wish() === "kept" ? "cleared" : "some");
    }
  }

  /** Fail after a long silence. */
  #watch() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#fail("network"), PATIENCE);
  }

  /**
   * Say why it did not work, unless that was said already.
   *
   * @param {"full" | "network" | "unable"} reason
   */
  #fail(reason) {
    if (this.#bar) {
      this.#show(reason, true);
    }
  }

  /** @returns {HTMLProgressElement | null}  It is there while the work goes on. */
  get #bar() {
    return this.#box.querySelector("progress");
  }

  /**
   * @param {string} state  The template's.
   * @param {boolean} [isAnswer]  Whether it answers a press: the pressed button is gone, and the
   *   focus goes to what is said in its place.
   */
  #show(state, isAnswer = false) {
    if (state !== "working") {
      clearTimeout(this.#watchdog);
    }
    const template = this.#box.querySelector(`template[data-cx="${state}"]`);
    const place = this.#box.querySelector('[data-cx="state"]');
    if (!(template instanceof HTMLTemplateElement) || !(place instanceof HTMLElement)) {
      throw new Error(`the page has no words for “${state}”`);
    }
    place.replaceChildren(template.content.cloneNode(true));
    const size = new Intl.NumberFormat(document.documentElement.lang, {
      style: "unit",
      unit: "megabyte",
      maximumFractionDigits: 0,
    }).format(Math.ceil(Number(this.#box.dataset["bytes"]) / 1e6));
    for (const element of place.querySelectorAll('[data-cx="size"]')) {
      element.textContent = size;
    }
    if (isAnswer) {
      place.focus();
    }
  }
}

/**
 * Wait until a service worker is in charge.
 *
 * @param {ServiceWorker} coming
 * @returns {Promise<ServiceWorker>}
 * @throws {Error}  It could not be installed.
 */
function activated(coming) {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (coming.state === "activated") {
        resolve(coming);
      } else if (coming.state === "redundant") {
        reject(new Error("it could not be installed"));
      }
    };
    coming.addEventListener("statechange", look);
    look();
  });
}

const box = document.querySelector("[data-bytes]");
if (box instanceof HTMLElement) {
  new Keeping(box).start();
}

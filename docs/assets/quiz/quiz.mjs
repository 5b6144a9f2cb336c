/**
 * `<cx-quiz>`: carries the reader's answers to Python and shows the screens that come back.
 * It knows nothing of questions or relationships: it sends a form's fields, swaps HTML, moves
 * the focus and keeps what the reader gave.
 */

import { whenIdle } from "./idle.mjs";
import { screenContent } from "./markup.mjs";
import { Python, PythonFailure } from "./python.mjs";
import { Storage } from "./storage.mjs";

/** @typedef {import("./contract.mjs").Field} Field */
/** @typedef {import("./contract.mjs").QuizReply} QuizReply */
/** @typedef {import("./contract.mjs").QuizRequest} QuizRequest */
/** @typedef {import("./contract.mjs").Runtime} Runtime */

/** The field by which a form says which screen it is; see `cxquiz/quiz/steps.py`. */
const SCREEN = "cx-screen";

/** The name of the buttons that copy a field; see `cxquiz/html/share.py`. */
const COPY = "cx-copy";

/** On such a screen a map is drawn in one column. */
const NARROW = matchMedia("(max-width: 44em)");

/** How the fragment of a link to answers begins; see `cxquiz/quiz/links.py`. */
const LINK = /^#(?:ask\.|both\.)?cx\d/u;

/**
 * @param {string} json  The element's `runtime` attribute, with addresses relative to the root.
 * @param {URL} root
 * @returns {Runtime}
 */
function resolveRuntime(json, root) {
  const { folder, lock, files } = JSON.parse(json);
  const base = new URL(folder, root);
  for (const file of Object.values(files)) {
    file.address = new URL(file.path, base).href;
  }
  return { folder: base.href, lock, files };
}

/** @returns {string} The reader's date, such as 2026-11-22; Python in a worker knows UTC alone. */
function localDate() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} [submitter]
 * @returns {Field[]}
 */
function fieldsOf(form, submitter) {
  return [...new FormData(form, submitter)].map(([name, value]) => [name, String(value)]);
}

/**
 * Put kept fields back into a form. Of another screen's form only what was typed is taken.
 *
 * @param {HTMLFormElement} form
 * @param {unknown} draft
 */
function fill(form, draft) {
  if (!Array.isArray(draft)) {
    return;
  }
  /** @type {Field[]} */
  const rows = draft.filter(
    (row) => Array.isArray(row) && row.length === 2 && row.every((part) => typeof part === "string"),
  );
  const values = (/** @type {string} */ name) =>
    rows.filter((row) => row[0] === name).map((row) => row[1]);
  const sameScreen = values(SCREEN)[0] === String(new FormData(form).get(SCREEN));
  for (const element of form.querySelectorAll("input, select, textarea")) {
    if (element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement) {
      element.value = values(element.name)[0] ?? element.value;
    } else if (element instanceof HTMLInputElement && element.type === "text") {
      element.value = values(element.name)[0] ?? element.value;
    } else if (element instanceof HTMLInputElement && element.type !== "hidden" && sameScreen) {
      element.checked = values(element.name).includes(element.value);
    }
  }
}

class CxQuiz extends HTMLElement {
  #root = new URL(document.baseURI);
  /** @type {Storage | undefined} */
  #storage;
  /** @type {Python | undefined} */
  #python;
  /** @type {unknown} */
  #answers = null;
  #title = "";
  #pageTitle = document.title;
  /** The latest request; an answer to an older one comes too late to be shown. */
  #latest = 0;
  /** @type {QuizRequest | undefined} */
  #pending;
  /** The screen as Python rendered it. */
  #html = "";

  connectedCallback() {
    if (this.#storage) {
      return; // moved within the page, not new
    }
    this.#root = new URL(this.getAttribute("root") ?? "./", document.baseURI);
    this.#storage = new Storage(this.#root.pathname);
    const runtime = resolveRuntime(this.getAttribute("runtime") ?? "{}", this.#root);
    this.#python = new Python(runtime, (loaded, total) => this.#progress(loaded, total));

    this.addEventListener("submit", (event) => this.#submit(event));
    this.addEventListener("input", () => this.#keep());
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("keydown", (event) => this.#enter(event));
    this.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.files) {
        this.#import(event.target.files);
      }
    });
    this.addEventListener("dragover", (event) => event.preventDefault());
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      this.#import(event.dataTransfer?.files);
    });
    // The first sign of intent starts Python. Whoever only reads never pays for it.
    for (const sign of ["focusin", "pointerdown", "touchstart"]) {
      this.addEventListener(sign, () => this.#python?.start(), { passive: true });
    }
    if (this.getAttribute("start") === "idle") {
      // Who opens the quiz's own page is about to answer.
      whenIdle(() => this.#python?.start());
    }
    window.addEventListener("popstate", (event) => this.#travel(event.state?.cxquiz));
    window.addEventListener("pageshow", (event) => event.persisted && this.#resume());
    window.addEventListener("hashchange", () => this.#open());
    NARROW.addEventListener("change", () => this.#redraw());
    this.#resume();
    history.replaceState({ ...history.state, cxquiz: { answers: this.#answers } }, "");
    this.#open();
  }

  /** @param {string} name */
  #part(name) {
    const part = this.querySelector(`[data-cx="${name}"]`);
    if (!part) {
      throw new Error(`<cx-quiz> has no part “${name}”`);
    }
    return /** @type {HTMLElement} */ (part);
  }

  /** @returns {HTMLFormElement | null} */
  get #form() {
    return this.#part("screen").querySelector("form");
  }

  /** Show where the reader stands, from what the browser keeps. */
  #resume() {
    const kept = this.#storage?.read() ?? {};
    this.#answers = kept.answers ?? null;
    const html = typeof kept.html === "string" ? kept.html : "";
    const content = html && screenContent(html, this.#root.pathname);
    if (content) {
      this.#html = html;
      this.#title = typeof kept.title === "string" ? kept.title : "";
      this.#part("screen").replaceChildren(content);
    } else if (this.#answers) {
      // The screen cannot be trusted, and only Python can make it anew. It is not started for
      // whoever only reads, so the reader says when to go on.
      this.#fromTemplate("resume", "screen");
    }
    if (this.#form) {
      fill(this.#form, kept.draft);
    }
    this.#showMine();
  }

  /** Open the answers that the page's address holds, if it holds any. */
  #open() {
    if (LINK.test(location.hash)) {
      this.#ask({ type: "open", link: location.hash });
    }
  }

  /** Have a map drawn anew for a screen that was turned, unless the reader is arranging it. */
  #redraw() {
    const screen = this.#part("screen");
    if (screen.querySelector("svg") && !screen.querySelector("select") && !this.#pending) {
      this.#ask({ type: "show" });
    }
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    if (event.target instanceof HTMLFormElement) {
      this.#ask({ type: "submit", fields: fieldsOf(event.target, event.submitter) });
    }
  }

  /**
   * Let Enter in a field press the button that it or its form names: the browser would press the
   * first one of the form.
   *
   * @param {KeyboardEvent} event
   */
  #enter(event) {
    const field = event.target;
    if (event.key !== "Enter" || event.isComposing || !(field instanceof HTMLInputElement)) {
      return;
    }
    const action = field.closest("[data-cx-enter]")?.getAttribute("data-cx-enter");
    if (action || field.readOnly) {
      event.preventDefault();
    }
    [...this.querySelectorAll("button")].find((button) => action && button.value === action)?.click();
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const pressed = event.target instanceof Element ? event.target.closest("button") : null;
    if (pressed?.name === COPY) {
      this.#copy(pressed.value);
      return;
    }
    const target = event.target instanceof Element ? event.target.closest("[data-cx]") : null;
    const name = target?.getAttribute("data-cx");
    if (name === "retry" && this.#pending) {
      this.#part("screen").hidden = false;
      this.#ask(this.#pending);
    } else if (name === "go-on") {
      this.#ask({ type: "show" });
    } else if (name === "mine") {
      const fields = this.#form ? fieldsOf(this.#form) : [];
      this.#ask({ type: "submit", fields: [...fields, ["cx-action", "relationships"]] });
    }
  }

  /**
   * Copy a field's text, and say so; where the browser forbids it, select it for the reader.
   *
   * @param {string} id
   */
  async #copy(id) {
    const field = document.getElementById(id);
    if (!(field instanceof HTMLInputElement)) {
      return;
    }
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      this.#fromTemplate("copied", "status");
    } catch {
      this.#fromTemplate("copy-failed", "status");
    }
  }

  /**
   * Take in files that the reader brings.
   *
   * @param {FileList | undefined} files
   */
  async #import(files) {
    if (files?.length) {
      const { read } = await import("./files.mjs");
      this.#ask({ type: "import", files: await read(files) });
    }
  }

  /**
   * Keep, save or forget what Python says, beside the screen.
   *
   * @param {QuizReply} reply
   */
  async #follow({ relationships, download, forget }) {
    if (forget) {
      this.#storage?.clear();
      // A browser that cannot keep pages has none to throw away.
      await import("../offline/registration.mjs").then((it) => it.removeFromDevice()).catch(() => {});
    }
    let file = download;
    if (relationships !== undefined && !this.#storage?.keepRelationships(relationships)) {
      this.#fromTemplate("full", "status");
      file = { name: "relationships.json", type: "application/json", text: relationships };
    }
    this.#showMine();
    if (file) {
      const { save } = await import("./files.mjs");
      await save(file);
    }
  }

  /** Offer the kept relationships where there are some, and load what a result needs. */
  #showMine() {
    this.#part("mine").hidden = !this.#storage?.relationships;
    if (this.#html) {
      import("./result.mjs").then((it) => it.furnish(this)).catch(() => {});
    }
  }

  /** @param {Pick<QuizRequest, "type" | "fields" | "place" | "link" | "files">} message */
  async #ask(message) {
    const number = ++this.#latest;
    /** @type {QuizRequest} */
    const request = {
      ...message,
      answers: this.#answers,
      lens: (this.getAttribute("lens") ?? "").split(" ").filter(Boolean),
      root: this.#root.pathname,
      address: this.#root.href,
      relationships: this.#storage?.relationships ?? "",
      narrow: NARROW.matches,
      width: innerWidth,
      today: localDate(),
    };
    this.#pending = request;
    this.#keep();
    // No flicker where Python is ready.
    const slow = setTimeout(() => this.#wait(message.type === "open" ? "opening" : "loading"), 100);
    try {
      const reply = await this.#python?.ask(request);
      if (reply && number === this.#latest) {
        this.#show(reply, request.type);
      }
    } catch (error) {
      if (number === this.#latest) {
        this.#fail(error instanceof PythonFailure ? error.message : String(error));
      }
    } finally {
      clearTimeout(slow);
    }
  }

  /**
   * @param {QuizReply} reply
   * @param {QuizRequest["type"]} type  What was asked.
   */
  #show(reply, type) {
    this.#pending = undefined;
    const screen = this.#part("screen");
    screen.innerHTML = reply.html;
    screen.hidden = false;
    this.#part("status").replaceChildren();
    document.getElementById("cx-paper")?.removeAttribute("data-cx-shown");
    // Showing a place is no step: only a submission that led on is one to come back from.
    const moved =
      type === "submit" && JSON.stringify(reply.answers) !== JSON.stringify(this.#answers);
    if (type === "open" && LINK.test(location.hash)) {
      // Its answers are kept now. A reload goes on with them, and does not open the link again.
      history.replaceState(history.state, "", location.pathname + location.search);
    }
    this.#answers = reply.answers;
    this.#title = reply.title;
    this.#html = reply.html;
    this.#keep();
    document.title = `${reply.title} – ${this.#pageTitle}`;
    const state = { ...history.state, cxquiz: { answers: reply.answers } };
    if (moved) {
      history.pushState(state, "");
    } else {
      history.replaceState(state, "");
    }
    this.#moveFocus(document.getElementById(reply.focus));
    this.#follow(reply);
    import("../offline/registration.mjs").then((it) => it.registerWhenIdle()).catch(() => {});
  }

  /**
   * Move the focus, unless the reader has gone to another place of the page meanwhile.
   *
   * @param {HTMLElement | null} element
   */
  #moveFocus(element) {
    const active = document.activeElement;
    if (!active || active === document.body || this.contains(active)) {
      element?.focus();
    }
  }

  /**
   * Go where the browser's Back or Forward leads. No later answer is lost by it: Python shows
   * the screen of that place with the answers of now.
   *
   * @param {{ answers: unknown } | undefined} place
   */
  #travel(place) {
    if (place && JSON.stringify(place.answers) !== JSON.stringify(this.#answers)) {
      this.#ask({ type: "show", place: place.answers });
    }
  }

  /** Keep the session, the screen and the form as they stand. */
  #keep() {
    const kept = this.#storage?.write({
      answers: this.#answers,
      html: this.#html,
      title: this.#title,
      draft: this.#form ? fieldsOf(this.#form) : [],
    });
    // It stays there, away from what each screen clears, so that it is announced once a page.
    if (!kept && !this.#part("notice").hasChildNodes()) {
      this.#fromTemplate("storage", "notice");
    }
  }

  /**
   * Fill a part of the quiz from a template.
   *
   * @param {string} name  The template's.
   * @param {string} place  The part's.
   * @returns {HTMLElement}  The part.
   */
  #fromTemplate(name, place) {
    const template = this.#part(name);
    const part = this.#part(place);
    if (template instanceof HTMLTemplateElement) {
      part.replaceChildren(template.content.cloneNode(true));
    }
    return part;
  }

  /**
   * Say that an answer, or a link, waits for Python.
   *
   * @param {"loading" | "opening"} template
   */
  #wait(template) {
    this.#fromTemplate(template, "status").scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {number} loaded
   * @param {number} total
   */
  #progress(loaded, total) {
    const bar = this.querySelector('[data-cx="status"] [data-cx="progress"]');
    if (bar instanceof HTMLProgressElement) {
      bar.max = total;
      bar.value = loaded;
    }
  }

  /** @param {string} detail */
  #fail(detail) {
    this.#part("screen").hidden = true;
    const status = this.#fromTemplate("failure", "status");
    const code = status.querySelector('[data-cx="detail"]');
    if (code) {
      code.textContent = detail;
    }
    document.getElementById("cx-paper")?.setAttribute("data-cx-shown", "");
    this.#moveFocus(status.querySelector('[data-cx="failure-heading"]'));
  }
}

customElements.define("cx-quiz", CxQuiz);

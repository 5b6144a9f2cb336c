/**
 * What the reader's browser keeps: the session, the screen as last shown, and what stands in
 * the form but was not sent yet.
 */

/** @typedef {import("./contract.mjs").Field} Field */

/**
 * @typedef {object} Kept
 * @property {unknown} answers  The session as Python gave it.
 * @property {string} html  The screen.
 * @property {string} title  The screen's title.
 * @property {Field[]} draft  The form as it stands.
 */

export class Storage {
  #prefix;
  #key;
  #relationships;

  /**
   * @param {string} basePath  The site's path. Sites of one organisation share an origin on
   *   GitHub Pages, so every key names the site that it belongs to.
   */
  constructor(basePath) {
    this.#prefix = `cxquiz:${basePath}:`;
    this.#key = `${this.#prefix}session`;
    this.#relationships = `${this.#prefix}relationships`;
  }

  /** @returns {string}  The relationships that the reader keeps; empty where there are none. */
  get relationships() {
    try {
      return localStorage.getItem(this.#relationships) ?? "";
    } catch {
      return "";
    }
  }

  /**
   * @param {string} text
   * @returns {boolean}  Whether the browser took it.
   */
  keepRelationships(text) {
    try {
      localStorage.setItem(this.#relationships, text);
      return true;
    } catch {
      return false;
    }
  }

  /** Forget all that this site keeps. */
  clear() {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(this.#prefix)) {
          localStorage.removeItem(key);
        }
      }
    } catch {
      // Where storage is forbidden, nothing is kept.
    }
  }

  /** @returns {Partial<Kept>}  What is kept; empty where there is nothing, or nothing readable. */
  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key) ?? "{}");
      return typeof kept === "object" && kept !== null ? kept : {};
    } catch {
      return {};
    }
  }

  /**
   * @param {Kept} kept
   * @returns {boolean}  Whether the browser took it: storage can be full or forbidden.
   */
  write(kept) {
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  }
}

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
  #key;

  /**
   * @param {string} basePath  The site's path. Sites of one organisation share an origin on
   *   GitHub Pages, so every key names the site that it belongs to.
   */
  constructor(basePath) {
    this.#key = `cxquiz:${basePath}:session`;
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

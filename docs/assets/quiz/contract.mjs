/**
 * What the page, its worker and Python say to each other: the names by which they find things, and
 * the forms of the messages, which are plain data. Python has each name and form too, and
 * `tests/cxquiz/test_contract.py` sees that both agree.
 */

/** The element that holds the quiz. */
export const ELEMENT = "cx-quiz";

/** The id of the quiz on paper, which each page holds. */
export const PAPER = "cx-paper";

/** The field by which a form says which screen it is. */
export const SCREEN_FIELD = "cx-screen";

/** The field that says what the reader wants; its value is an action. */
export const ACTION_FIELD = "cx-action";

/** The action that shows the kept relationships. */
export const RELATIONSHIPS_ACTION = "relationships";

/** The attribute that names the action of the button which Enter in a field presses. */
export const ENTER_ATTRIBUTE = "data-cx-enter";

/** The name of the buttons that copy a field; their value is its id. */
export const COPY = "cx-copy";

/** The name of the buttons that print. */
export const PRINT = "cx-print";

/** The id of the window with the larger map, and the name of the buttons that open and close it. */
export const LARGER = "cx-larger";

/** How the fragment of a link to answers begins. */
export const ANSWERS_LINK = /^#(?:ask\.|both\.)?cx\d/u;

/**
 * @typedef {"screen" | "status" | "notice" | "mine" | "loading" | "opening" | "progress"
 *   | "failure" | "failure-heading" | "detail" | "retry" | "resume" | "go-on"
 *   | "storage" | "full" | "copied" | "copy-failed"} Part
 *   A part of the element, by its attribute `data-cx`: what the page fills, the templates that it
 *   is filled from, and the buttons that the page answers by itself.
 *
 * @typedef {[name: string, value: string]} Field  A form field as the reader sent it.
 *
 * @typedef {"inflate" | "loader" | "script" | "wasm" | "library" | "package" | "model"} FileName
 *
 * @typedef {object} RuntimeFile
 * @property {string} address
 * @property {number} bytes  What is downloaded. A name that ends with .zst is inflated by us.
 * @property {string} sha256  Of the content, inflated: how its hexadecimal digits begin.
 * @property {number} crc32  Of the same.
 *
 * @typedef {(bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>} Inflate
 *
 * @typedef {object} Runtime  What Python is made of: Pyodide, the package `cxquiz` and the model.
 * @property {string} folder  Where the files stand: an address with a slash at the end.
 * @property {unknown} lock  Pyodide's list of packages to load: none.
 * @property {Record<FileName, RuntimeFile>} files
 *
 * @typedef {object} QuizRequest  What Python is asked; see `cxquiz/browser.py`.
 * @property {"show" | "submit" | "open" | "import"} type
 * @property {unknown} answers  The session as Python last gave it; the page never looks in.
 * @property {Field[]} [fields]  With "submit".
 * @property {unknown} [place]  With "show": the session whose screen to show.
 * @property {string[]} lens
 * @property {string} [link]  With "open": the fragment of the link that was opened.
 * @property {[name: string, text: string][]} [files]  With "import".
 * @property {boolean} narrow  Whether the screen is a phone's.
 * @property {number} width  How wide the window is, in pixels.
 * @property {string} root  The site's path.
 * @property {string} address  The site's whole address, for links to send.
 * @property {string} today  The reader's date, such as 2026-11-22.
 *
 * @typedef {object} QuizReply  What Python answers.
 * @property {string} html
 * @property {string} title
 * @property {string} focus
 * @property {unknown} answers
 * @property {string} [relationships]  To be kept.
 * @property {Download} [download]
 * @property {boolean} [forget]  Whether all that the browser keeps is to go.
 *
 * @typedef {object} Download  A file for the reader to save.
 * @property {string} name
 * @property {string} type  `image/png` is to be drawn from the text, which is SVG.
 * @property {string} text
 *
 * @typedef {{ type: "start", runtime: Runtime }
 *   | { type: "file", name: FileName, bytes: ArrayBuffer }
 *   | { type: "ask", id: number, request: QuizRequest, relationships: string | undefined }} ToWorker
 *   After "start" the page sends each file as soon as it is there. The kept relationships come
 *   where they are not those that the worker has; at first it has none.
 *
 * @typedef {{ type: "ready" }
 *   | { type: "reply", id: number, reply: QuizReply }
 *   | { type: "failed", stage: string, message: string }} FromWorker
 */

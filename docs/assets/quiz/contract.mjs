/**
 * What the page and the worker say to each other. Every message is plain data.
 *
 * @typedef {[name: string, value: string]} Field  A form field as the reader sent it.
 *
 * @typedef {object} Runtime  Where the worker finds what it needs, as absolute addresses.
 * @property {string} pyodide  The folder with Pyodide, with a slash at the end.
 * @property {string} wheel  The package `cxquiz`, byte-compiled.
 * @property {string} model  The model as JSON.
 * @property {Record<string, number>} bytes  The size of each file to load, by address.
 *
 * @typedef {object} QuizRequest  What Python is asked; see `cxquiz/web.py`.
 * @property {"show" | "submit"} type
 * @property {unknown} answers  The session as Python last gave it; the page never looks in.
 * @property {Field[]} [fields]  With "submit".
 * @property {unknown} [place]  With "show": the session whose screen to show.
 * @property {string[]} lens
 * @property {string} root
 * @property {string} today  The reader's date, such as 2026-11-22.
 *
 * @typedef {object} QuizReply  What Python answers.
 * @property {string} html
 * @property {string} title
 * @property {string} focus
 * @property {unknown} answers
 *
 * @typedef {{ type: "start", runtime: Runtime, anew: boolean }
 *   | { type: "ask", id: number, request: QuizRequest }} ToWorker
 *
 * @typedef {{ type: "progress", loaded: number, total: number }
 *   | { type: "ready" }
 *   | { type: "reply", id: number, reply: QuizReply }
 *   | { type: "failed", stage: string, message: string }} FromWorker
 */

export {};

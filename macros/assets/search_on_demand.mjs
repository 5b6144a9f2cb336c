/**
 * Lets the search wait until somebody searches.
 *
 * Whenever a page is opened, Material downloads the texts of all pages and makes an index of them:
 * up to a third of a second of a processor, just when the page and the quiz want it. So
 * `macros.assets.search` puts this around Material's worker, and the texts where the page does not look
 * for them. This says at once that the search is ready, and gets the texts when the first words
 * come. Like Material's it becomes a classic script.
 */

/** The kinds of messages between Material's page and its worker. */
const [SETUP, READY, , RESULT] = [0, 1, 2, 3];

const NOTHING = { type: RESULT, data: { items: [] } };

/** Where the texts of all pages are, with what Material wants to know of them. */
const TEXTS = new URL("../../search/texts.json", location.href);

/**
 * @typedef {object} Message
 * @property {number} type
 * @property {any} [data]
 */

const worker = /** @type {DedicatedWorkerGlobalScope & { startSearch: () => void }} */ (
  /** @type {unknown} */ (self)
);

/** @type {Message | undefined} */
let setup;
/** @type {Message | undefined} */
let query;

/** @param {Message | undefined} data */
function hand(data) {
  worker.dispatchEvent(new MessageEvent("message", { data }));
}

/** Let Material make its index, and answer what the reader has typed by then. */
async function start() {
  try {
    const response = await fetch(TEXTS);
    const texts = await response.json();
    worker.startSearch();
    hand({ type: SETUP, data: { ...setup?.data, ...texts } });
  } catch {
    // They cannot be reached just now: nothing is found, and the next words try again.
    query = undefined;
    worker.postMessage(NOTHING);
    return;
  }
  // The index is there when nothing is left of what that has begun.
  setTimeout(() => {
    worker.removeEventListener("message", hold);
    hand(query);
  });
}

/** @param {MessageEvent<Message>} event */
function hold(event) {
  if (!event.isTrusted) {
    return; // handed on: it is for Material
  }
  event.stopImmediatePropagation();
  const message = event.data;
  if (message.type === SETUP) {
    setup = message;
    worker.postMessage({ type: READY });
  } else if (query) {
    query = message; // the index is in the making, and the reader has typed on
  } else if (message.data) {
    query = message;
    start();
  } else {
    worker.postMessage(NOTHING);
  }
}

worker.addEventListener("message", hold);

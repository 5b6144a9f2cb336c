/**
 * Lets the search wait until somebody searches.
 *
 * Material's worker makes the index of all pages whenever one of them is opened: up to a third of
 * a second of a processor, just when the page and the quiz want it. `macros.searching` puts this
 * around that worker. It says at once that the search is ready, and makes the index when the first
 * words come. Like Material's it becomes a classic script.
 */

/** The kinds of messages between Material's page and its worker. */
const [SETUP, READY, , RESULT] = [0, 1, 2, 3];

/** @typedef {{ type: number, data?: unknown }} Message */

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
    worker.startSearch();
    hand(setup);
    // The index is there when nothing is left of what that has begun.
    setTimeout(() => {
      worker.removeEventListener("message", hold);
      hand(query);
    });
  } else {
    worker.postMessage({ type: RESULT, data: { items: [] } });
  }
}

worker.addEventListener("message", hold);

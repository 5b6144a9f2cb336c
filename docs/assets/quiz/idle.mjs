/**
 * Moments at which a page may do what nobody has asked for yet.
 */

/** Lines on which downloading unasked would be in the reader's way. */
const SLOW = ["slow-2g", "2g", "3g"];

/** @returns {boolean} Whether the reader wants to be spared data, or has a slow line. */
function sparesData() {
  const { connection } = /** @type {{ connection?: { saveData?: boolean, effectiveType?: string } }} */ (
    navigator
  );
  return (
    connection?.saveData === true ||
    SLOW.includes(connection?.effectiveType ?? "") ||
    matchMedia("(prefers-reduced-data: reduce)").matches
  );
}

/** @returns {Promise<void>} Until the page has loaded. */
function loaded() {
  return new Promise((resolve) => {
    if (document.readyState === "complete") {
      resolve();
    } else {
      addEventListener("load", () => resolve(), { once: true });
    }
  });
}

/** @returns {Promise<void>} Until the reader sees the page. */
function seen() {
  return new Promise((resolve) => {
    const look = () => {
      if (document.visibilityState === "visible") {
        document.removeEventListener("visibilitychange", look);
        resolve();
      }
    };
    document.addEventListener("visibilitychange", look);
    look();
  });
}

/** @returns {Promise<void>} Until the browser has nothing better to do; Safari cannot tell. */
function idle() {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in window) {
      requestIdleCallback(() => resolve(), { timeout: 2000 });
    } else {
      setTimeout(resolve, 200);
    }
  });
}

/**
 * Do something ahead of need: when the page is loaded, seen and idle. Nothing is done for a
 * reader who spares data.
 *
 * @param {() => void} work
 */
export async function whenIdle(work) {
  if (!sparesData()) {
    await loaded();
    await seen();
    await idle();
    work();
  }
}

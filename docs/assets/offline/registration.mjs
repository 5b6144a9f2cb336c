/**
 * Lets the browser keep the site for use without a connection, and lets it forget it again.
 *
 * The quiz loads this after Python's first answer: whoever only reads pays nothing, and the start
 * of Python has no rival for the line.
 */

/** Where the service worker stands. A site that wants none does not say. */
function address() {
  const said = document.querySelector('meta[name="cx-service-worker"]')?.getAttribute("content");
  return said ? new URL(said, document.baseURI) : undefined;
}

/** @returns {URL}  The site's root, which is what the service worker serves. */
function root() {
  return new URL("./", address() ?? new URL("../../../", import.meta.url));
}

/** Sites of one organisation share an origin: each name begins with the site that it is for. */
function prefix() {
  return `cxquiz:${root().pathname}:`;
}

/**
 * What the reader has wished: "kept" the whole playbook, or "removed" all. It is not where the
 * rest is, so that it can say that the browser has cleared the rest.
 *
 * @returns {string | null}
 */
export function wish() {
  try {
    return localStorage.getItem(`${prefix()}offline`);
  } catch {
    return null; // storage is forbidden
  }
}

/** @param {"kept" | "removed"} wished */
export function setWish(wished) {
  try {
    localStorage.setItem(`${prefix()}offline`, wished);
  } catch {
    // It is forbidden or full. The reader is asked again another time, which does no harm.
  }
}

/**
 * @returns {"" | "off" | "unable"}  Nothing where keeping is possible; else whether the site has
 *   it switched off, or the browser is unable to.
 */
export function obstacle() {
  if (!address()) {
    return "off";
  }
  return "serviceWorker" in navigator && "caches" in globalThis ? "" : "unable";
}

/**
 * Register the service worker.
 *
 * @returns {Promise<ServiceWorkerRegistration>}
 * @throws {Error}  The browser or the site refuses.
 */
export function register() {
  return navigator.serviceWorker.register(address() ?? "", { scope: root().pathname });
}

/** @returns {Promise<ServiceWorkerRegistration | undefined>}  This site's own, if it has one. */
export async function registration() {
  const found = await navigator.serviceWorker.getRegistration(root());
  return found?.scope === root().href ? found : undefined; // a site above may have one as well
}

let isAsked = false;

/** Register once the page has nothing better to do, unless the reader has removed everything. */
export function registerWhenIdle() {
  if (isAsked || obstacle() || wish() === "removed") {
    return;
  }
  isAsked = true;
  const whenIdle = globalThis.requestIdleCallback ?? setTimeout; // Safari has none
  // A browser that refuses, in a private window for example, still has the quiz.
  whenIdle(() => register().catch(() => {}));
}

/** Throw away all that this browser keeps of the site for use without a connection. */
export async function removeFromDevice() {
  if (obstacle() === "unable") {
    return;
  }
  await (await registration())?.unregister();
  const own = (await caches.keys()).filter((name) => name.startsWith(prefix()));
  await Promise.all(own.map((name) => caches.delete(name)));
}

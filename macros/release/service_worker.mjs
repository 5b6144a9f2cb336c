/**
 * The service worker: lets the site be read and the quiz be answered without a connection.
 *
 * `macros.release` writes it into the built site, as a classic script since not every browser
 * knows service workers that are modules, and puts before it the list of the files of this
 * release. Each release so has a service worker of its own, and browsers notice a new one.
 *
 * The list has two kinds of addresses, and each has one rule:
 *
 * - A **file**'s name holds a hash, of its content or of its folder's. It never changes, so what is
 *   kept is served without asking. A page of any release finds the files of that release or none:
 *   old and new cannot mix, whoever serves them.
 * - A **page** (also the search's index and the icons) may change with each release. The site is
 *   always asked first, past the browser's cache, so a new release is seen at once. What is kept
 *   is for when the site cannot be reached, and is all of one release.
 *
 * Everything else is left alone: other sites of the same origin, other methods, parts of files.
 * Navigation preload is not used: it would ask the browser's cache, which GitHub Pages lets be ten
 * minutes old.
 */

/**
 * @typedef {object} Entry
 * @property {string} sha256
 * @property {number} bytes
 * @property {boolean} [shell]  Whether the quiz needs it; it is kept from the first use on.
 * @property {string} [title]  Of a page that readers may go to, as HTML.
 *
 * @typedef {object} Release
 * @property {string} id
 * @property {Record<string, Entry>} pages  By their addresses, relative to the site's root.
 * @property {Record<string, Entry>} files
 */

const worker = /** @type {ServiceWorkerGlobalScope & { release: Release }} */ (
  /** @type {unknown} */ (self)
);
const { id, pages, files } = worker.release;

const ROOT = new URL(worker.registration.scope);

/** Sites of one organisation share an origin: each cache names the site that it belongs to. */
const PREFIX = `cxquiz:${ROOT.pathname}:`;
/** The files of all releases: who still reads a page of the release before finds its files. */
const FILES = `${PREFIX}files`;
const OF_PAGES = `${PREFIX}pages:`;
const PAGES = `${OF_PAGES}${id}`;
/** An empty cache that says: the reader wants the whole playbook. It goes where the others go. */
const KEPT = `${PREFIX}kept`;
/** An empty cache that says: the site has a newer release than this one. */
const BEHIND = `${PREFIX}behind`;

/** In a release's pages, the list of its files. It comes last, and so says: all is here. */
const LIST = new URL("?files", ROOT).href;

const OFFLINE_PAGE = "offline.html";
/** What it has in the place of links to the pages that are kept. */
const PLACE_FOR_LINKS = "<!-- kept pages -->";

/** With a page that is kept at hand, a silent site is waited for so long, in milliseconds. */
const PATIENCE = 4_000;

/** Hosts let answers vary by how they compress them; that makes no other file of them. */
const MATCH = { ignoreVary: true };

/**
 * @param {string} path
 * @returns {string}
 */
function address(path) {
  return new URL(path || "./", ROOT).href;
}

/**
 * @param {string} url
 * @returns {string | undefined}  Relative to the site's root; nothing for another site's.
 */
function pathOf(url) {
  const { origin, pathname } = new URL(url);
  const isInside = origin === ROOT.origin && pathname.startsWith(ROOT.pathname);
  return isInside ? pathname.slice(ROOT.pathname.length) : undefined;
}

/**
 * Tell whether an answer is what this release has at that path: not an error, not what a login
 * page or a deployment that is under way has put in its place.
 *
 * @param {string} path
 * @param {Response} response  It is read to its end.
 */
async function isOfThisRelease(path, response) {
  const entry = pages[path] ?? files[path];
  if (!entry || response.status !== 200 || response.redirected) {
    return false;
  }
  const bytes = await response.arrayBuffer();
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("") === entry.sha256;
}

/** @returns {Promise<readonly WindowClient[]>}  The site's open windows. */
async function windows() {
  const all = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter((client) => pathOf(client.url) !== undefined);
}

/** @param {object} message */
async function tell(message) {
  for (const client of await windows()) {
    client.postMessage(message);
  }
}

// Filling the caches

/** @returns {Promise<Cache | undefined>}  The pages of the release that was kept until now. */
async function previousPages() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OF_PAGES) && name !== PAGES);
  const found = await Promise.all(names.map((name) => caches.open(name)));
  const whole = await Promise.all(found.map((cache) => cache.match(LIST)));
  return found.find((_, number) => whole[number]);
}

/**
 * Put a page or file of this release into a cache, from wherever it is cheapest.
 *
 * @param {string} path
 * @param {Cache} cache
 * @param {Cache} [previous]
 */
async function obtain(path, cache, previous) {
  const url = address(path);
  if (await cache.match(url, MATCH)) {
    return; // it was checked when it was put there
  }
  /** @param {Response | undefined} response */
  const take = async (response) => {
    if (!response || !(await isOfThisRelease(path, response.clone()))) {
      return false;
    }
    await cache.put(url, response);
    return true;
  };
  // The page has just loaded the files, and they do not change; what a page was may be old.
  const mode = path in files ? "force-cache" : "no-cache";
  const isThere =
    (await take(await previous?.match(url, MATCH))) ||
    (await take(await fetch(url, { cache: mode }))) ||
    (await take(await fetch(url, { cache: "reload" })));
  if (!isThere) {
    throw new Error(`${path} is not the one of this release`);
  }
}

/**
 * @param {Iterable<string>} paths
 * @param {Cache} [previous]
 */
async function obtainAll(paths, previous) {
  const [pageCache, fileCache] = await Promise.all([caches.open(PAGES), caches.open(FILES)]);
  const wanted = [...paths];
  const size = (/** @type {string} */ path) => (pages[path] ?? files[path])?.bytes ?? 0;
  const total = wanted.reduce((sum, path) => sum + size(path), 0);
  let loaded = 0;
  const all = wanted.map(async (path) => {
    await obtain(path, path in files ? fileCache : pageCache, previous);
    loaded += size(path);
    await tell({ type: "progress", loaded, total });
  });
  await Promise.all(all);
}

/**
 * Keep what the quiz needs, the pages that are open, and what the release before had kept.
 *
 * @param {Cache} [previous]
 */
async function obtainWanted(previous) {
  const everything = Object.entries({ ...pages, ...files });
  const isKept = await caches.has(KEPT);
  const needed = everything.filter(([, { shell }]) => shell || isKept).map(([path]) => path);
  const seen = [...(await windows()), ...((await previous?.keys()) ?? [])];
  const listed = seen.map(({ url }) => pathOf(url) ?? "").filter((path) => Object.hasOwn(pages, path));
  await obtainAll(new Set([...needed, ...listed]), previous);
  const cache = await caches.open(PAGES);
  await cache.put(LIST, new Response(JSON.stringify(Object.keys(files))));
}

/**
 * Install this release whole or not at all. Until it is whole, the one before goes on.
 *
 * It does not wait for the windows of the release before to close: their pages name their files
 * by hash, and those files stay for one release more.
 */
async function install() {
  const previous = await previousPages();
  try {
    await obtainWanted(previous);
  } catch (error) {
    await caches.delete(PAGES);
    if (!worker.registration.active) {
      await caches.delete(FILES); // else the release that goes on needs them
    }
    await tell({ type: "failed", reason: reasonOf(error) });
    throw error;
  }
  await worker.skipWaiting();
}

async function activate() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const old = names.filter((name) => ![FILES, PAGES, KEPT].includes(name));
  const previous = await previousPages();
  /** @type {string[]} */
  const usedBefore = (await (await previous?.match(LIST))?.json()) ?? [];
  await Promise.all(old.map((name) => caches.delete(name)));
  const cache = await caches.open(FILES);
  const used = new Set([...Object.keys(files), ...usedBefore]);
  const unused = (await cache.keys()).filter(({ url }) => !used.has(pathOf(url) ?? ""));
  await Promise.all(unused.map((request) => cache.delete(request)));
  await worker.clients.claim();
}

/** Fill the caches again where the browser has cleared them. */
async function refill() {
  const cache = await caches.open(PAGES);
  if (!(await cache.match(LIST))) {
    await obtainWanted();
  }
}

// Answering

/**
 * @param {string} path
 * @param {string} name  The cache's.
 */
function kept(path, name) {
  return caches.match(address(path), { ...MATCH, cacheName: name });
}

/**
 * Keep an answer of the site, where it is of this release.
 *
 * It makes no cache anew: a reader who has just removed everything from this device may still
 * have the page open. Where the browser itself has cleared the caches, `refill` makes them.
 *
 * @param {string} path
 * @param {string} name  The cache's.
 * @param {Response} response
 */
async function keep(path, name, response) {
  const isOwn = await isOfThisRelease(path, response.clone());
  if (isOwn && (await caches.has(name))) {
    await (await caches.open(name)).put(address(path), response);
  }
  return isOwn;
}

/**
 * Answer for a file. Only a page that finds its copy damaged asks for it anew.
 *
 * @param {FetchEvent} event
 * @param {string} path
 */
async function answerFile(event, path) {
  const { request } = event;
  const copy = await kept(path, FILES);
  if (copy && request.cache !== "reload") {
    return copy;
  }
  try {
    const response = await fetch(request);
    event.waitUntil(keep(path, FILES, response.clone()).catch(() => {}));
    return response;
  } catch (error) {
    if (copy) {
      return copy;
    }
    throw error;
  }
}

/**
 * Learn from what the site has answered for a page.
 *
 * @param {Request} request
 * @param {string} path
 * @param {Response} response
 */
async function learn(request, path, response) {
  const isThere = (await kept(path, PAGES)) !== undefined;
  if (request.mode !== "navigate") {
    // The search's index, which every page loads, is large.
    await (isThere || keep(path, PAGES, response));
    return;
  }
  const isOwn = await (isThere ? isOfThisRelease(path, response) : keep(path, PAGES, response));
  if (isOwn) {
    await refill();
  } else if (response.ok) {
    await caches.open(BEHIND);
  }
}

/**
 * Answer for a page: by the site's, and where the site cannot be reached by the one that is kept.
 *
 * A kept page is also shown when the site is silent for long, but not once the site is known to
 * have a newer release: so a page is old for one load at most.
 *
 * @param {FetchEvent} event
 * @param {string} path
 */
async function answerPage(event, path) {
  const { request } = event;
  const answer = fetch(request, { cache: request.cache === "reload" ? "reload" : "no-cache" });
  const learned = answer.then((response) => learn(request, path, response.clone()));
  // It may go on for longer than the page waits. Offline there is nothing to learn, and where
  // storage is full the page is answered all the same.
  event.waitUntil(learned.catch(() => {}));
  const [copy, isBehind] = await Promise.all([kept(path, PAGES), caches.has(BEHIND)]);
  /** @type {Promise<undefined>} */
  const patience = new Promise((resolve) => {
    if (copy && !isBehind) {
      setTimeout(resolve, PATIENCE);
    }
  });
  try {
    const response = await Promise.race([answer, patience]);
    return response && (response.status < 500 || !copy) ? response : /** @type {Response} */ (copy);
  } catch (error) {
    const instead = copy ?? (request.mode === "navigate" ? await notKept() : undefined);
    if (instead) {
      return instead;
    }
    throw error;
  }
}

/** @returns {Promise<Response | undefined>}  A page that says so, with links to what is kept. */
async function notKept() {
  const page = await kept(OFFLINE_PAGE, PAGES);
  if (!page) {
    return undefined;
  }
  const there = (await (await caches.open(PAGES)).keys()).map(({ url }) => pathOf(url) ?? "");
  const links = Object.entries(pages)
    .filter(([path, { title }]) => title && there.includes(path))
    .map(([path, { title }]) => `<li><a href="${ROOT.pathname}${path}">${title}</a></li>`);
  const text = (await page.text()).replace(PLACE_FOR_LINKS, () => links.join(""));
  const headers = new Headers(page.headers);
  headers.delete("Content-Length");
  headers.delete("Content-Encoding");
  return new Response(text, { status: 503, headers });
}

/** @param {FetchEvent} event */
function respond(event) {
  const { request } = event;
  const path = pathOf(request.url);
  const isNavigation = request.mode === "navigate";
  if (
    path === undefined ||
    request.method !== "GET" ||
    request.cache === "no-store" ||
    request.headers.has("Range") ||
    (!isNavigation && new URL(request.url).search) // a page may be asked with words to mark on it
  ) {
    return;
  }
  if (Object.hasOwn(pages, path)) {
    event.respondWith(answerPage(event, path));
  } else if (isNavigation && Object.hasOwn(pages, `${path}/`)) {
    // The site itself leads to the address with the slash, if it can be reached.
    event.respondWith(fetch(request).catch(() => Response.redirect(address(`${path}/`))));
  } else if (Object.hasOwn(files, path) || path.startsWith("assets/")) {
    event.respondWith(answerFile(event, path)); // a page of the release before asks for its own
  }
}

// The reader's wishes

/**
 * @param {unknown} error
 * @returns {"full" | "network"}
 */
function reasonOf(error) {
  return error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "network";
}

/** @returns {Promise<object>}  The message that says whether the whole playbook is kept. */
async function state() {
  const isWanted = await caches.has(KEPT);
  const missing = isWanted
    ? await Promise.all([
        ...Object.keys(pages).map((path) => kept(path, PAGES)),
        ...Object.keys(files).map((path) => kept(path, FILES)),
      ]).then((found) => found.includes(undefined))
    : true;
  return { type: "state", kept: !missing };
}

/** Keep every page and file, from now on also of each new release. */
async function keepAll() {
  try {
    await obtainAll([...Object.keys(pages), ...Object.keys(files)]);
    await caches.open(KEPT);
    await tell(await state());
  } catch (error) {
    await tell({ type: "failed", reason: reasonOf(error) });
  }
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", respond);
worker.addEventListener("message", (event) => {
  if (event.data === "keep") {
    event.waitUntil(keepAll());
  } else if (event.data === "state") {
    event.waitUntil(state().then((message) => event.source?.postMessage(message)));
  }
});

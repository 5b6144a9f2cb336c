/**
 * The service worker of a site that wants none: `offline: false` in `mkdocs.yml`. It takes the
 * place of the one that readers have, throws away what that has kept for this site, and goes.
 * Pages that are open lose nothing; from then on the browser asks the site for everything.
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

async function retire() {
  const prefix = `cxquiz:${new URL(worker.registration.scope).pathname}:`;
  const own = (await caches.keys()).filter((name) => name.startsWith(prefix));
  await Promise.all(own.map((name) => caches.delete(name)));
  await worker.registration.unregister();
}

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(retire()));

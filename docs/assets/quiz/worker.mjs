/**
 * Runs Python away from the page. It loads Pyodide, the package and the model from this site
 * alone, then answers each request by one call of one Python function.
 */

/** @typedef {import("./contract.mjs").Runtime} Runtime */
/** @typedef {import("./contract.mjs").ToWorker} ToWorker */
/** @typedef {import("./contract.mjs").FromWorker} FromWorker */

/** @type {Promise<(request: string) => string> | undefined} */
let python;

/** @param {FromWorker} message */
function say(message) {
  self.postMessage(message);
}

/**
 * @param {string} stage
 * @param {unknown} error
 */
function fail(stage, error) {
  say({ type: "failed", stage, message: error instanceof Error ? error.message : String(error) });
}

/**
 * Download one file, telling how much of it is there.
 *
 * @param {string} address
 * @param {RequestCache} cache
 * @param {(bytes: number) => void} progress
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function download(address, cache, progress) {
  const response = await fetch(address, { cache });
  if (!response.ok || !response.body) {
    throw new Error(`${address} answered ${response.status}`);
  }
  /** @type {Uint8Array[]} */
  const chunks = [];
  let length = 0;
  await response.body.pipeTo(
    new WritableStream({
      write(chunk) {
        chunks.push(chunk);
        length += chunk.length;
        progress(chunk.length);
      },
    }),
  );
  const whole = new Uint8Array(length);
  let end = 0;
  for (const chunk of chunks) {
    whole.set(chunk, end);
    end += chunk.length;
  }
  return whole;
}

/**
 * Download all files at once.
 *
 * @param {Record<string, number>} sizes
 * @param {RequestCache} cache
 */
async function downloadAll(sizes, cache) {
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  let loaded = 0;
  const files = await Promise.all(
    Object.keys(sizes).map(async (address) => {
      const bytes = await download(address, cache, (length) => {
        loaded += length;
        say({ type: "progress", loaded, total });
      });
      return /** @type {const} */ ([address, bytes]);
    }),
  );
  return new Map(files);
}

/**
 * Let Pyodide's own loader find what is already here, instead of asking for it again. Its
 * loader also waits for ever when WebAssembly fails, so that is reported from here.
 *
 * @param {Map<string, Uint8Array<ArrayBuffer>>} files
 */
function serveDownloads(files) {
  const fetchOverNetwork = self.fetch;
  self.fetch = (input, init) => {
    const address = String(input instanceof Request ? input.url : input);
    const bytes = files.get(address);
    if (!bytes) {
      return fetchOverNetwork(input, init);
    }
    const type = address.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return Promise.resolve(new Response(bytes, { headers: { "Content-Type": type } }));
  };
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = (source, imports) => {
    const instance = instantiate(source, imports);
    instance.catch((error) => fail("WebAssembly", error));
    return instance;
  };
}

/**
 * @param {Map<string, Uint8Array<ArrayBuffer>>} files
 * @param {string} address
 */
function take(files, address) {
  const bytes = files.get(address);
  if (!bytes) {
    throw new Error(`${address} is not in the list of files`);
  }
  return bytes;
}

/**
 * Start Python and return the function that answers requests.
 *
 * @param {Runtime} runtime
 * @param {boolean} anew  Whether to ask the site for every file, whatever the browser has cached:
 *   after a failure, what is cached may be the very thing that is broken.
 * @returns {Promise<(request: string) => string>}
 */
async function start(runtime, anew) {
  if (typeof WebAssembly !== "object") {
    throw new Error("this browser has no WebAssembly");
  }
  const files = await downloadAll(runtime.bytes, anew ? "reload" : "default");
  serveDownloads(files);
  if (anew) {
    // An import cannot pass the cache by, but it finds what a fetch has just put there.
    const modules = ["pyodide.mjs", "pyodide.asm.js"].map((name) => runtime.pyodide + name);
    await Promise.all(modules.map((address) => download(address, "reload", () => {})));
  }
  const { loadPyodide } = await import(`${runtime.pyodide}pyodide.mjs`);
  const pyodide = await loadPyodide({
    indexURL: runtime.pyodide,
    // Without this, a missing package would be asked from a server that is not ours.
    packageBaseUrl: runtime.pyodide,
  });
  pyodide.FS.writeFile("/cxquiz.whl", take(files, runtime.wheel));
  pyodide.runPython("import sys; sys.path.insert(0, '/cxquiz.whl')");
  const model = new TextDecoder().decode(take(files, runtime.model));
  return pyodide.pyimport("cxquiz.web").start(model);
}

self.addEventListener("message", async (/** @type {MessageEvent<ToWorker>} */ event) => {
  const message = event.data;
  try {
    if (message.type === "start") {
      python ??= start(message.runtime, message.anew);
      await python;
      say({ type: "ready" });
      return;
    }
    const answer = await python;
    if (!answer) {
      throw new Error("the worker was asked before it was started");
    }
    const reply = JSON.parse(answer(JSON.stringify(message.request)));
    say({ type: "reply", id: message.id, reply });
  } catch (error) {
    fail(message.type, error);
  }
});

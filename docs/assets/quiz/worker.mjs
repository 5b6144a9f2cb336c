/**
 * Runs Python away from the page. It makes Python of the files that the page sends, then answers
 * each request by one call of one Python function.
 */

import { check, decoder, inflated } from "./content.mjs";
import { ACTION_FIELD, RELATIONSHIPS_ACTION } from "./contract.mjs";

/** @typedef {import("./contract.mjs").FileName} FileName */
/** @typedef {import("./contract.mjs").QuizRequest} QuizRequest */
/** @typedef {import("./contract.mjs").Runtime} Runtime */
/** @typedef {import("./contract.mjs").ToWorker} ToWorker */
/** @typedef {import("./contract.mjs").FromWorker} FromWorker */

/** By this name Pyodide's loader asks for what is here already. */
const WASM = "pyodide.asm.wasm";

/** @type {Promise<(request: string) => string> | undefined} */
let python;

/** The kept relationships, as the page last sent them. */
let relationships = "";

/**
 * What to do with each file when the page has sent it.
 *
 * @type {Map<FileName, (bytes: ArrayBuffer) => void>}
 */
const expected = new Map();

/** After so many milliseconds without a request, Python warms up. */
const IDLE = 500;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let warmUpTimer;
let isWarm = false;

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
 * Start Python on what is here. Pyodide's loader can only ask for addresses, so while it works the
 * worker answers in the site's place. The loader waits for ever when WebAssembly fails, so that is
 * reported from here.
 *
 * @param {(options: object) => Promise<any>} loadPyodide
 * @param {Runtime} runtime
 * @param {unknown} createPyodideModule  From Pyodide's script, where that is a module.
 * @param {WebAssembly.Module} module
 * @param {Uint8Array<ArrayBuffer>} library
 */
function load(loadPyodide, runtime, createPyodideModule, module, library) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  const files = new Map([
    [new URL(WASM, runtime.folder).href, new Response()],
    [runtime.files.library.address, new Response(library)],
  ]);
  self.fetch = (input, init) => {
    const file = files.get(String(input));
    return file ? Promise.resolve(file) : fetch(input, init);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    try {
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    } catch (error) {
      fail("WebAssembly", error);
      throw error;
    }
  };
  return loadPyodide({
    indexURL: runtime.folder,
    stdLibURL: runtime.files.library.address,
    // Without this, a missing package would be asked from a server that is not ours.
    packageBaseUrl: runtime.folder,
    lockFileContents: JSON.stringify(runtime.lock),
    createPyodideModule,
  }).finally(() => {
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  });
}

/**
 * Start Python and return the function that answers requests.
 *
 * @param {Runtime} runtime
 * @returns {Promise<(request: string) => string>}
 */
async function start(runtime) {
  if (typeof WebAssembly !== "object") {
    throw new Error("this browser has no WebAssembly");
  }
  /**
   * @param {FileName} name
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  const arrived = async (name) => {
    /** @type {ArrayBuffer} */
    const bytes = await new Promise((resolve) => {
      expected.set(name, resolve);
    });
    return new Uint8Array(bytes);
  };
  /**
   * The bytes of a module cannot be run, but an import finds what the page's download has put
   * into the browser's cache.
   *
   * @param {FileName} name
   */
  const imported = async (name) => {
    await check(runtime.files[name], await arrived(name));
    return import(runtime.files[name].address);
  };
  const decoding = arrived("inflate").then(async (bytes) => {
    await check(runtime.files.inflate, bytes);
    return decoder(bytes);
  });
  /** @param {FileName} name */
  const unchecked = async (name) => {
    const [bytes, inflate] = await Promise.all([arrived(name), decoding]);
    return inflated(runtime.files[name], bytes, inflate);
  };
  /** @param {FileName} name */
  const content = async (name) => {
    const bytes = await unchecked(name);
    await check(runtime.files[name], bytes);
    return bytes;
  };
  const compiled = async () => {
    const bytes = await unchecked("wasm");
    const module = WebAssembly.compile(bytes); // elsewhere, while it is checked here
    module.catch(() => {}); // damage is said as such
    await check(runtime.files.wasm, bytes);
    return module;
  };
  const [{ loadPyodide }, script, module, library, cxquiz, model] = await Promise.all([
    imported("loader"),
    imported("script"), // before it was a module it named its function for the loader to find
    compiled(),
    content("library"),
    content("package"),
    content("model"),
  ]);
  const pyodide = await load(loadPyodide, runtime, script.default, module, library);
  const { path } = pyodide.pyimport("sys");
  for (const [name, archive] of Object.entries({ "/cxquiz.zip": cxquiz, "/model.zip": model })) {
    pyodide.FS.writeFile(name, archive);
    path.insert(0, name);
  }
  const { reply } = pyodide.pyimport("cxquiz.browser");
  const { MODEL } = pyodide.pyimport("cxquiz_model");
  return (request) => reply(MODEL, request, () => relationships);
}

/**
 * Warm up where relationships are kept: while nobody waits, have their screen rendered and throw it
 * away. The first time takes Python several times as long as any later one.
 *
 * @param {(request: string) => string} answer
 * @param {QuizRequest} request  The latest; its answer is given.
 */
function scheduleWarmUp(answer, request) {
  if (isWarm || !relationships) {
    return;
  }
  const fields = [[ACTION_FIELD, RELATIONSHIPS_ACTION]];
  warmUpTimer = setTimeout(() => {
    isWarm = true;
    try {
      answer(JSON.stringify({ ...request, type: "submit", fields }));
    } catch {
      // Whoever asks for it hears of it.
    }
  }, IDLE);
}

self.addEventListener("message", async (/** @type {MessageEvent<ToWorker>} */ event) => {
  const message = event.data;
  try {
    if (message.type === "start") {
      python ??= start(message.runtime);
      await python;
      say({ type: "ready" });
      return;
    }
    if (message.type === "file") {
      expected.get(message.name)?.(message.bytes);
      return;
    }
    clearTimeout(warmUpTimer);
    const answer = await python;
    if (!answer) {
      throw new Error("the worker was asked before it was started");
    }
    relationships = message.relationships ?? relationships;
    const reply = JSON.parse(answer(JSON.stringify(message.request)));
    say({ type: "reply", id: message.id, reply });
    scheduleWarmUp(answer, message.request);
  } catch (error) {
    fail(message.type, error);
  }
});

/**
 * What Python is made of: where it stands, and its download. The page downloads it, not the
 * worker: so all files are on their way before the worker stands, and before Pyodide's loader
 * would come to ask for them.
 */

/** @typedef {import("./contract.mjs").FileName} FileName */
/** @typedef {import("./contract.mjs").Runtime} Runtime */
/** @typedef {import("./contract.mjs").RuntimeFile} RuntimeFile */

/**
 * @param {string} json  The element's `runtime` attribute, with addresses relative to the root.
 * @param {URL} root
 * @returns {Runtime}
 */
export function resolveRuntime(json, root) {
  const { folder, lock, files } = JSON.parse(json);
  const base = new URL(folder, root);
  for (const file of Object.values(files)) {
    file.address = new URL(file.path, base).href;
  }
  return { folder: base.href, lock, files };
}

export class RuntimeDownload {
  #stop = new AbortController();
  #loaded = 0;
  #total;
  #onProgress;

  /**
   * Ask for all files at once.
   *
   * @param {Record<FileName, RuntimeFile>} files
   * @param {object} options
   * @param {RequestCache} options.cache  How to use what the browser has cached.
   * @param {(name: FileName, bytes: ArrayBuffer) => void} options.onFile  Hears of each file.
   * @param {(loaded: number, total: number) => void} options.onProgress  In bytes, of them all.
   * @param {(detail: string) => void} options.onFailure  Hears of the first failure, if any.
   */
  constructor(files, { cache, onFile, onProgress, onFailure }) {
    this.#total = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
    this.#onProgress = onProgress;
    for (const [name, { address }] of Object.entries(files)) {
      this.#fetch(address, cache)
        .then((bytes) => onFile(/** @type {FileName} */ (name), bytes))
        .catch((error) => {
          if (!this.#stop.signal.aborted) {
            this.stop();
            onFailure(`${address}: ${error instanceof Error ? error.message : String(error)}`);
          }
        });
    }
  }

  /** Give up what is on its way. */
  stop() {
    this.#stop.abort();
  }

  /**
   * @param {string} address
   * @param {RequestCache} cache
   */
  async #fetch(address, cache) {
    const response = await fetch(address, { cache, signal: this.#stop.signal });
    if (!response.ok || !response.body) {
      throw new Error(`the site answered ${response.status}`);
    }
    const counted = response.body.pipeThrough(
      new TransformStream({
        transform: (/** @type {Uint8Array} */ chunk, controller) => {
          controller.enqueue(chunk);
          this.#loaded += chunk.length;
          this.#onProgress(this.#loaded, this.#total);
        },
      }),
    );
    return new Response(counted).arrayBuffer();
  }
}

/**
 * Inflates and checks what was downloaded. What a broken line, a filter or a stale cache has made
 * of a file is noticed here, by its name, and not somewhere in Python.
 */

/** @typedef {import("./contract.mjs").Inflate} Inflate */
/** @typedef {import("./contract.mjs").RuntimeFile} RuntimeFile */

/**
 * @typedef {object} Decoder  What the decoder's WebAssembly offers.
 * @property {WebAssembly.Memory} memory
 * @property {(bytes: number) => number} malloc
 * @property {(address: number) => void} free
 * @property {(source: number, bytes: number) => bigint} ZSTD_findDecompressedSize
 * @property {(target: number, size: number, source: number, bytes: number) => number} ZSTD_decompress
 */

/** The first bytes of whatever Zstandard has made. */
const ZSTANDARD = [0x28, 0xb5, 0x2f, 0xfd];

/** The polynomial of CRC-32, as zip files and gzip have it. */
const POLYNOMIAL = 0xedb88320;

/**
 * Start the decoder. It is WebAssembly, since JavaScript that is run once takes four times as long.
 *
 * @param {Uint8Array<ArrayBuffer>} wasm
 * @returns {Promise<Inflate>}
 */
export async function decoder(wasm) {
  const imports = { env: { emscripten_notify_memory_growth() {} } };
  const { instance } = await WebAssembly.instantiate(wasm, imports);
  const { memory, malloc, free, ZSTD_findDecompressedSize, ZSTD_decompress } =
    /** @type {Decoder} */ (/** @type {unknown} */ (instance.exports));
  return (bytes) => {
    const source = malloc(bytes.length);
    new Uint8Array(memory.buffer).set(bytes, source);
    const size = Number(ZSTD_findDecompressedSize(source, bytes.length));
    const target = size < 0 ? 0 : malloc(size);
    if (!target || ZSTD_decompress(target, size, source, bytes.length) !== size) {
      throw new Error("it is not whole");
    }
    const content = new Uint8Array(memory.buffer).slice(target, target + size);
    free(source);
    free(target);
    return content;
  };
}

/**
 * @param {RuntimeFile} file
 * @param {Uint8Array<ArrayBuffer>} bytes  As downloaded.
 * @param {Inflate} inflate
 * @returns {Uint8Array<ArrayBuffer>}  Inflated where the file is compressed; not yet checked.
 */
export function inflated(file, bytes, inflate) {
  // Some servers tell the browser to inflate such files by itself: it has done so then.
  if (!file.address.endsWith(".zst") || ZSTANDARD.some((byte, at) => bytes[at] !== byte)) {
    return bytes;
  }
  try {
    return inflate(bytes);
  } catch (error) {
    throw new Error(`${file.address} cannot be inflated, so it is damaged`, { cause: error });
  }
}

/**
 * @param {RuntimeFile} file
 * @param {Uint8Array<ArrayBuffer>} content
 * @throws {Error} It is not the content that the page was built with.
 */
export async function check(file, content) {
  // Browsers have `crypto.subtle` on sites with https alone. Elsewhere anybody on the way could
  // alter the page as well, so a checksum tells all that can be told: damage.
  const isRight = crypto.subtle
    ? (await sha256(content)).startsWith(file.sha256)
    : crc32(content) === file.crc32;
  if (!isRight) {
    throw new Error(`${file.address} is damaged, or of another version than this page`);
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} content
 * @returns {Promise<string>} In hexadecimal digits.
 */
async function sha256(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {Uint8Array} content
 * @returns {number}
 */
function crc32(content) {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      rest = (rest >>> 1) ^ (rest & 1 ? POLYNOMIAL : 0);
    }
    return rest;
  });
  let rest = -1;
  for (const byte of content) {
    rest = (rest >>> 8) ^ (table[(rest ^ byte) & 0xff] ?? 0);
  }
  return ~rest >>> 0;
}

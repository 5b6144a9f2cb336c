/**
 * Checks and inflates what was downloaded. What a broken line, a filter or a stale cache has made
 * of a file is noticed here, by its name, and not somewhere in Python.
 */

/** @typedef {import("./contract.mjs").RuntimeFile} RuntimeFile */

/** The first two bytes of whatever gzip has made. */
const GZIP = [0x1f, 0x8b];

/**
 * @param {RuntimeFile} file
 * @param {ArrayBuffer} bytes  As downloaded.
 * @returns {Promise<ArrayBuffer>} The file's content.
 */
export async function contentOf(file, bytes) {
  const whole = file.address.endsWith(".gz") ? await inflated(file, bytes) : bytes;
  // Browsers have `crypto.subtle` on sites with https alone. Without it, inflating has at least
  // compared gzip's own checksum.
  if (crypto.subtle && (await sha256(whole)) !== file.sha256) {
    throw new Error(`${file.address} is damaged, or of another version than this page`);
  }
  return whole;
}

/**
 * @param {RuntimeFile} file
 * @param {ArrayBuffer} bytes
 * @returns {Promise<ArrayBuffer>}
 */
async function inflated(file, bytes) {
  const start = new Uint8Array(bytes).subarray(0, GZIP.length);
  // Some servers tell the browser to inflate each .gz by itself: it is inflated already then.
  if (String(start) !== String(GZIP)) {
    return bytes;
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    return await new Response(stream).arrayBuffer();
  } catch (error) {
    throw new Error(`${file.address} cannot be inflated, so it is damaged`, { cause: error });
  }
}

/**
 * @param {ArrayBuffer} bytes
 * @returns {Promise<string>} In hexadecimal digits.
 */
async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Files that the reader saves or brings. Nothing of them leaves the browser.
 */

/** @typedef {import("./contract.mjs").Download} Download */

/** So many bytes of a file are read at most; no list of relationships is as long. */
const LONGEST = 20_000_000;

/** A picture is drawn at twice its size, so that it is sharp on paper and on good screens. */
const SHARP = 2;

/**
 * @param {string} svg
 * @returns {Promise<Blob>}  The same as a picture.
 */
async function picture(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SHARP;
  canvas.height = image.naturalHeight * SHARP;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}

/**
 * Let the reader save a file.
 *
 * @param {Download} download
 */
export async function save({ name, type, text }) {
  let blob = new Blob([text], { type });
  let file = name;
  if (type === "image/png") {
    try {
      blob = await picture(text);
    } catch {
      // A strict policy can forbid the picture; the drawing says the same.
      blob = new Blob([text], { type: "image/svg+xml" });
      file = name.replace(/png$/u, "svg");
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * @param {FileList} files
 * @returns {Promise<[name: string, text: string][]>}
 */
export function read(files) {
  return Promise.all(
    Array.from(files, async (file) => /** @type {[string, string]} */ ([
      file.name,
      await file.slice(0, LONGEST).text(),
    ])),
  );
}

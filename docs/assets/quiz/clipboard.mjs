/**
 * Copies a field for the reader.
 */

/** @typedef {import("./view.mjs").View} View */

/**
 * Copy a field's text, and say so; where the browser forbids it, select it for the reader.
 *
 * @param {string} id
 * @param {View} view
 */
export async function copyField(id, view) {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLInputElement)) {
    return;
  }
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    view.announce("copied");
  } catch {
    view.announce("copy-failed");
  }
}

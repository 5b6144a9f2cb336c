/**
 * The relationships that the reader keeps: the browser stores the list, and only Python reads it.
 */

/** @typedef {import("./contract.mjs").QuizReply} QuizReply */
/** @typedef {import("./storage.mjs").Storage} Storage */
/** @typedef {import("./view.mjs").View} View */

/**
 * Offer to look at the kept relationships, where there are some.
 *
 * @param {Storage} storage
 * @param {View} view
 */
export function offerRelationships(storage, view) {
  view.part("mine").hidden = !storage.relationships;
}

/**
 * Store, save as a file or forget what an answer of Python says, beside the screen.
 *
 * @param {QuizReply} reply
 * @param {Storage} storage
 * @param {View} view
 */
export async function updateRelationships({ relationships, download, forget }, storage, view) {
  if (forget) {
    storage.clear();
    // A browser that cannot keep pages has none to throw away.
    await import("../offline/registration.mjs").then((it) => it.removeFromDevice()).catch(() => {});
  }
  let file = download;
  if (relationships !== undefined && !storage.keepRelationships(relationships)) {
    view.announce("full");
    file = { name: "relationships.json", type: "application/json", text: relationships };
  }
  offerRelationships(storage, view);
  if (file) {
    const { save } = await import("./files.mjs");
    await save(file);
  }
}

/**
 * The form on the screen: its fields as Python gets them, what was typed before, and which button
 * Enter presses.
 */

import { ENTER_ATTRIBUTE, SCREEN_FIELD } from "./contract.mjs";

/** @typedef {import("./contract.mjs").Field} Field */

/**
 * @param {HTMLFormElement | null} form
 * @param {HTMLElement | null} [submitter]
 * @returns {Field[]}  What the form sends; nothing where there is none.
 */
export function fieldsOf(form, submitter) {
  return form
    ? [...new FormData(form, submitter)].map(([name, value]) => [name, String(value)])
    : [];
}

/**
 * Put kept fields back into a form. Of another screen's form only what was typed is taken.
 *
 * @param {HTMLFormElement} form
 * @param {unknown} draft
 */
export function restoreDraft(form, draft) {
  if (!Array.isArray(draft)) {
    return;
  }
  /** @type {Field[]} */
  const rows = draft.filter(
    (row) => Array.isArray(row) && row.length === 2 && row.every((part) => typeof part === "string"),
  );
  const values = (/** @type {string} */ name) =>
    rows.filter((row) => row[0] === name).map((row) => row[1]);
  const sameScreen = values(SCREEN_FIELD)[0] === String(new FormData(form).get(SCREEN_FIELD));
  for (const element of form.querySelectorAll("input, select, textarea")) {
    if (element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement) {
      element.value = values(element.name)[0] ?? element.value;
    } else if (element instanceof HTMLInputElement && element.type === "text") {
      element.value = values(element.name)[0] ?? element.value;
    } else if (element instanceof HTMLInputElement && element.type !== "hidden" && sameScreen) {
      element.checked = values(element.name).includes(element.value);
    }
  }
}

/**
 * Let Enter in a field press the button that it or its form names: the browser would press the
 * first one of the form.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLElement} quiz
 */
export function pressOnEnter(event, quiz) {
  const field = event.target;
  if (event.key !== "Enter" || event.isComposing || !(field instanceof HTMLInputElement)) {
    return;
  }
  const action = field.closest(`[${ENTER_ATTRIBUTE}]`)?.getAttribute(ENTER_ATTRIBUTE);
  if (action || field.readOnly) {
    event.preventDefault();
  }
  [...quiz.querySelectorAll("button")].find((button) => action && button.value === action)?.click();
}

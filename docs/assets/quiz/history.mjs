/**
 * The browser's history: each place that the reader comes to holds the session of then, so that
 * Back and Forward lead through the quiz, and an address can hold a link to answers.
 */

import { ANSWERS_LINK } from "./contract.mjs";

/** @returns {string}  The link to answers in the page's address; empty where there is none. */
export function answersLink() {
  return ANSWERS_LINK.test(location.hash) ? location.hash : "";
}

/**
 * Take the link to answers out of the address. They are kept now: a reload goes on with them, and
 * does not open the link again.
 */
export function removeAnswersLink() {
  if (answersLink()) {
    history.replaceState(history.state, "", location.pathname + location.search);
  }
}

/**
 * Say which session belongs to this place.
 *
 * @param {unknown} answers  The session.
 * @param {boolean} isStep  Whether the reader has come to a new place, to come back from.
 */
export function recordPlace(answers, isStep) {
  const state = { ...history.state, cxquiz: { answers } };
  if (isStep) {
    history.pushState(state, "");
  } else {
    history.replaceState(state, "");
  }
}

/**
 * @param {any} state  Of a place that the reader has gone to.
 * @returns {{ answers: unknown } | undefined}  What {@link recordPlace} has said, if it has.
 */
export function placeIn(state) {
  return state?.cxquiz;
}

/**
 * @param {unknown} one
 * @param {unknown} other
 * @returns {boolean}  Whether two sessions are the same.
 */
export function isSameSession(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

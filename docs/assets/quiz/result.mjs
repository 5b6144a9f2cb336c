/**
 * What a result and a map need beside the screen: their style sheets, and a say in what is printed.
 * It is loaded with the first screen that Python gives, so a page that nobody touches goes without.
 */

import { LARGER, PRINT } from "./contract.mjs";

/** On the page's root: the reader prints what stands around the quiz. */
const PAGE = "data-cx-print-page";

/** By this the style sheet for print measures all. In pixels, as large and as small as can be. */
const SIZE = "--cx-print-size";
const LARGEST = 18;
const SMALLEST = 9;

/** The height of a page of Letter within its margins, in pixels, less a line for how it breaks. */
const ROOM = ((279 - 24) / 25.4) * 96 - 16;

/**
 * Say whether a reader has the quiz before them: it has the page to itself or the focus, or it
 * stands in the middle of the window.
 *
 * @param {HTMLElement} quiz
 */
function isBefore(quiz) {
  const { top, bottom } = quiz.getBoundingClientRect();
  const middle = innerHeight / 2;
  return (
    quiz.getAttribute("start") === "idle" ||
    quiz.contains(document.activeElement) ||
    (top < middle && middle < bottom)
  );
}

/**
 * Make the one result as large as fits on a page of A4 or Letter.
 *
 * @param {HTMLElement} quiz
 * @param {HTMLLinkElement} style  The style sheet for print.
 */
function fit(quiz, style) {
  const result = quiz.querySelector('.cx-result:has(> [value="result"])');
  if (!result) {
    return;
  }
  const root = document.documentElement;
  const { scrollX, scrollY } = window;
  style.media = "all"; // nothing of that is painted: the browser comes to it after this
  for (let size = LARGEST; size >= SMALLEST; size -= 0.5) {
    root.style.setProperty(SIZE, `${size}px`);
    if (result.getBoundingClientRect().height <= ROOM) {
      break;
    }
    root.style.removeProperty(SIZE); // where nothing fits, the style sheet's own size holds
  }
  style.media = "print";
  window.scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
}

/**
 * @param {string} name  The name of a style sheet beside this module.
 * @param {"all" | "print"} media  When it holds.
 */
function addStyle(name, media) {
  const style = document.createElement("link");
  style.id = `cx-${name}`;
  style.rel = "stylesheet";
  style.media = media;
  style.href = new URL(`./${name}`, import.meta.url).href;
  document.head.append(style);
  return style;
}

/**
 * Add to a quiz the style sheets and the listeners that its results and its map need, once.
 *
 * @param {HTMLElement} quiz
 */
export function enhanceResults(quiz) {
  if (document.getElementById("cx-print.css")) {
    return;
  }
  addStyle("map.css", "all");
  const style = addStyle("print.css", "print");
  window.addEventListener("beforeprint", () => {
    document.documentElement.toggleAttribute(PAGE, !isBefore(quiz));
    fit(quiz, style);
  });
  quiz.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target : quiz;
    const larger = document.getElementById(LARGER);
    if (pressed.closest(`[name="${PRINT}"]`)) {
      window.print();
    } else if (larger instanceof HTMLDialogElement) {
      if (larger.open && pressed.closest(`a, [name="${LARGER}"]`)) {
        larger.close(); // a link leads to what stands below it
      } else if (pressed.closest(`[name="${LARGER}"]`)) {
        larger.showModal();
      }
    }
  });
}

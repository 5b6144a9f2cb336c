/**
 * Take out Material's one-letter shortcuts (n for the next page, s for the search, …): a letter
 * pressed on a radio button would leave the page, and WCAG 2.1.4 asks for a way to do without.
 */
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.stopPropagation();
    }
  },
  { capture: true },
);

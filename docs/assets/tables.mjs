/**
 * What tables need beside Material: one that is wider than its column can be scrolled by the
 * keyboard, and one inside `.sortable` can be sorted by each of its columns.
 */

/**
 * Return what a table is about: the heading before it.
 *
 * @param {Element} box
 * @returns {string}
 */
function subject(box) {
  const headings = [...document.querySelectorAll("h1, h2, h3, h4")].filter(
    (heading) => heading.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return headings.at(-1)?.textContent?.trim() ?? document.title;
}

/**
 * Let the keyboard into a box that scrolls, and past one that does not.
 *
 * @param {HTMLElement} box
 */
function fit(box) {
  if (box.scrollWidth > box.clientWidth) {
    box.tabIndex = 0;
    box.setAttribute("role", "group"); // a region of its own would be one landmark too many
    box.setAttribute("aria-label", subject(box));
  } else {
    box.removeAttribute("tabindex");
    box.removeAttribute("role");
    box.removeAttribute("aria-label");
  }
}

/**
 * Sort a table's rows by one column; again, the other way round.
 *
 * @param {HTMLTableElement} table
 * @param {HTMLTableCellElement} head
 */
function sort(table, head) {
  const down = head.getAttribute("aria-sort") === "ascending";
  /** @param {HTMLTableRowElement} row */
  const key = (row) => row.cells[head.cellIndex]?.textContent?.trim() ?? "";
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const body = table.tBodies[0];
  const rows = [...(body?.rows ?? [])].sort((a, b) => compare(key(a), key(b)) * (down ? -1 : 1));
  body?.append(...rows);
  for (const cell of table.tHead?.rows[0]?.cells ?? []) {
    cell.removeAttribute("aria-sort");
  }
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
}

/**
 * Turn each head of a table into a button that sorts by it.
 *
 * @param {HTMLTableElement} table
 */
function makeSortable(table) {
  for (const head of table.tHead?.rows[0]?.cells ?? []) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(table, head));
    head.append(button);
  }
}

/** @type {NodeListOf<HTMLTableElement>} */
const sortable = document.querySelectorAll(".sortable table");
sortable.forEach(makeSortable);

// Material puts the boxes around the tables when the page has been read.
addEventListener("load", () => {
  const resized = new ResizeObserver((entries) => {
    // After the frame, of which a long page leaves no time.
    setTimeout(() => {
      for (const { target } of entries) {
        fit(/** @type {HTMLElement} */ (target));
      }
    });
  });
  /** @type {NodeListOf<HTMLElement>} */
  const boxes = document.querySelectorAll(".md-typeset__scrollwrap");
  boxes.forEach((box) => resized.observe(box));
});

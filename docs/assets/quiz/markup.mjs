/**
 * Check that kept markup is nothing but a screen of the quiz. What is read back from the
 * browser's storage may have been written by somebody else, so a screen that holds anything
 * unexpected is not shown; Python renders it anew from the answers.
 */

const TAGS = new Set(
  (
    "A BR BUTTON CAPTION CODE DD DESC DETAILS DIALOG DIV DL DT EM FIELDSET FORM G H3 H4 H5 INPUT LABEL " +
    "LEGEND LI LINE OL OPTION P PATH RECT SECTION SELECT SMALL SPAN STRONG SUMMARY SVG TABLE TBODY " +
    "TD TEXT TEXTAREA TH THEAD TITLE TR TSPAN UL"
  ).split(" "),
);

const ATTRIBUTES = new Set(
  (
    "accept aria-describedby aria-hidden aria-invalid aria-label aria-labelledby autocomplete " +
    "checked class d data-cx-enter fill fill-opacity font-family font-size font-style " +
    "font-weight for height href id method multiple name novalidate open readonly role rows " +
    "rx scope selected stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-width " +
    "tabindex text-anchor type value viewbox width x xmlns y"
  ).split(" "),
);

/**
 * @param {string} html
 * @param {string} root  The site's path; links may lead nowhere else.
 * @returns {DocumentFragment | undefined}  The content, or nothing where it is not a screen.
 */
export function screenContent(html, root) {
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const element of template.content.querySelectorAll("*")) {
    if (!TAGS.has(element.tagName.toUpperCase())) {
      return undefined;
    }
    for (const { name, value } of element.attributes) {
      const leadsOut = name === "href" && !value.startsWith("#") && !isInside(value, root);
      if (!ATTRIBUTES.has(name.toLowerCase()) || leadsOut) {
        return undefined;
      }
    }
  }
  return template.content;
}

/**
 * @param {string} address
 * @param {string} root
 */
function isInside(address, root) {
  if (!URL.canParse(address, document.baseURI)) {
    return false;
  }
  const url = new URL(address, document.baseURI);
  return url.origin === location.origin && url.pathname.startsWith(root);
}

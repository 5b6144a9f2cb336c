/**
 * Check that kept markup is nothing but a screen of the quiz. What is read back from the
 * browser's storage may have been written by somebody else, so a screen that holds anything
 * unexpected is not shown; Python renders it anew from the answers.
 */

const TAGS = new Set(
  (
    "A BR BUTTON CODE DD DETAILS DIV DL DT EM FIELDSET FORM H3 H4 H5 INPUT LABEL LEGEND LI OL " +
    "OPTION P SECTION SELECT SMALL SPAN STRONG SUMMARY TEXTAREA UL"
  ).split(" "),
);

const ATTRIBUTES = new Set(
  (
    "aria-describedby aria-hidden aria-invalid aria-labelledby autocomplete checked class " +
    "for href id method name novalidate open readonly role rows selected tabindex type value"
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
    if (!TAGS.has(element.tagName)) {
      return undefined;
    }
    for (const { name, value } of element.attributes) {
      const leadsOut = name === "href" && !value.startsWith("#") && !isInside(value, root);
      if (!ATTRIBUTES.has(name) || leadsOut) {
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

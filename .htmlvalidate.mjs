// What counts as valid HTML on the built site: the rules of the standard, and little else.
import { defineConfig } from "html-validate";

export default defineConfig({
  root: true,
  extends: ["html-validate:standard", "html-validate:document"],
  elements: [
    "html5",
    {
      // Material gives some labels of the navigation an empty tabindex, which browsers pass over.
      "*": { attributes: { tabindex: { enum: ["/-?\\d+/", ""] } } },
    },
  ],
  rules: {
    // The site loads nothing from elsewhere, and its own files need no second proof.
    "require-sri": ["error", { target: "crossorigin" }],
    // Material's switches are labelled by icons. The browser tests check every field's name.
    "input-missing-label": "off",
    // Material labels a switch that the first page of a section lacks. The browser tests look
    // for references that lead nowhere, too.
    "no-missing-references": "off",
    // Material keeps its drawer's checkbox from being filled in by autocomplete="off".
    "valid-autocomplete": "off",
  },
});

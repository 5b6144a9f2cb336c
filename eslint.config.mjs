import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import globals from "globals";

export default defineConfig([
  globalIgnores([
    ".cache/", // what builds keep of their scripts
    ".venv/",
    "docs/assets/bundled-*/",
    "docs/assets/quiz/runtime/", // Pyodide's own files
    "site*/",
  ]),
  {
    linterOptions: { reportUnusedDisableDirectives: "error", reportUnusedInlineConfigs: "error" },
    plugins: { js },
    extends: ["js/recommended"],
    rules: {
      "array-callback-return": "error",
      "consistent-return": "error",
      "curly": "error",
      "default-case-last": "error",
      "eqeqeq": "error",
      "no-alert": "error",
      "no-await-in-loop": "error",
      "no-console": "error",
      "no-constructor-return": "error",
      "no-eval": "error",
      "no-implicit-coercion": "error",
      "no-implicit-globals": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-param-reassign": "error",
      "no-promise-executor-return": "error",
      "no-script-url": "error",
      "no-self-compare": "error",
      "no-shadow": "error",
      "no-template-curly-in-string": "error",
      "no-throw-literal": "error",
      "no-unmodified-loop-condition": "error",
      "no-unused-expressions": "error",
      "no-use-before-define": ["error", { functions: false }],
      "no-useless-concat": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-promise-reject-errors": "error",
      "prefer-template": "error",
      "require-atomic-updates": "error",
      "require-await": "error",
      "strict": "error",
    },
  },
  {
    files: ["docs/**/*.mjs"],
    ignores: ["docs/assets/quiz/worker.mjs"],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ["docs/assets/quiz/worker.mjs"],
    languageOptions: { globals: globals.worker },
  },
  {
    files: ["tests/bench/stock/*.mjs"],
    languageOptions: { globals: { ...globals.browser, ...globals.worker } },
  },
  {
    files: ["tests/javascript/*.mjs"],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ["macros/release/service_worker*.mjs"],
    languageOptions: { globals: globals.serviceworker },
  },
  {
    files: ["macros/assets/search_on_demand.mjs"],
    languageOptions: { globals: globals.worker },
  },
  {
    files: ["*.mjs", "macros/**/*.mjs", "tests/**/*.mjs"],
    ignores: [
      "tests/bench/stock/*.mjs",
      "macros/release/service_worker*.mjs",
      "macros/assets/search_on_demand.mjs",
    ],
    languageOptions: { globals: globals.nodeBuiltin },
  },
]);

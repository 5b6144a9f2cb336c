/** The stock way in a module worker. */
import { firstResult } from "./start.mjs";

self.addEventListener("message", async (event) => {
  self.postMessage(await firstResult(event.data));
});

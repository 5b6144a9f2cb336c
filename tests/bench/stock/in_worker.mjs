/** Stands in the page in the place of the quiz's own script: the stock way in a worker. */
import { request, show } from "./page.mjs";

const worker = new Worker(new URL("./worker.mjs", import.meta.url), { type: "module" });
worker.addEventListener("message", (event) => show(event.data));
worker.postMessage(request());

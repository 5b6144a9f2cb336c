/** Stands in the page in the place of the quiz's own script: the stock way on the page's thread. */
import { request, show } from "./page.mjs";
import { firstResult } from "./start.mjs";

show(await firstResult(request()));

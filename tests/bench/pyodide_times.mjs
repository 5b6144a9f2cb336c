/**
 * Says how long one step takes in Pyodide, beside the same step with an empty reply.
 *
 * Usage: node tests/bench/pyodide_times.mjs RUNTIME_FOLDER
 */
import process from "node:process";

import { startRuntime } from "../../macros/runtime/start.mjs";

const [folder = ""] = process.argv.slice(2);
const pyodide = await startRuntime(folder);
pyodide.runPython(`
import json, time
from cxquiz.classifier.next_question import next_question
from cxquiz_model import MODEL as model
from cxquiz.map.items import items_of, rows_of
from cxquiz.map.layout import lay_out
from cxquiz.portfolio.portfolio import Kept, version
from cxquiz.classifier.reading import classify
from cxquiz.html.map import render_map, render_map_table

def walks():
    """Readers who give the n-th answer to whatever is asked."""
    for turn in range(24):
        answers = {}
        while (question := next_question(model, answers, answers.keys())) is not None:
            options = list(model.questions[question].options)
            answers[question] = (options[(turn * 7 + len(answers) * 5) % len(options)],)
            yield dict(answers)

def times(work, given=None):
    found = []
    for answers in given or walks():
        start = time.perf_counter()
        work(answers)
        found.append(1000 * (time.perf_counter() - start))
    found.sort()
    return found[len(found) // 2], found[-1]

lines = [
    (name, *times(work))
    for name, work in (
        ("baseline: answers to JSON and back", lambda answers: json.loads(json.dumps(answers))),
        ("choosing the next question", lambda answers: next_question(model, answers, answers.keys())),
        ("the whole result", lambda answers: classify(model, answers)),
    )
]

# Sixty relationships, each third one reached through the one before it.
kept = [
    Kept(str(n), f"A party with a name, number {n}", version(model, answers, kept=""),
         via=str(n - 1) if n % 3 == 0 and n else "")
    for n, answers in zip(range(60), walks())
]

def draw(turn):
    render_map(model, lay_out(model, items_of(model, kept)))

def draw_narrow(turn):
    render_map(model, lay_out(model, items_of(model, kept), width=343))

lines += [
    ("the map of 60 relationships", *times(draw, range(9))),
    ("the same for a phone", *times(draw_narrow, range(9))),
    ("its table", *times(lambda turn: render_map_table(model, rows_of(model, kept)), range(9))),
]
`);
process.stdout.write(`\n${"In Pyodide, milliseconds".padEnd(44)}  median     most\n`);
for (const [name, median, most] of pyodide.globals.get("lines").toJs()) {
  process.stdout.write(
    `${name.padEnd(44)}${median.toFixed(2).padStart(8)} ${most.toFixed(2).padStart(8)}\n`,
  );
}

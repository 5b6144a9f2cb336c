"""The command line: ``cxquiz ask``, ``classify``, ``compare``, ``map``, ``report``, ``check``."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Never

from cxquiz.cli.messages import complain

if TYPE_CHECKING:
    from collections.abc import Sequence

FINE: Final = 0
FAULTY: Final = 1
UNUSABLE: Final = 2
INTERRUPTED: Final = 130

_DESCRIPTION: Final = """\
What is a person or a group to you, for one piece of work: customer, partner,
stakeholder, supplier or nothing? A few answers tell. Nothing you type or feed
in leaves this machine.
"""

_EPILOG: Final = """\
examples:
  cxquiz ask                           take the quiz, one question at a time
  cxquiz classify cases.jsonl          classify many relationships at once
  cxquiz compare ann.jsonl bob.csv     who sees what, and what they disagree on
  cxquiz map mine.json -o map.svg      a picture of all of them, around you
  cxquiz report register.csv > r.html  a whole register on one page
  cxquiz check my-model.toml           look for mistakes in a model of your own

exit codes:
  0    all went well
  1    some of the input is faulty: a line to read, or the model to check
  2    wrong usage, or a file that cannot be read, written or used
  130  stopped by Ctrl-C

"cxquiz COMMAND --help" says more about a command.
"""

_ASK_DESCRIPTION: Final = """\
Asks one question at a time and ends with the reading: what they are to you,
why, what would change it and what to do next. You can skip every question, go
back, and stop at any time: your answers are then printed as one line of JSON
that "cxquiz classify" reads.
"""

_ASK_EPILOG: Final = """\
what to type:
  1        the number of your answer (several for "tick all that fit": 1 3)
  Enter    skip the question, or keep the answer that you gave before
  ?        I'm not sure
  b        go back
  r        show the result so far, once there is enough for one
  q        stop; so do Ctrl-C and the end of the input

examples:
  cxquiz ask
  NO_COLOR=1 cxquiz ask --model my-model.toml
"""

_CLASSIFY_DESCRIPTION: Final = """\
Reads relationships, one a line, and writes what each one is, one line of JSON
for each and in the same order. The input may be of any length: one record at a
time is held in memory.
"""

_CLASSIFY_EPILOG: Final = """\
input:
  JSON Lines: {"id": "a1", "answers": {"organisation": "same", "use": ["use"]}}
  CSV:        id,organisation,use
              a1,same,use;pass_on

  Answers go by the ids of questions and options. They stand in the model file,
  and "cxquiz check" says where that is; "cxquiz ask" prints your answers in
  this form. "not_sure", an empty text and null are the same as leaving a
  question out. A CSV needs a header, commas, and ";" between several options.
  The text must be UTF-8; a byte-order mark, CRLF and blank lines are fine.

  A file of relationships that somebody saved from the site (JSON) works too,
  if all of it can be read. Its relationships go by their names.

output:
  {"id", "primary", "labels", "verdict", "points", "flags", "disputes"}
  and then all other keys or columns of the input as they were. A key that is
  called like one of the result's gives way to it; "answers" and "error" are
  left out as well.
  "primary" is null only where no scored question was answered. "labels" is the
  primary one and the others that hold too, best first.

bad lines:
  A line that cannot be used is reported on standard error with its number and
  becomes {"id", "error"} in its place; the rest goes on, and the exit code is
  1. Such are lines that are no JSON object, have no "answers", name an unknown
  question or option, use a key twice, are longer than 1 MiB, or have more
  fields than the CSV's header. Without a usable header the exit code is 2.

examples:
  cxquiz classify cases.jsonl > results.jsonl
  cxquiz classify survey.csv | head
  some-export | cxquiz classify --format csv -
"""

_COMPARE_DESCRIPTION: Final = """\
Puts the answers of several people about the same relationship side by side:
how many see what, where they are of one mind and where not, which
disagreements change a reading, and whom to bring together.
"""

_COMPARE_EPILOG: Final = """\
input:
  JSON Lines: {"id": "a1", "by": "Ann", "answers": {"organisation": "same"}}
              {"id": "a1", "by": "Bob", "link": "https://.../#cx1m..."}
  CSV:        id,by,organisation,use
              a1,Ann,same,use;pass_on

  The forms are those of "cxquiz classify". Sets of answers with the same id,
  in one file or in several, are about the same relationship; with --all, all
  of them are, and no id is needed. "by" says whose answers they are; without
  it they go by the name of the file. "link" is a link with answers, and in
  JSON Lines a line may be such a link alone. "answers" may also be the list
  that the site keeps. "side": "theirs" marks answers of the other party to
  the mirrored questions.

  A file of relationships that somebody saved from the site (JSON) works too,
  if all of it can be read. Its relationships go by their names.

output:
  A report to read. With --json, one line of JSON for each relationship:
  {"id", "opinions", "views", "questions", "bring_together", "other_direction"}
  "state" of a question is "agreed", "words" (they disagree, and by itself it
  changes no reading), "changes" (it would change somebody's reading) or
  "alone" (one of them answered). "spread" says how many of 1000 pairs of
  people disagree. Where each party gave one set of answers, "other_direction"
  says what you are to them, and whether that goes with what they are to you.

bad lines:
  A line that cannot be used is reported on standard error with its file and
  number, and left out; the exit code is then 1. Of a damaged link everything
  that can be read is taken, and the rest is reported. More than 1000 sets of
  answers about one relationship are cut to the first 1000.

examples:
  cxquiz compare team.csv
  cxquiz compare --all ann.jsonl bob.jsonl links.txt
  cxquiz compare ann.json bob.json cy.json
  cxquiz compare --json register.jsonl > compared.jsonl
"""

_MAP_DESCRIPTION: Final = """\
Draws one picture (SVG) of many relationships: you in the middle, whom you serve
to the right, with chains through others to the end, who serves you to the left,
who has power over you above, and partners below.
"""

_MAP_EPILOG: Final = """\
input:
  JSON        the list that the site exports (a FILE that ends in .json)
  JSON Lines  {"id": "a1", "answers": {"name": "Clinic", "use": ["use"]}}
              {"id": "a2", "via": "a1", "answers": {"name": "Patients"}}
  CSV         id,name,via,rank,organisation,use
              a1,Clinic,,primary,different,use

  JSON Lines and CSV are those of "cxquiz classify". "name" says what to write
  into the box; without it, it is the id. "via" is the id of another one through
  which your work reaches this one, or whose purchase this one has a say in.
  "rank" is "primary" or "supporting".
  Up to 60 relationships get a box each; of more, the rest is counted. Of a
  register, the first 5000 are taken: "cxquiz report" counts them all.

bad input:
  A list from the site is drawn only where all of it is good (exit code 2). Of
  the others a line that cannot be used is reported on standard error and left
  out; the exit code is then 1.

examples:
  cxquiz map my-relationships.json -o map.svg
  cxquiz map --narrow --me "Team Payments" register.csv > map.svg
"""

_REPORT_DESCRIPTION: Final = """\
Writes one page (HTML) about a register of any length: the map of all and of
each unit, the counts, where people will disagree, and the most useful
conversations to hold. The page needs no script, no other file and no network.
"""

_REPORT_EPILOG: Final = """\
input:
  JSON Lines: {"id": "a1", "department": "Finance", "answers": {"use": "use"}}
  CSV:        id,department,by,name,organisation,use
              a1,Finance,Ann,Clinic,same,use;pass_on

  The forms are those of "cxquiz compare": sets of answers with the same id are
  about the same relationship, and where they differ, the reading is that which
  most share. "--by" names the key or column of the unit.

bad lines:
  A line that cannot be used is reported on standard error with its file and
  number, and left out; the page says how many, and the exit code is then 1.

examples:
  cxquiz report register.csv -o report.html
  cxquiz report --by country north.jsonl south.jsonl -o report.html
"""

_CHECK_DESCRIPTION: Final = """\
Looks for mistakes in a model file: the questions, weights, relationships and
wording. Prints one line for each mistake, with its place, or one line that
says the model is fine.
"""

_CHECK_EPILOG: Final = """\
examples:
  cxquiz check
  cxquiz check my-model.toml
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        argv: What was typed after ``cxquiz``; by default, what this process was given.

    Returns:
        The exit code: 0 for all well, 1 for faulty input, 2 for wrong usage or a file
        that cannot be read, written or used, 130 after Ctrl-C. Whatever reads the output may stop
        early, as ``head`` does: that ends the command silently with 0.
    """
    _replace_unencodable()
    if sys.stdout is None:  # Python has none when it was closed before the start
        complain("there is no standard output to write to.")
        return UNUSABLE
    try:
        code = _run(argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        _discard_output()
        return INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return FINE
    except OSError as error:
        complain(f"the output cannot be written: {error.strerror or error}")
        _discard_output()
        return UNUSABLE
    return code


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, with all of its help."""
    parser = argparse.ArgumentParser(
        prog="cxquiz",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")

    def add(name: str, help_: str, description: str, epilog: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=help_,
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    def add_form(command: argparse.ArgumentParser) -> None:
        command.add_argument(
            "--format",
            choices=("jsonl", "csv"),
            help="the form of all input (default: csv for a FILE that ends in .csv, else jsonl)",
        )

    ask = add("ask", "take the quiz in this terminal", _ASK_DESCRIPTION, _ASK_EPILOG)
    classify = add(
        "classify",
        "classify many relationships at once",
        _CLASSIFY_DESCRIPTION,
        _CLASSIFY_EPILOG,
    )
    classify.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        default="-",
        help="what to classify; - or nothing for standard input",
    )
    classify.add_argument(
        "--format",
        choices=("jsonl", "csv"),
        help="the form of the input (default: csv for a FILE that ends in .csv, else jsonl)",
    )
    compare = add(
        "compare",
        "put several people's answers side by side",
        _COMPARE_DESCRIPTION,
        _COMPARE_EPILOG,
    )
    compare.add_argument(
        "files", metavar="FILE", nargs="+", help="what to compare; - for standard input"
    )
    add_form(compare)
    compare.add_argument(
        "--all", action="store_true", help="all answers are about one and the same relationship"
    )
    compare.add_argument("--json", action="store_true", help="write JSON Lines instead of a report")
    draw = add("map", "draw relationships as one picture", _MAP_DESCRIPTION, _MAP_EPILOG)
    draw.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        default="-",
        help="what to draw; - or nothing for standard input",
    )
    draw.add_argument(
        "--format",
        choices=("json", "jsonl", "csv"),
        help="the form of the input (default: by the end of FILE's name, else jsonl)",
    )
    draw.add_argument("--narrow", action="store_true", help="one column, for a narrow screen")
    draw.add_argument("--me", metavar="NAME", default="", help="what to write in the middle")
    report = add("report", "a whole register on one page", _REPORT_DESCRIPTION, _REPORT_EPILOG)
    report.add_argument(
        "files", metavar="FILE", nargs="+", help="what to report on; - for standard input"
    )
    add_form(report)
    report.add_argument(
        "--by",
        metavar="COLUMN",
        default="department",
        help="the key or column that says which unit it is (default: department)",
    )
    for command in (draw, report):
        command.add_argument(
            "-o",
            "--output",
            metavar="FILE",
            type=Path,
            help="where to write it (default: standard output)",
        )
    for command in (classify, compare, draw, report):
        command.add_argument("--quiet", action="store_true", help="show no progress")
    for command in (ask, classify, compare, draw, report):
        command.add_argument(
            "--model",
            metavar="FILE",
            type=Path,
            help="the model to judge by, .toml or .json (default: the one that comes along)",
        )
    check = add("check", "look for mistakes in a model file", _CHECK_DESCRIPTION, _CHECK_EPILOG)
    check.add_argument(
        "model",
        metavar="MODEL",
        nargs="?",
        type=Path,
        help="the model, .toml or .json (default: the one that comes along)",
    )
    return parser


class _ShowVersion(argparse.Action):
    """Print the version and leave; it is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> Never:
        from importlib.metadata import PackageNotFoundError, version  # slow

        try:
            number = version("cxquiz")
        except PackageNotFoundError:
            number = "(run from its source, not installed)"
        sys.stdout.write(f"cxquiz {number}\n")
        parser.exit()


def _run(argv: Sequence[str] | None) -> int:
    # Each command imports what it needs alone, so that the others start fast.
    from cxquiz.authoring.table import ModelError
    from cxquiz.cli.model_file import UnreadableError
    from cxquiz.formats.records import HeaderError

    parser = build_parser()
    try:
        options = parser.parse_args(argv)
    except SystemExit as end:  # argparse has said all there is to say
        return FINE if end.code is None else int(end.code)
    if options.command is None:
        parser.print_help(sys.stderr)
        return UNUSABLE
    try:
        return _run_command(options)
    except (UnreadableError, HeaderError) as error:
        complain(str(error))
    except ModelError as error:
        for problem in error.problems:
            complain(problem)
    return UNUSABLE


def _run_command(options: argparse.Namespace) -> int:
    from cxquiz.cli.model_file import open_model

    match options.command:
        case "ask":
            from cxquiz.cli.ask import ask

            return ask(open_model(options.model))
        case "classify":
            from cxquiz.cli.classify import classify

            return classify(
                options.file, open_model(options.model), form=options.format, quiet=options.quiet
            )
        case "compare":
            from cxquiz.cli.compare import Options, compare

            how = Options(
                options.format, together=options.all, as_json=options.json, quiet=options.quiet
            )
            return compare(options.files, open_model(options.model), how)
        case "map":
            from cxquiz.cli.map import draw

            return draw(
                options.file,
                open_model(options.model),
                form=options.format,
                target=options.output,
                narrow=options.narrow,
                me=options.me,
                quiet=options.quiet,
            )
        case "report":
            from cxquiz.cli.intake import Intake
            from cxquiz.cli.report import report

            reading = Intake(options.format, unit=options.by, quiet=options.quiet)
            return report(options.files, open_model(options.model), reading, options.output)
        case _:
            from cxquiz.cli.check import check

            return check(options.model)


def _replace_unencodable() -> None:
    """Let a character that the terminal cannot show become a question mark, not an error."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _discard_output() -> None:
    """Send what is still to be written nowhere, or Python would complain when it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)

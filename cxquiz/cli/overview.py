"""``cxquiz report``: a whole register on one page."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cxquiz.cli.files import write_file
from cxquiz.cli.gather import Intake, gather
from cxquiz.cli.messages import complain, plain
from cxquiz.cli.progress import on_terminal, progress_over
from cxquiz.cli.survey import Found, Survey, find
from cxquiz.cli.survey_page import page
from cxquiz.cli.voices import MOST, Voices
from cxquiz.cli.workers import Workers, jobs
from cxquiz.dates import months_later
from cxquiz.records import HeaderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxquiz.cli.files import Target
    from cxquiz.cli.voices import Packed
    from cxquiz.model import Model

_JOB: Final = 250


def report(names: Sequence[str], model: Model, how: Intake, target: Target) -> int:
    """Write a page about the registers in some files.

    Args:
        names: The files' paths; ``-`` is standard input.
        model: The model to judge by.
        how: How to read them.
        target: Where to write the page.

    Returns:
        0 where all went well, 1 where something could not be used, 2 where a file had no
        header or there was no room for what was read.

    Raises:
        UnreadableError: A file cannot be opened or read, or the page not be written.
    """
    survey = Survey()
    cut = 0
    try:
        with closing(Voices()) as voices, Workers(model) as workers:
            bad = gather(names, model, how, into=voices, workers=workers)
            if bad:
                complain(f"{bad} records could not be used, or not in full.")
            with progress_over(voices.count(), wanted=on_terminal(quiet=how.quiet)) as progress:
                for some in workers.in_order(_find, jobs(voices.by_relationship(), _JOB)):
                    for packed, found in some:
                        survey.add(found, packed)
                        cut += packed.beyond > 0
                    progress.advance(len(some))
    except HeaderError as error:
        complain(str(error))
        return 2
    except sqlite3.Error as error:
        complain(f"the answers cannot be kept in a temporary file: {error}. Make room on the disk.")
        return 2
    if cut:
        complain(f"about {cut} relationships only the first {MOST} sets of answers are counted.")
    files = [model.say("report_input") if name == "-" else plain(Path(name).name) for name in names]
    today = datetime.now(tz=UTC).astimezone().date().isoformat()
    date = months_later(model, today, 0)
    write_file(target, page(model, survey, files=files, date=date, bad=bad))
    return 1 if bad or cut else 0


def _find(model: Model, some: list[Packed]) -> list[tuple[Packed, Found]]:
    return [(packed, find(model, packed.unpacked()[1])) for packed in some]

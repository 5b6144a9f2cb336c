"""``cxquiz report``: a whole register on one page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cxquiz.cli.answer_store import MOST
from cxquiz.cli.intake import Intake, gathered
from cxquiz.cli.messages import complain, plain
from cxquiz.cli.output import write_file
from cxquiz.cli.progress import on_terminal, progress_over
from cxquiz.cli.report_figures import Found, Survey, find
from cxquiz.cli.report_page import page
from cxquiz.cli.workers import jobs
from cxquiz.model.dates import months_later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxquiz.cli.answer_store import Packed
    from cxquiz.cli.output import Target
    from cxquiz.model.types import Model

_JOB: Final = 250


def report(names: Sequence[str], model: Model, how: Intake, target: Target) -> int:
    """Write a page about the registers in some files.

    Args:
        names: The files' paths; ``-`` is standard input.
        model: The model to judge by.
        how: How to read them.
        target: Where to write the page.

    Returns:
        0 where all went well, 1 where something could not be used.

    Raises:
        UnreadableError: A file cannot be opened or read, there is no room for what was read, or
            the page cannot be written.
        HeaderError: A file has no header that could be used.
    """
    survey = Survey()
    cut = 0
    wanted = on_terminal(quiet=how.quiet)
    with (
        gathered(names, model, how) as found,
        progress_over(found.voices.count(), wanted=wanted) as progress,
    ):
        given = jobs(found.voices.by_relationship(), _JOB)
        for some in found.workers.in_order(_find, given):
            for packed, reading in some:
                survey.add(reading, packed)
                cut += packed.beyond > 0
            progress.advance(len(some))
    if cut:
        complain(
            f"{cut} relationships have more than {MOST} answer sets; the rest are not counted."
        )
    files = [model.say("report_input") if name == "-" else plain(Path(name).name) for name in names]
    today = datetime.now(tz=UTC).astimezone().date().isoformat()
    date = months_later(model, today, 0)
    write_file(target, page(model, survey, files=files, date=date, bad=found.bad))
    return 1 if found.bad or cut else 0


def _find(model: Model, some: list[Packed]) -> list[tuple[Packed, Found]]:
    return [(packed, find(model, packed.unpacked()[1])) for packed in some]

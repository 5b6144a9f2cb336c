"""``cxquiz check``: is this model fit for use?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cxquiz.authoring.table import ModelError
from cxquiz.authoring.wording import PACKAGED_MODEL
from cxquiz.cli.messages import plain
from cxquiz.cli.model_file import open_model

if TYPE_CHECKING:
    from pathlib import Path


def check(path: Path | None) -> int:
    """Say on standard output what is wrong with a model, one line a fault, or that it is fine.

    Args:
        path: The model file, or ``None`` for the packaged one.

    Returns:
        0 where it is fine, 1 where it is not.

    Raises:
        UnreadableError: The file cannot be opened or read.
    """
    try:
        model = open_model(path)
    except ModelError as error:
        sys.stdout.writelines(f"{plain(problem)}\n" for problem in error.problems)
        return 1
    options = sum(len(question.options) for question in model.questions.values())
    sys.stdout.write(
        f"{plain(str(path or PACKAGED_MODEL))} is fine: "
        f"{len(model.relationships)} relationships, "
        f"{len(model.questions)} scored questions with {options} options, "
        f"{len(model.context)} unscored questions, "
        f"{len(model.flags)} flags, {len(model.disputes)} disputes, "
        f"{len(model.contradictions)} contradictions, {len(model.sources)} sources.\n"
    )
    return 0

"""The tables of the page “How good is it?”."""

from __future__ import annotations

import json

import pytest

from macros.pages.evaluation import FIGURES, Evaluation, figures_digest
from tests.cxquiz.examples import MODEL

TABLES = [name for name in vars(Evaluation) if name.endswith("_table")]


@pytest.fixture(name="evaluation")
def _evaluation() -> Evaluation:
    return Evaluation(MODEL)


class TestTables:
    """Rules: every table is one, and a figure comes by its path."""

    @pytest.mark.parametrize("name", TABLES)
    def test_all_rows_have_as_many_cells(self, evaluation: Evaluation, name: str) -> None:
        """Else Markdown would show the rows as text."""
        rows = evaluation.show(name).splitlines()
        assert len({row.count("|") for row in rows}) == 1
        assert len(rows) > 2

    def test_numbers_stand_to_the_right(self, evaluation: Evaluation) -> None:
        """And words to the left, or nobody can compare them."""
        assert evaluation.show("lengths_table").splitlines()[1] == "| ---: | ---: | ---: |"
        assert evaluation.show("bends_table").splitlines()[1] == "| --- | --- | --- | ---: |"

    def test_a_figure_comes_by_its_path(self, evaluation: Evaluation) -> None:
        """So that a sentence can hold it."""
        figures = json.loads(FIGURES.read_text("utf-8"))
        asked = figures["shortest_way"]["questions"]
        assert evaluation.show("shortest_way.questions") == str(asked)

    def test_an_unknown_figure_is_refused(self, evaluation: Evaluation) -> None:
        """A page must not show nothing."""
        with pytest.raises(KeyError):
            evaluation.show("shortest_way.nonsense")

    def test_figures_of_today_carry_no_warning(self, evaluation: Evaluation) -> None:
        """The warning is for a changed model."""
        evaluation._figures = {**evaluation._figures, "model": figures_digest(MODEL)}
        assert evaluation.show("age_notice") == ""

    def test_figures_of_another_model_carry_one(self, evaluation: Evaluation) -> None:
        """A reader must not take old figures for new ones."""
        evaluation._figures = {**evaluation._figures, "model": "other"}
        assert "!!! warning" in evaluation.show("age_notice")

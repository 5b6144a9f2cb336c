"""Whose a long task is. Its numbers are no measurement: `make bench` measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.bench.long_tasks import long_tasks

if TYPE_CHECKING:
    from tests.bench.long_tasks import LongTask

HOST: Final = "http://127.0.0.1:8000/playbook/assets"
OURS: Final = f"{HOST}/quiz/quiz.mjs"
MATERIALS: Final = f"{HOST}/javascripts/bundle.min.js"


def event(name: str, at: int, ms: int, url: str = "", kind: str = "X") -> dict[str, Any]:
    """Return an event as Chromium traces it, with times in milliseconds."""
    data = {"stackTrace": [{"url": url}]} if url else {}
    return {
        "name": name,
        "ph": kind,
        "ts": at * 1000,
        "dur": ms * 1000,
        "pid": 1,
        "tid": 1,
        "args": {"data": data},
    }


def found(*events: dict[str, Any]) -> list[LongTask]:
    """Return the long tasks of a page with these events."""
    thread = event("thread_name", 0, 0, kind="M") | {"args": {"name": "CrRendererMain"}}
    return list(long_tasks([thread, *events], "page"))


class TestLength:
    """Rule: a task is long from more than 50 ms."""

    def test_only_long_ones_count(self) -> None:
        """A short one is not felt."""
        short, long = event("RunTask", 0, 50), event("RunTask", 100, 51)
        script = event("FunctionCall", 101, 10, MATERIALS)
        assert [task.ms for task in found(short, long, script)] == [51]


class TestOwner:
    """Rule: a task is ours where it would not be long without us."""

    def test_our_script_is_ours(self) -> None:
        """The plain case."""
        [task] = found(event("RunTask", 0, 60), event("FunctionCall", 0, 60, OURS))
        assert task.is_ours
        assert task.ours_ms == 60

    def test_the_themes_script_is_not(self) -> None:
        """Material is slow on long pages, with the quiz or without."""
        [task] = found(event("RunTask", 0, 200), event("FunctionCall", 0, 200, MATERIALS))
        assert not task.is_ours

    def test_where_both_work_it_goes_by_what_is_left(self) -> None:
        """Our 20 ms do not make the theme's 180 ms ours."""
        [task] = found(
            event("RunTask", 0, 200),
            event("FunctionCall", 0, 20, OURS),
            event("FunctionCall", 20, 180, MATERIALS),
        )
        assert task.ours_ms == 20
        assert not task.is_ours

    def test_what_the_theme_does_inside_our_call_is_the_themes(self) -> None:
        """It listens to what we change."""
        [task] = found(
            event("RunTask", 0, 100),
            event("HandlePostMessage", 0, 100),
            event("FunctionCall", 1, 90, OURS),
            event("FunctionCall", 10, 70, MATERIALS),
        )
        assert task.ours_ms == 30

    def test_drawing_belongs_to_who_changed_the_page(self) -> None:
        """A swap of the screen is paid for one task later."""
        [task] = found(
            event("RunTask", 0, 10),
            event("FunctionCall", 0, 10, OURS),
            event("InvalidateLayout", 5, 0, OURS, kind="I"),
            event("RunTask", 20, 80),
            event("Layout", 20, 80),
        )
        assert task.is_ours

    def test_drawing_that_nobody_asked_for_is_the_pages(self) -> None:
        """The first drawing of a page comes from its text."""
        [task] = found(
            event("FunctionCall", 0, 1, MATERIALS),
            event("RunTask", 20, 80),
            event("Layout", 20, 80),
        )
        assert not task.is_ours

"""The one function that the browser's worker calls."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from hypothesis import given, settings

from cxquiz.browser import reply
from cxquiz.quiz.session import RELATIONSHIPS, Session, to_json
from tests.cxquiz.examples import MODEL, SMALL
from tests.cxquiz.strategies import form_fields, json_values, lenses, stored_sessions

SHOW: dict[str, Any] = {"type": "show", "answers": None, "lens": [], "root": "/"}
SUBMIT: dict[str, Any] = {
    **SHOW,
    "type": "submit",
    "fields": [["where", "here"], ["cx-screen", "where"]],
}


def ask(request: object) -> dict[str, Any]:
    """Send a request to the small model and read the reply."""
    answer = json.loads(reply(SMALL, json.dumps(request)))
    assert isinstance(answer, dict)
    return answer


class TestReply:
    """Rule: every request is answered with a screen and the session that belongs to it."""

    @pytest.mark.parametrize("request_", [SHOW, SUBMIT], ids=["show", "submit"])
    def test_it_has_the_parts_that_the_page_expects(self, request_: dict[str, Any]) -> None:
        """The page swaps the HTML, sets title and focus, and keeps the answers."""
        answer = ask(request_)
        assert list(answer) == ["html", "title", "focus", "answers"]
        assert f'id="{answer["focus"]}"' in answer["html"]
        assert answer["title"]

    def test_showing_changes_nothing(self) -> None:
        """Opening a page is no answer."""
        session = to_json(Session({"where": ("here",)}, at="where"))
        assert ask({**SHOW, "answers": session})["answers"] == session

    def test_submitting_moves_on(self) -> None:
        """The answers come back with the new one, ready for storage."""
        answer = ask(SUBMIT)
        assert ["where", ["here"]] in answer["answers"]["answers"]
        assert 'value="what"' in answer["html"]

    def test_an_error_takes_the_focus_and_changes_nothing(self) -> None:
        """What to put right is read out first."""
        answer = ask({**SUBMIT, "fields": [["cx-screen", "where"]]})
        assert answer["focus"] == "cx-errors"
        assert f'id="{answer["focus"]}"' in answer["html"]
        assert answer["answers"] == to_json(Session())

    def test_the_pages_questions_come_first(self) -> None:
        """On a page about the mood, the mood is asked."""
        assert 'name="mood"' in ask({**SHOW, "lens": ["mood"]})["html"]

    def test_without_a_lens_the_quiz_goes_its_own_way(self) -> None:
        """Most pages have none."""
        request = {key: value for key, value in SHOW.items() if key != "lens"}
        assert ask(request) == ask(SHOW)

    def test_without_answers_the_quiz_begins(self) -> None:
        """The browser has kept nothing yet."""
        request = {key: value for key, value in SHOW.items() if key != "answers"}
        assert ask(request) == ask(SHOW)

    def test_links_start_at_the_root_that_the_page_names(self) -> None:
        """The site may stand below a path."""
        session = to_json(Session({"where": ("here",), "what": ("take",)}, finished=True))
        assert (
            'href="/site/pages/near/"'
            in ask({**SHOW, "answers": session, "root": "/site/"})["html"]
        )

    def test_with_a_date_the_result_names_one(self) -> None:
        """The browser knows what day it is; three and twelve months later lie these."""
        session = to_json(Session({"where": ("here",), "what": ("take",)}, finished=True))
        html = ask({**SHOW, "answers": session, "today": "2026-11-22"})["html"]
        assert "date 22 month2 2027" in html
        assert "date 22 month11 2027" in html

    @pytest.mark.parametrize("today", [{}, {"today": ""}, {"today": "tomorrow"}])
    def test_without_a_date_the_result_names_none(self, today: dict[str, str]) -> None:
        """A page of an older version does not send it."""
        session = to_json(Session({"where": ("here",), "what": ("take",)}, finished=True))
        html = ask({**SHOW, "answers": session, **today})["html"]
        assert "Toward closer" in html
        assert "toward_review" not in html

    def test_the_session_comes_back_in_the_form_in_which_it_went(self) -> None:
        """The page only keeps it."""
        first = ask(SUBMIT)
        assert ask({**SHOW, "answers": first["answers"]})["answers"] == first["answers"]

    @pytest.mark.parametrize(
        "request_",
        [
            None,
            [],
            "show",
            7,
            {},
            {**SHOW, "type": "nonsense"},
            {**SHOW, "type": None},
            {key: value for key, value in SHOW.items() if key != "type"},
            {key: value for key, value in SHOW.items() if key != "root"},
            {**SHOW, "root": None},
            {**SHOW, "lens": None},
            {**SHOW, "lens": 7},
            {**SHOW, "today": None},
            {**SHOW, "today": 20261122},
            {key: value for key, value in SUBMIT.items() if key != "fields"},
            {**SUBMIT, "fields": None},
            {**SUBMIT, "fields": ["where"]},
            {**SUBMIT, "fields": [["where"]]},
            {**SUBMIT, "fields": [["where", "here", "there"]]},
            {**SUBMIT, "fields": [["where", None]]},
        ],
        ids=json.dumps,
    )
    def test_what_is_no_request_is_refused(self, request_: object) -> None:
        """A fault between page and worker must show up where it is, as one kind of error."""
        with pytest.raises(ValueError, match=r"."):
            ask(request_)

    def test_what_is_no_json_is_refused(self) -> None:
        """As above."""
        with pytest.raises(ValueError, match=r"."):
            reply(SMALL, "{")

    @settings(max_examples=50)
    @given(stored_sessions(), form_fields(), lenses())
    def test_no_session_and_no_form_breaks_it(
        self, session: object, fields: list[tuple[str, str]], lens: list[str]
    ) -> None:
        """The reader's storage and the reader's typing are anything."""
        request = {**SUBMIT, "answers": session, "fields": fields, "lens": lens}
        answer = json.loads(reply(MODEL, json.dumps(request)))
        again = json.loads(reply(MODEL, json.dumps({**SHOW, "answers": answer["answers"]})))
        assert again["answers"] == answer["answers"]

    @settings(max_examples=50)
    @given(json_values())
    def test_whatever_was_stored_the_quiz_is_shown(self, stored: object) -> None:
        """Another page of the same origin may have written it."""
        assert ask({**SHOW, "answers": stored})["html"]


class TestKeptRelationships:
    """Rule: what the browser keeps comes in where a request needs it, and nowhere else."""

    @pytest.mark.parametrize("request_", [SHOW, SUBMIT], ids=["show", "submit"])
    def test_who_answers_waits_for_no_list(self, request_: dict[str, Any]) -> None:
        """It may be megabytes long."""
        assert times_read(request_) == 0

    @pytest.mark.parametrize(
        "request_",
        [
            {**SUBMIT, "fields": [["cx-action", "relationships"]]},
            {**SHOW, "answers": to_json(Session(at=RELATIONSHIPS))},
            {**SHOW, "type": "import", "files": []},
        ],
        ids=["action", "screen", "import"],
    )
    def test_what_has_to_do_with_the_list_reads_it_once(self, request_: dict[str, Any]) -> None:
        """As above."""
        assert times_read(request_) == 1


def times_read(request: object) -> int:
    """Return how often a request asks for the list."""
    read: list[str] = []

    def stored() -> str:
        read.append("")
        return read[-1]

    reply(SMALL, json.dumps(request), stored)
    return len(read)


def go_back(now: Session, place: Session | object) -> dict[str, Any]:
    """Show an earlier place, as the browser's Back does."""
    earlier = to_json(place) if isinstance(place, Session) else place
    return ask({**SHOW, "answers": to_json(now), "place": earlier})


NOW: Final = Session({"where": ("there",), "what": ("give",), "how": ("for",)}, last_seen=True)


class TestPlace:
    """Rule: the browser's Back shows the screen of that time with the answers of now."""

    def test_the_screen_is_that_of_the_place(self) -> None:
        """Back leads back."""
        answer = go_back(NOW, Session({"where": ("here",)}))
        assert 'name="cx-screen" value="what"' in answer["html"]

    def test_the_answers_are_those_of_now(self) -> None:
        """Going back must not undo anything."""
        answer = go_back(NOW, Session({"where": ("here",)}))
        assert answer["answers"]["answers"] == to_json(NOW)["answers"]
        assert 'value="give" checked' in answer["html"]

    def test_a_place_that_the_reader_went_to_is_one_too(self) -> None:
        """Also a question that was there to be changed."""
        answer = go_back(NOW, NOW.go_to("where"))
        assert 'name="cx-screen" value="where"' in answer["html"]

    def test_going_on_from_there_leads_to_where_the_answers_lead(self) -> None:
        """Nothing is asked twice on the way forward."""
        answer = go_back(NOW, Session({"where": ("here",)}))
        fields = [["what", "give"], ["cx-screen", "what"]]
        onward = ask({**SUBMIT, "answers": answer["answers"], "fields": fields})
        assert onward["answers"] == to_json(NOW)

    def test_back_to_the_result_is_the_result(self) -> None:
        """The reader looked at one more question and thought better of it."""
        answer = go_back(NOW.go_to("mood"), NOW)
        assert 'name="cx-screen" value="result"' in answer["html"]

    def test_back_to_an_early_result_is_the_result(self) -> None:
        """As above, where the quiz was not at its end."""
        early = Session({"where": ("here",), "what": ("take",)}, finished=True)
        answer = go_back(Session(early.entries), early)
        assert 'name="cx-screen" value="result"' in answer["html"]

    @settings(max_examples=50)
    @given(json_values() | stored_sessions())
    def test_whatever_was_kept_of_the_place_a_screen_is_shown(self, place: object) -> None:
        """The browser's history can hold anything."""
        assert go_back(NOW, place)["html"]

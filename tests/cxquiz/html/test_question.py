"""The screens that ask: what is on them, what is chosen, and what is wrong."""

from __future__ import annotations

import pytest

from cxquiz.classifier.answers import TEXT_LIMIT
from cxquiz.html.screens import render_step
from cxquiz.model.types import NOT_SURE
from cxquiz.quiz.session import LAST, Session
from cxquiz.quiz.steps import ACTION_FIELD, SCREEN_FIELD, Step, submit
from tests.cxquiz.examples import SMALL
from tests.cxquiz.markup import Document, parse

TOO_LONG = "x" * (TEXT_LIMIT + 1)
ENTRIES = {"where": ("here",), "what": ("take", "give"), "how": ()}


def read(step: Step) -> Document:
    """Render a screen of the small model and read it back."""
    return parse(render_step(SMALL, step, root="/").html)


def chosen(document: Document) -> list[str]:
    """Return the options that are chosen or ticked."""
    return [item.attributes["value"] for item in document.fields if "checked" in item.attributes]


def actions(document: Document) -> list[str]:
    """Return what the buttons do, in order."""
    return [item.attributes["value"] for item in document.all("button")]


def values(document: Document) -> dict[str, str]:
    """Return what stands in the text fields."""
    return {
        item.attributes["name"]: item.attributes.get("value", "")
        for item in document.fields
        if item.attributes.get("type") == "text"
    }


class TestQuestion:
    """Rule: a question stands alone with its options, and nothing is chosen for the reader."""

    def test_nothing_is_chosen_at_first(self) -> None:
        """A choice that was made for the reader is no answer."""
        assert chosen(read(Step(Session(), "where"))) == []

    def test_all_options_are_there_and_not_sure(self) -> None:
        """Everybody can answer."""
        document = read(Step(Session({"where": ("here",)}), "what"))
        offered = [item.attributes["value"] for item in document.fields]
        assert offered == ["take", "give", "nothing", NOT_SURE]

    @pytest.mark.parametrize(("question", "kind"), [("where", "radio"), ("what", "checkbox")])
    def test_one_or_several_can_be_chosen(self, question: str, kind: str) -> None:
        """The browser sees to it that one is one."""
        document = read(Step(Session({"how": ("for",)}), question))
        assert {item.attributes["type"] for item in document.fields} == {kind}

    def test_an_earlier_answer_is_chosen(self) -> None:
        """Changing starts from what was said."""
        assert chosen(read(Step(Session(ENTRIES), "what"))) == ["take", "give"]

    def test_what_was_skipped_shows_as_not_sure(self) -> None:
        """It is the same, and the reader sees that it was dealt with."""
        assert chosen(read(Step(Session(ENTRIES), "how"))) == [NOT_SURE]

    def test_the_first_one_asks_whom_it_is_about(self) -> None:
        """Once, at the beginning."""
        assert list(values(read(Step(Session(), "where")))) == ["name", "work"]
        assert values(read(Step(Session(ENTRIES), "what"))) == {}

    def test_the_first_one_asks_it_again_when_it_is_changed(self) -> None:
        """That is where a name can be corrected."""
        session = Session({"name": ("Ada",), **ENTRIES})
        assert values(read(Step(session, "where"))) == {"name": "Ada", "work": ""}

    def test_a_later_one_says_whom_it_is_about(self) -> None:
        """The reader answers for one relationship and one piece of work."""
        session = Session({"name": ("Ada",), "work": ("the engine",), **ENTRIES})
        text = read(Step(session, "what")).text
        assert "about_name Ada" in text
        assert "about_work the engine" in text

    @pytest.mark.parametrize("named", ["name", "work"])
    def test_it_says_only_what_is_known(self, named: str) -> None:
        """No empty frame around nothing."""
        text = read(Step(Session({named: ("Ada",), **ENTRIES}), "what")).text
        assert ("about_name" in text, "about_work" in text) == (named == "name", named == "work")

    @pytest.mark.parametrize(("question", "number"), [("where", 1), ("how", 3), ("mood", 4)])
    def test_its_number_counts_what_was_met(self, question: str, number: int) -> None:
        """A question that is looked at again keeps its number."""
        assert f"question_number {number}" in read(Step(Session(ENTRIES), question)).text

    def test_the_first_one_has_no_way_back(self) -> None:
        """There is nothing before it."""
        assert "back" not in actions(read(Step(Session(), "where")))
        assert "back" in actions(read(Step(Session(ENTRIES), "what")))

    def test_the_result_is_offered_once_there_is_one(self) -> None:
        """Before that it would say that there is not enough to say."""
        one, two = {"where": ("here",)}, {"where": ("here",), "how": ("for",)}
        assert "finish" not in actions(read(Step(Session(one), "what")))
        assert "finish" in actions(read(Step(Session(two), "what")))

    def test_going_on_is_the_first_button(self) -> None:
        """Pressing Enter in a field presses the first one."""
        assert actions(read(Step(Session(ENTRIES), "mood")))[0] == "continue"

    def test_the_answers_so_far_can_each_be_changed(self) -> None:
        """Without losing the others, and not the one that is on the screen already."""
        changes = [
            action for action in actions(read(Step(Session(ENTRIES), "what"))) if ":" in action
        ]
        assert changes == ["change:where", "change:how"]

    def test_the_answers_so_far_stand_in_the_order_in_which_they_were_met(self) -> None:
        """The reader remembers that order."""
        session = Session({"how": ("for",), "where": ("here",)})
        changes = [action for action in actions(read(Step(session, "what"))) if ":" in action]
        assert changes == ["change:how", "change:where"]

    def test_questions_without_an_answer_share_one_row(self) -> None:
        """Fifteen rows that say the same would hide the answers."""
        document = read(Step(Session({"what": (), "where": ("here",), "how": ()}), "mood"))
        assert [term.text for term in document.all("dt")] == ["short where", "not_answered"]
        changes = [action for action in actions(document) if ":" in action]
        assert changes == ["change:where", "change:what", "change:how"]

    def test_without_answers_there_is_no_list_of_them(self) -> None:
        """An empty list is only noise, and there is nothing to throw away."""
        document = read(Step(Session({"name": ("Ada",)}), "where"))
        assert "answers_title" not in document.text
        assert "restart" not in actions(document)

    @pytest.mark.parametrize("screen", ["what", LAST])
    def test_with_answers_the_reader_can_start_again(self, screen: str) -> None:
        """Who took up the wrong relationship need not answer on to the result."""
        assert actions(read(Step(Session(ENTRIES), screen)))[-1] == "restart"

    def test_the_lead_stands_before_the_first_answer_alone(self) -> None:
        """On a phone it would push each later question out of sight."""
        assert "quiz_lead" in read(Step(Session(), "where")).text
        assert "quiz_lead" not in read(Step(Session(ENTRIES), "where")).text

    def test_the_focus_does_not_pass_the_names_by(self) -> None:
        """Who starts again hears first that the next person or group can be named."""
        ids = read(Step(Session(), "where")).ids
        assert ids.index("cx-focus") < ids.index("cx-name")

    def test_what_was_left_out_of_storage_is_named(self) -> None:
        """The reader is told what is missing."""
        text = read(Step(Session(dropped=("gone", "lost")), "where")).text
        assert "dropped_notice gone" in text
        assert "lost" in text


def refused(session: Session, screen: str, *fields: tuple[str, str]) -> Document:
    """Send a form that is refused, and read the screen that comes back."""
    form = [*fields, (SCREEN_FIELD, screen), (ACTION_FIELD, "continue")]
    step = submit(SMALL, session, form)
    assert step.errors
    return read(step)


class TestErrors:
    """Rule: what is wrong is said above, beside the field, and leads there."""

    def test_each_error_leads_to_a_field_of_its_question(self) -> None:
        """One press, and the reader is where it can be put right."""
        document = refused(Session(), "where", ("name", TOO_LONG))
        targets = [link.attributes["href"].removeprefix("#") for link in document.all("a")]
        fields = {item.attributes["id"]: item.attributes["name"] for item in document.fields}
        assert [fields[target] for target in targets] == ["name", "where"]

    def test_it_is_said_at_once_by_a_screen_reader(self) -> None:
        """The reader need not look for it."""
        document = refused(Session(), "where")
        assert [item.attributes["role"] for item in document.elements if "role" in item.attributes]

    def test_the_field_says_that_it_is_wrong(self) -> None:
        """A screen reader says so when the field is reached."""
        document = refused(Session(), "where", ("name", TOO_LONG), ("where", "here"))
        wrong = [
            item.attributes["name"] for item in document.fields if "aria-invalid" in item.attributes
        ]
        assert wrong == ["name"]

    def test_the_error_is_read_out_with_the_question(self) -> None:
        """Beside the hint."""
        (group,) = refused(Session(), "where").all("fieldset")
        assert group.attributes["aria-describedby"].split() == ["cx-where-hint", "cx-where-error"]

    def test_what_was_chosen_stays_chosen(self) -> None:
        """One tick less and it is right."""
        document = refused(Session(ENTRIES), "what", ("what", "take"), ("what", "nothing"))
        assert chosen(document) == ["take", "nothing"]

    def test_not_sure_stays_chosen_too(self) -> None:
        """As above."""
        document = refused(Session(ENTRIES), "what", ("what", "take"), ("what", NOT_SURE))
        assert chosen(document) == ["take", NOT_SURE]

    def test_an_earlier_answer_does_not_come_back_in_its_place(self) -> None:
        """The screen shows what was sent, not what was sent before."""
        document = refused(Session(ENTRIES), "what", ("name", ""))
        assert chosen(document) == []

    def test_what_was_typed_stands_there_in_full(self) -> None:
        """It can be shortened."""
        document = refused(Session(), "where", ("name", TOO_LONG), ("work", "it"))
        assert values(document) == {"name": TOO_LONG, "work": "it"}


class TestLastPage:
    """Rule: the last page asks for what sharpens the advice, and all of it is optional."""

    def test_every_field_says_that_it_is_optional(self) -> None:
        """Nobody thinks that something must be filled in."""
        document = read(Step(Session(ENTRIES), LAST))
        assert all("optional" in label.text for label in document.all("label"))
        assert len(document.all("label")) == len(SMALL.on_screen(LAST))

    def test_a_list_begins_with_nothing_chosen(self) -> None:
        """As everywhere."""
        options = read(Step(Session(ENTRIES), LAST)).all("option")
        assert options[0].attributes["value"] == ""
        assert not any("selected" in option.attributes for option in options)

    def test_an_earlier_answer_is_there(self) -> None:
        """Changing starts from what was said."""
        session = Session({**ENTRIES, "called": ("far",), "beneficiary": ("Ada",)})
        document = read(Step(session, LAST))
        (option,) = [item for item in document.all("option") if "selected" in item.attributes]
        assert option.attributes["value"] == "far"
        assert values(document) == {"beneficiary": "Ada"}

    def test_what_was_answered_there_can_be_changed_from_elsewhere(self) -> None:
        """It stands among the answers, where it was given."""
        session = Session({**ENTRIES, "called": ("far",), "beneficiary": ()})
        assert actions(read(Step(session, "what"))).count(f"change:{LAST}") == 1

    def test_a_text_that_is_too_long_is_said_beside_its_field(self) -> None:
        """As everywhere."""
        document = refused(Session(ENTRIES), LAST, ("beneficiary", TOO_LONG))
        assert document.all("a")[0].attributes["href"] == "#cx-beneficiary"
        assert "cx-beneficiary-error" in document.ids
        assert values(document) == {"beneficiary": TOO_LONG}

    def test_a_choice_that_does_not_exist_is_said_beside_its_list(self) -> None:
        """A page from before an update may still be open."""
        document = refused(Session(ENTRIES), LAST, ("called", "gone"))
        (field,) = [item for item in document.all("select") if item.attributes["name"] == "called"]
        assert "cx-called-error" in field.attributes["aria-describedby"].split()
        assert field.attributes["aria-invalid"] == "true"

    def test_it_can_be_passed_over(self) -> None:
        """There is a way on and a way back."""
        assert actions(read(Step(Session(), LAST))) == ["continue", "back"]

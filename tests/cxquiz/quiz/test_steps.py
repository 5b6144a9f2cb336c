"""One step of the quiz: what a form sends, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cxquiz.classifier.answers import TEXT_LIMIT
from cxquiz.model.text import one_line
from cxquiz.model.types import NOT_SURE
from cxquiz.quiz.session import (
    LAST,
    RESULT,
    Session,
    current_screen,
    from_json,
    previous_screen,
    to_json,
)
from cxquiz.quiz.steps import ACTION_FIELD, SCREEN_FIELD, Step, submit
from tests.cxquiz.examples import MODEL, SMALL
from tests.cxquiz.strategies import (
    form_actions,
    form_choices,
    form_fields,
    lenses,
    option_sets,
    typed_texts,
)

if TYPE_CHECKING:
    from cxquiz.model.types import Question

TOO_LONG = "x" * (TEXT_LIMIT + 1)
DONE = Session({"where": ("here",), "what": ("take",), "how": ("for",)}, last_seen=True)
"""A session of the small model in which there is nothing left to ask."""


def send(
    session: Session,
    screen: str,
    *fields: tuple[str, str],
    action: str = "continue",
    lens: tuple[str, ...] = (),
) -> Step:
    """Send a form of the small model."""
    form = [*fields, (SCREEN_FIELD, screen), (ACTION_FIELD, action)]
    return submit(SMALL, session, form, lens)


class TestContinue:
    """Rule: going on keeps what was answered, and asks for an answer where there is none."""

    def test_an_answer_leads_to_the_next_question(self) -> None:
        """That is the quiz."""
        step = send(Session(), "where", ("where", "here"))
        assert step.session.entries["where"] == ("here",)
        assert (step.screen, step.errors) == ("what", ())

    def test_several_ticks_are_one_answer(self) -> None:
        """A form sends a field for each box."""
        step = send(Session(), "what", ("what", "give"), ("what", "take"))
        assert step.session.entries["what"] == ("take", "give")

    def test_without_a_choice_the_question_is_shown_again(self) -> None:
        """Pressing Continue by mistake must not skip a question."""
        step = send(Session(), "where", ("name", "Ada"))
        assert step.screen == "where"
        assert [error.question for error in step.errors] == ["where"]

    def test_what_was_typed_is_shown_again_with_the_error(self) -> None:
        """Nobody types a name twice."""
        step = send(Session(), "where", ("name", "Ada"))
        assert step.attempt is not None
        assert step.attempt["name"] == ("Ada",)

    def test_not_sure_is_an_answer(self) -> None:
        """It is honest, and it goes on."""
        step = send(Session(), "where", ("where", NOT_SURE))
        assert step.session.entries["where"] == ()
        assert step.screen == "what"

    def test_typed_fields_may_stay_empty(self) -> None:
        """They are optional."""
        assert send(Session(), "where", ("where", "here"), ("name", " ")).errors == ()

    def test_the_first_question_takes_the_name_along(self) -> None:
        """Whom it is about is typed on the same screen."""
        step = send(Session(), "where", ("where", "here"), ("name", " Ada  L. "))
        assert step.session.entries["name"] == ("Ada L.",)

    def test_a_later_question_does_not(self) -> None:
        """A field that is not on the screen was not typed there."""
        session = send(Session(), "where", ("where", "here")).session
        assert "work" not in send(session, "what", ("what", "take"), ("work", "it")).session.answers

    def test_a_field_of_another_question_is_passed_over(self) -> None:
        """A form speaks for its own screen only."""
        step = send(Session(), "where", ("where", "here"), ("how", "for"), ("gone", "x"))
        assert "how" not in step.session.entries
        assert "gone" not in step.session.entries

    def test_an_unknown_option_is_refused(self) -> None:
        """A page from before an update may still be open."""
        step = send(Session(), "where", ("where", "gone"))
        assert [(error.question, error.text) for error in step.errors] == [
            ("where", SMALL.say("error_unknown_option"))
        ]
        assert step.session == Session()

    def test_two_options_where_one_is_asked_are_refused(self) -> None:
        """They contradict each other."""
        assert send(Session(), "where", ("where", "here"), ("where", "there")).errors

    @pytest.mark.parametrize("other", ["take", NOT_SURE])
    def test_an_option_that_excludes_others_stands_alone(self, other: str) -> None:
        """Nothing and something cannot both be true."""
        step = send(Session({"where": ()}), "what", ("what", "nothing"), ("what", other))
        assert [error.question for error in step.errors] == ["what"]

    def test_an_option_that_excludes_others_may_stand_alone(self) -> None:
        """Nothing is an answer."""
        step = send(Session({"where": ()}), "what", ("what", "nothing"))
        assert (step.errors, step.session.entries["what"]) == ((), ("nothing",))

    @pytest.mark.parametrize(
        ("screen", "wording"), [("where", "error_choose_one"), ("what", "error_choose_many")]
    )
    def test_the_error_says_how_many_to_choose(self, screen: str, wording: str) -> None:
        """Boxes are ticked, and one button is pressed."""
        (error,) = send(Session({"how": ()}), screen).errors
        assert error.text == SMALL.say(wording)

    def test_the_error_says_how_long_a_text_may_be(self) -> None:
        """The reader knows how much to take out, and where."""
        (error,) = send(Session(), "where", ("where", "here"), ("name", TOO_LONG)).errors
        question = SMALL.context["name"].text
        assert error.text == SMALL.say("error_too_long", limit=TEXT_LIMIT, question=question)

    def test_not_sure_stands_alone(self) -> None:
        """Nobody is sure and not sure."""
        assert send(Session(), "what", ("what", "take"), ("what", NOT_SURE)).errors

    def test_a_text_that_is_too_long_is_refused_in_full(self) -> None:
        """It is shown again to be shortened, not cut in silence."""
        step = send(Session(), "where", ("where", "here"), ("name", TOO_LONG))
        assert [error.question for error in step.errors] == ["name"]
        assert step.attempt is not None
        assert step.attempt["name"] == (TOO_LONG,)

    def test_all_that_is_wrong_is_said_at_once(self) -> None:
        """One round is enough to put it right."""
        step = send(Session(), "where", ("name", TOO_LONG), ("work", TOO_LONG))
        assert [error.question for error in step.errors] == ["name", "work", "where"]

    def test_without_an_action_the_form_goes_on(self) -> None:
        """Pressing Enter in a field sends no button."""
        step = submit(SMALL, Session(), [("where", "here"), (SCREEN_FIELD, "where")])
        assert step.screen == "what"

    @pytest.mark.parametrize("screen", ["gone", "name", "", RESULT])
    def test_a_form_of_an_unknown_screen_changes_nothing(self, screen: str) -> None:
        """A page from before an update may still be open."""
        step = send(DONE, screen, ("where", "there"))
        assert step.session.entries == DONE.entries
        assert step.screen == RESULT

    def test_the_pages_questions_are_asked_first(self) -> None:
        """On a page about the mood, the mood is asked next."""
        assert send(Session(), "where", ("where", "here"), lens=("mood",)).screen == "mood"


class TestLastPage:
    """Rule: the last page is optional, and its answers never move the reading."""

    def test_it_leads_to_the_result_even_where_it_stays_empty(self) -> None:
        """All of it is optional."""
        step = send(Session(DONE.entries), LAST)
        assert (step.screen, step.errors) == (RESULT, ())

    def test_what_was_typed_and_chosen_is_kept(self) -> None:
        """The advice draws on it."""
        step = send(Session(DONE.entries), LAST, ("called", "far"), ("beneficiary", "Ada"))
        assert step.session.answers["called"] == ("far",)
        assert step.session.answers["beneficiary"] == ("Ada",)

    @pytest.mark.parametrize(("action", "screen"), [("back", "how"), ("change:where", "where")])
    def test_leaving_it_for_a_question_is_not_dealing_with_it(
        self, action: str, screen: str
    ) -> None:
        """After the detour the reader is offered it again, and not led past it."""
        step = send(Session(DONE.entries), LAST, action=action)
        assert step.screen == screen
        answer = (screen, DONE.entries[screen][0])
        assert send(step.session, screen, answer).screen == LAST

    def test_a_choice_can_be_taken_back(self) -> None:
        """A list has an empty entry for that."""
        session = DONE.answer({"called": ("far",)})
        step = send(session.go_to(LAST), LAST, ("called", ""))
        assert "called" not in step.session.answers

    def test_a_choice_can_be_taken_back_on_the_way_back_too(self) -> None:
        """The list showed it as empty when the reader left the page."""
        session = DONE.answer({"called": ("far",)})
        step = send(session.go_to(LAST), LAST, ("called", ""), action="back")
        assert "called" not in step.session.answers


class TestSkip:
    """Rule: a question can be left out, and is not asked again by itself."""

    def test_it_leads_to_the_next_question(self) -> None:
        """Not every question fits every relationship."""
        step = send(Session(), "where", action="skip")
        assert step.session.entries["where"] == ()
        assert step.screen == "what"

    def test_an_earlier_answer_is_taken_back(self) -> None:
        """That is the way to take an answer back."""
        step = send(DONE.go_to("what"), "what", ("what", "take"), action="skip")
        assert step.session.entries["what"] == ()

    def test_what_was_typed_beside_it_is_kept(self) -> None:
        """The question is skipped, not the name."""
        step = send(Session(), "where", ("name", "Ada"), action="skip")
        assert step.session.answers == {"name": ("Ada",)}

    def test_ticks_that_do_not_go_together_do_not_matter(self) -> None:
        """The reader gives the question up, so there is nothing to put right."""
        session = Session({"where": ("here",)})
        step = send(session, "what", ("what", "take"), ("what", "nothing"), action="skip")
        assert step.session.entries["what"] == ()
        assert step.screen == "how"


class TestBackAndAside:
    """Rule: on the way back or aside nothing is required, and nothing valid is lost."""

    def test_back_leads_to_the_question_before(self) -> None:
        """As every Back does."""
        assert send(Session(DONE.entries), LAST, action="back").screen == "how"

    @pytest.mark.parametrize(("screen", "before"), [("how", "what"), ("what", "where")])
    def test_back_leads_from_every_question(self, screen: str, before: str) -> None:
        """No question is a dead end."""
        assert send(DONE.go_to(screen), screen, action="back").screen == before

    def test_back_from_the_first_question_stays_there(self) -> None:
        """There is nothing before it."""
        assert send(DONE.go_to("where"), "where", action="back").screen == RESULT
        assert send(Session(), "where", action="back").screen == "where"

    def test_what_was_chosen_is_kept_on_the_way_back(self) -> None:
        """Going on again, the reader finds it."""
        step = send(Session({"where": ("here",)}), "what", ("what", "take"), action="back")
        assert step.session.entries["what"] == ("take",)

    def test_not_sure_is_kept_on_the_way_back(self) -> None:
        """It was chosen like any answer, and must take an earlier one back."""
        step = send(DONE.go_to("what"), "what", ("what", NOT_SURE), action="back")
        assert step.session.entries["what"] == ()

    def test_not_sure_counts_in_the_result_that_is_asked_for(self) -> None:
        """The result must be that of the answers on the screen."""
        step = send(DONE.go_to("what"), "what", ("what", NOT_SURE), action="finish")
        assert step.session.entries["what"] == ()

    def test_without_a_choice_the_earlier_answer_stays(self) -> None:
        """Looking at a question again does not take its answer back."""
        step = send(DONE.go_to("what"), "what", action="back")
        assert step.session.entries["what"] == ("take",)

    def test_an_unanswered_question_stays_open_on_the_way_back(self) -> None:
        """Going back is not skipping."""
        step = send(Session({"where": ("here",)}), "what", action="back")
        assert "what" not in step.session.entries

    def test_a_choice_that_cannot_stand_does_not_stop_the_reader(self) -> None:
        """It is left out; only Continue asks to put it right."""
        session = Session({"where": ("here",)})
        step = send(session, "what", ("what", "take"), ("what", "nothing"), action="back")
        assert (step.screen, step.errors) == ("where", ())
        assert "what" not in step.session.entries

    @pytest.mark.parametrize("action", ["continue", "back", "skip", "finish"])
    def test_a_field_that_was_not_sent_stays_as_it_was(self, action: str) -> None:
        """A form speaks only for the fields that it holds."""
        session = DONE.answer({"name": ("Ada",)}).go_to("where")
        step = send(session, "where", ("where", "here"), action=action)
        assert step.session.answers["name"] == ("Ada",)

    def test_a_field_that_was_emptied_is_empty(self) -> None:
        """Deleting a name deletes it."""
        session = DONE.answer({"name": ("Ada",)}).go_to("where")
        step = send(session, "where", ("where", "here"), ("name", ""), action="back")
        assert "name" not in step.session.answers

    def test_a_text_that_would_be_lost_stops_the_reader(self) -> None:
        """It has taken time to type."""
        step = send(DONE.go_to(LAST), LAST, ("beneficiary", TOO_LONG), action="back")
        assert [error.question for error in step.errors] == ["beneficiary"]
        assert step.screen == LAST

    def test_change_leads_to_a_question_and_back_to_the_result(self) -> None:
        """One answer is changed, and the later ones stay."""
        step = send(DONE, RESULT, action="change:where")
        assert step.screen == "where"
        step = send(step.session, "where", ("where", "here"))
        assert step.screen == RESULT
        assert step.session.entries["how"] == ("for",)

    def test_change_asks_what_has_become_necessary(self) -> None:
        """Another answer can bring two relationships close together."""
        entries = {"where": ("here",), "what": ("nothing",), "how": ("for",)}
        session = Session(entries, last_seen=True)
        assert current_screen(SMALL, session) == RESULT
        step = send(session.go_to("how"), "how", ("how", "with"))
        assert step.screen in SMALL.questions
        assert step.screen not in entries

    def test_change_leads_to_the_last_page_too(self) -> None:
        """What was typed there is an answer like any other."""
        assert send(DONE, RESULT, action=f"change:{LAST}").screen == LAST

    @pytest.mark.parametrize("target", ["gone", "name", "", RESULT])
    def test_change_of_what_does_not_exist_changes_nothing(self, target: str) -> None:
        """A page from before an update may still be open."""
        assert send(DONE, RESULT, action=f"change:{target}").session == DONE

    def test_an_unknown_action_only_keeps_what_was_chosen(self) -> None:
        """A page from before an update may still be open."""
        step = send(Session(), "where", ("where", "here"), action="nonsense")
        assert step.session.entries["where"] == ("here",)


class TestResult:
    """Rule: the result can be had early, refined and thrown away."""

    def test_finish_shows_the_result_of_what_there_is(self) -> None:
        """Nobody has to answer to the end."""
        step = send(Session({"where": ("here",)}), "what", ("what", "take"), action="finish")
        assert step.screen == RESULT
        assert step.session.entries["what"] == ("take",)

    def test_after_an_early_result_an_answer_can_be_changed(self) -> None:
        """And the reader comes back to the result, not into the quiz."""
        session = send(Session({"where": ("here",)}), "what", action="finish").session
        session = send(session, RESULT, action="change:where").session
        assert send(session, "where", ("where", "there")).screen == RESULT

    def test_more_goes_on_with_the_quiz(self) -> None:
        """An early result is not the end."""
        session = Session({"where": ("here",)}, finished=True)
        assert send(session, RESULT, action="more").screen == "what"

    def test_more_after_the_end_leads_to_the_question_that_tells_most(self) -> None:
        """Who wants to be surer can be."""
        step = send(DONE, RESULT, action="more")
        assert step.screen in SMALL.questions
        assert not step.session.answers.get(step.screen)

    def test_more_offers_something_new_as_long_as_there_is_something(self) -> None:
        """Whoever is not sure about one question is not asked it over and over."""
        session = Session(
            {"where": ("here",), "what": ("nothing",), "how": ("for",)}, last_seen=True
        )
        first = send(session, RESULT, action="more")
        unsure = send(first.session, first.screen, (first.screen, NOT_SURE))
        assert unsure.screen == RESULT
        second = send(unsure.session, RESULT, action="more")
        assert second.screen in SMALL.questions
        assert second.screen not in unsure.session.entries

    def test_more_comes_back_to_a_skipped_question_where_no_other_can_tell(self) -> None:
        """It is the reader who wants to go on, so a skipped one may be asked again."""
        entries = {
            question.id: tuple(question.options)[:1] for question in SMALL.questions.values()
        }
        session = Session({**entries, "mood": ()}, last_seen=True)
        assert send(session, RESULT, action="more").screen == "mood"

    def test_more_where_all_is_answered_stays_at_the_result(self) -> None:
        """There is nothing left to ask."""
        entries = {
            question.id: tuple(question.options)[:1] for question in SMALL.questions.values()
        }
        assert send(Session(entries, last_seen=True), RESULT, action="more").screen == RESULT

    @pytest.mark.parametrize("session", [DONE, DONE.go_to("what"), Session(finished=True)])
    def test_restart_throws_everything_away(self, session: Session) -> None:
        """The next relationship begins with a clean sheet."""
        step = send(session, RESULT, action="restart")
        assert step.session == Session()
        assert step.screen == "where"

    def test_restart_keeps_to_the_pages_questions(self) -> None:
        """The reader is still on the same page."""
        assert send(DONE, RESULT, action="restart", lens=("mood",)).screen == "mood"


SCREENS = {*MODEL.questions, LAST, RESULT}
MOST_SCREENS = len(MODEL.questions) + 2


def on_screen(screen: str, *, first: bool) -> list[Question]:
    """Return the questions that a screen of the packaged model holds."""
    if screen == LAST:
        return list(MODEL.on_screen(LAST))
    if screen == RESULT:
        return []
    return [*(MODEL.on_screen("first") if first else ()), MODEL.questions[screen]]


class QuizMachine(RuleBasedStateMachine):
    """Rule: whatever is sent, and in whatever order, the quiz stays usable."""

    def __init__(self) -> None:
        super().__init__()
        self.step = Step(Session(), "")
        self.lens: list[str] = []

    @initialize(lens=lenses())
    def open_page(self, lens: list[str]) -> None:
        """Open a page with a quiz."""
        self.lens = lens
        self.step = Step(Session(), current_screen(MODEL, Session(), lens))

    def submit(self, fields: list[tuple[str, str]]) -> Step:
        """Send a form and check what holds for every one."""
        before = self.step.session
        self.step = submit(MODEL, before, fields, self.lens)
        if self.step.errors:
            assert self.step.session == before
            assert self.step.attempt is not None
        return self.step

    def fields_of(self, data: st.DataObject) -> list[tuple[str, str]]:
        """Fill in the form on the screen, well or badly."""
        fields = [(SCREEN_FIELD, self.step.screen)]
        first = previous_screen(MODEL, self.step.session, self.step.screen) is None
        for question in on_screen(self.step.screen, first=first):
            if question.kind == "text":
                fields.append((question.id, data.draw(typed_texts())))
            elif data.draw(st.booleans()):
                fields.append((question.id, NOT_SURE))
            else:
                options = data.draw(option_sets(question))
                fields.extend((question.id, option) for option in options)
        return fields

    @rule(data=st.data(), action=form_actions())
    def fill_in_the_form(self, data: st.DataObject, action: str) -> None:
        """Send what the screen asks for; nothing of it may be lost."""
        asked = self.step.screen
        known = set(self.step.session.entries)
        fields = self.fields_of(data)
        step = self.submit([*fields, (ACTION_FIELD, action)])
        if action == "restart":
            return
        for name, value in fields:
            if name in MODEL.context and MODEL.context[name].kind == "text":
                if step.errors:
                    assert step.attempt is not None
                    assert value in step.attempt[name]
                else:
                    assert step.session.answers.get(name, ("",)) == (one_line(value),)
        if action == "continue" and not step.errors and asked in MODEL.questions:
            assert step.screen not in {*known, asked}

    @rule(fields=form_fields(), action=form_actions())
    def send_nonsense(self, fields: list[tuple[str, str]], action: str) -> None:
        """Send a form that nobody has made."""
        self.submit([*fields, (ACTION_FIELD, action)])

    @rule(lens=lenses())
    def read_on(self, lens: list[str]) -> None:
        """Go to another page; the session goes along through the browser's storage."""
        session = from_json(MODEL, to_json(self.step.session))
        assert session == self.step.session
        assert list(session.entries) == list(self.step.session.entries)
        self.lens = lens
        self.step = Step(session, current_screen(MODEL, session, lens))

    @rule()
    def continuing_leads_to_the_result(self) -> None:
        """Go on with "not sure" from here; the session itself stays where it is."""
        session, screen = self.step.session, self.step.screen
        for _ in range(MOST_SCREENS):
            if screen == RESULT:
                break
            step = submit(MODEL, session, [(SCREEN_FIELD, screen), (screen, NOT_SURE)], self.lens)
            assert step.errors == ()
            session, screen = step.session, step.screen
        assert screen == RESULT

    @precondition(lambda self: self.step.session.entries)
    @rule(data=st.data())
    def change_an_answer(self, data: st.DataObject) -> None:
        """Change one answer; all others stay."""
        before = self.step.session.entries
        scored = [question for question in before if question in MODEL.questions]
        if not scored:
            return
        question = MODEL.questions[data.draw(st.sampled_from(scored))]
        step = self.submit([(ACTION_FIELD, f"change:{question.id}")])
        assert step.screen == question.id
        options = data.draw(form_choices(question))
        texts = [
            (name, text)
            for name, given in before.items()
            if name in MODEL.context and MODEL.context[name].screen == "first"
            for text in given
        ]
        fields = [(question.id, option) for option in options]
        step = self.submit([(SCREEN_FIELD, question.id), *texts, *fields])
        assert step.errors == ()
        assert step.session.entries[question.id] == options
        others = {name: value for name, value in before.items() if name != question.id}
        assert others.items() <= step.session.entries.items()
        assert [name for name in step.session.entries if name in before] == list(before)

    @invariant()
    def the_screen_exists(self) -> None:
        """The reader always stands somewhere."""
        assert self.step.screen in {*SCREENS, ""}
        assert current_screen(MODEL, self.step.session, self.lens) in SCREENS


TestQuizMachine = QuizMachine.TestCase
TestQuizMachine.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)

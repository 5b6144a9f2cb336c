"""Links: answers go through the fragment of a link whole, and what can be saved is saved."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cxquiz.authoring.loader import build_model
from cxquiz.authoring.table import ModelError
from cxquiz.classifier.answers import TEXT_LIMIT
from cxquiz.formats.link import LONGEST, from_text, to_text
from cxquiz.model import codes
from cxquiz.model.codes import ALPHABET, code, number_of, written
from cxquiz.model.types import MINE, THEIRS
from tests.cxquiz.examples import MODEL, SMALL, small_raw
from tests.cxquiz.strategies import ALL_QUESTIONS, answers

if TYPE_CHECKING:
    from random import Random

    from cxquiz.model.types import Side

Answers = dict[str, tuple[str, ...]]

FULL: Final[Answers] = {
    name: tuple(question.options)[: None if question.kind == "many" else 1]
    for name, question in ALL_QUESTIONS.items()
    if question.kind != "text"
}
"""As many options as the packaged model takes."""

SOME: Final[Answers] = {"where": ("here",), "what": ("take", "give"), "how": ("for",)}
"""Answers to the small model."""

ORDER: Final = list(ALL_QUESTIONS)


def without_texts(some: Answers) -> Answers:
    """Return the answers that are not typed, in the model's order."""
    return {
        name: some[name] for name in ORDER if name in some and ALL_QUESTIONS[name].kind != "text"
    }


class TestRoundTrip:
    """Rule: what is put into a link comes out of it."""

    @given(answers())
    def test_all_answers_come_back_with_their_texts(self, some: Answers) -> None:
        """A reader who asks for the names finds them again, in any script."""
        received = from_text(MODEL, to_text(MODEL, some, texts=True))
        assert received.answers == {name: some[name] for name in ORDER if name in some}
        assert not received.problems

    @given(answers())
    def test_typed_texts_stay_out_unless_asked_for(self, some: Answers) -> None:
        """A name is nobody's business but the reader's."""
        received = from_text(MODEL, to_text(MODEL, some))
        assert received.answers == without_texts(some)
        assert not received.problems

    @pytest.mark.parametrize("side", [MINE, THEIRS])
    def test_the_side_comes_back(self, side: Side) -> None:
        """Whoever gets a reply must know that the mirrored questions were answered."""
        assert from_text(SMALL, to_text(SMALL, SOME, side=side)).side == side

    def test_no_answers_are_answers_too(self) -> None:
        """The link of an empty quiz is no error."""
        received = from_text(SMALL, to_text(SMALL, {}))
        assert received.answers == {}
        assert not received.problems

    def test_the_longest_text_comes_back(self) -> None:
        """Four bytes a character are the most that UTF-8 needs."""
        texts = dict.fromkeys(("name", "work", "beneficiary"), ("😀" * TEXT_LIMIT,))
        shared = to_text(MODEL, {**FULL, **texts}, texts=True)
        assert len(shared) < LONGEST
        assert from_text(MODEL, shared).answers == {name: {**FULL, **texts}[name] for name in ORDER}

    def test_half_a_surrogate_pair_is_left_out(self) -> None:
        """Such a text can be typed by a program, and by no means be written."""
        shared = to_text(SMALL, {"name": ("a\ud800",)}, texts=True)
        assert from_text(SMALL, shared).answers == {"name": ("a",)}

    @given(st.integers(min_value=0))
    def test_numbers_come_back(self, number: int) -> None:
        """All else rests on it."""
        assert number_of(written(number)) == number


class TestForm:
    """Rule: a link is short, and no program spoils it on its way."""

    def test_all_answers_there_are_take_at_most_120_characters(self) -> None:
        """Longer links are broken by mail programs and look like something to be afraid of."""
        assert len(to_text(MODEL, FULL)) <= 120

    def test_a_usual_set_of_answers_takes_less_than_half_of_that(self) -> None:
        """The quiz mostly ends after seven questions."""
        usual = {name: FULL[name][:1] for name in list(MODEL.questions)[:9]}
        assert len(to_text(MODEL, usual)) <= 40

    @given(answers())
    def test_it_is_letters_digits_and_hyphens(self, some: Answers) -> None:
        """Anything else is escaped by one program or dropped by another."""
        assert re.fullmatch(r"[0-9A-Za-z-]*[0-9A-Za-z]", to_text(MODEL, some, texts=True))

    @given(answers(), st.randoms())
    def test_the_same_answers_give_the_same_text(self, some: Answers, random: Random) -> None:
        """Two links to one thing would look like two things."""
        items = list(some.items())
        random.shuffle(items)
        assert to_text(MODEL, dict(items), texts=True) == to_text(MODEL, some, texts=True)

    def test_no_two_answers_of_the_packaged_model_share_a_code(self) -> None:
        """One would be read as the other."""
        assert all(len(pairs) == 1 for pairs in codes.codes(ALL_QUESTIONS.values()).values())

    @pytest.mark.parametrize(
        ("question", "option", "expected"),
        [("organisation", "same", "Fqj"), ("use", "use", "YCD"), ("name", "", "7Hb")],
    )
    def test_a_code_never_changes(self, question: str, option: str, expected: str) -> None:
        """Links that are out in the world hold it."""
        assert code(question, option) == expected

    def test_a_link_of_the_first_version_is_read_for_ever(self) -> None:
        """It has been sent by mail, and stands in minutes."""
        received = from_text(MODEL, "cx1m389ZtFqjLCUYCD")
        assert received.answers == {"organisation": ("same",), "use": ("use", "pass_on")}
        assert not received.problems

    def test_a_model_in_which_two_answers_share_a_code_is_refused(self) -> None:
        """The one who adds the answer can still choose another id."""
        with (
            patch("cxquiz.model.codes.CODE_LENGTH", 1),
            pytest.raises(ModelError, match="same code"),
        ):
            build_model(small_raw())


class TestOtherModels:
    """Rule: a link stays readable while the model grows and is moved about."""

    def test_the_order_of_questions_and_options_does_not_matter(self) -> None:
        """Editors sort them as they please."""
        raw = small_raw()
        raw["question"].reverse()
        for question in raw["question"]:
            question["option"].reverse()
        received = from_text(build_model(raw), to_text(SMALL, SOME))
        assert {name: set(options) for name, options in received.answers.items()} == {
            name: set(options) for name, options in SOME.items()
        }

    def test_an_added_question_and_an_added_option_spoil_nothing(self) -> None:
        """Old links are out in the world."""
        raw = small_raw()
        added = copy.deepcopy(raw["question"][0])
        raw["question"].append({**added, "id": "added"})
        raw["question"][0]["option"].append({**added["option"][0], "id": "elsewhere"})
        received = from_text(build_model(raw), to_text(SMALL, SOME))
        assert received.answers == SOME
        assert not received.problems

    def test_what_this_model_does_not_know_is_counted_and_the_rest_is_saved(self) -> None:
        """The other site may have a newer model."""
        raw = small_raw()
        raw["question"][0]["option"][0].update(id="renamed", becomes="renamed")
        raw["question"][0]["option"][1]["becomes"] = "there"
        del raw["question"][-2:]
        raw["estimation"]["caps"] = {}
        raw["flag"][2]["when"] = [{"where": ["there"]}]
        raw["dispute"][0]["when"] = [{"where": ["there"]}]
        raw["contradiction"][0]["when"] = [{"where": ["there"]}]
        received = from_text(build_model(raw), to_text(SMALL, {**SOME, "mood": ("warm",)}))
        assert received.answers == {"what": ("take", "give"), "how": ("for",)}
        assert received.problems == ("link_unknown 2",)

    def test_a_text_of_a_question_that_is_gone_is_told(self) -> None:
        """The reader has typed it and would look for it."""
        raw = small_raw()
        raw["context"][1]["id"] = "task"
        shared = to_text(SMALL, {"work": ("a text",)}, texts=True)
        assert from_text(build_model(raw), shared).problems == ("link_text_unknown",)

    def test_options_that_have_come_to_exclude_each_other_are_left_out(self) -> None:
        """Taking one of them would put words into somebody's mouth."""
        raw = small_raw()
        raw["question"][1]["kind"] = "one"
        received = from_text(build_model(raw), to_text(SMALL, SOME))
        assert received.answers == {"where": ("here",), "how": ("for",)}
        assert received.problems == ("link_conflict short what",)

    def test_more_answers_than_the_head_can_count_come_back(self) -> None:
        """A model of somebody else's may have a hundred options to tick."""
        raw = small_raw()
        option = raw["question"][1]["option"][0]
        raw["question"][1]["option"] += [{**option, "id": f"more{n}"} for n in range(80)]
        model = build_model(raw)
        all_of_them = {"what": tuple(model.questions["what"].options)}
        received = from_text(model, to_text(model, all_of_them))
        assert received.answers == all_of_them
        assert not received.problems


class TestOnTheWay:
    """Rule: what others put around a link does no harm."""

    @pytest.mark.parametrize(
        "around",
        [
            "https://example.org/playbook/#{}",
            "#{}",
            " {}\r\n",
            "Look: <https://example.org/#{}>.",
            "[my answers](https://example.org/#{}) and more words",
            "https://example.org/?utm=1#{}&fbclid=abc",
            "https://example.org/#answers={}",
        ],
    )
    def test_a_link_is_found_in_what_was_pasted(self, around: str) -> None:
        """People copy too much."""
        received = from_text(SMALL, around.format(to_text(SMALL, SOME)))
        assert received.answers == SOME
        assert not received.problems

    @given(st.integers(min_value=10, max_value=100))
    def test_a_line_break_inside_does_no_harm(self, place: int) -> None:
        """Mail programs break long lines."""
        shared = to_text(MODEL, FULL)
        received = from_text(MODEL, f"{shared[:place]}\r\n {shared[place:]}")
        assert received.answers == FULL
        assert not received.problems


class TestDamage:
    """Rule: of a damaged link everything that is whole is saved, and the reader is told."""

    @given(st.integers(min_value=9, max_value=len(to_text(MODEL, FULL)) - 1))
    def test_of_a_cut_link_the_beginning_is_saved(self, length: int) -> None:
        """Some programs cut what is long."""
        received = from_text(MODEL, to_text(MODEL, FULL)[:length])
        saved = sum(len(options) for options in received.answers.values())
        whole = sum(len(options) for options in FULL.values())
        assert saved == (length - 9) // 3
        assert received.problems == (
            MODEL.say("link_damaged"),
            MODEL.say("link_lost", number=whole - saved),
        )

    @given(st.data())
    def test_a_changed_character_costs_two_answers_at_most(self, data: st.DataObject) -> None:
        """Its own, and one that it now contradicts; the others can be read as before."""
        some = {name: options[:1] for name, options in FULL.items()}
        shared = to_text(MODEL, some)
        place = data.draw(st.integers(min_value=9, max_value=len(shared) - 1))
        other = data.draw(
            st.sampled_from([*ALPHABET, "%", "é"]).filter(lambda c: c != shared[place])
        )
        received = from_text(MODEL, shared[:place] + other + shared[place + 1 :])
        assert len(some.items() - received.answers.items()) <= 2
        assert MODEL.say("link_damaged") in received.problems

    @given(st.data())
    def test_a_missing_character_costs_one_answer_at_most(self, data: st.DataObject) -> None:
        """The codes behind it are found again."""
        some = {name: options[:1] for name, options in FULL.items()}
        shared = to_text(MODEL, some)
        place = data.draw(st.integers(min_value=9, max_value=len(shared) - 1))
        received = from_text(MODEL, shared[:place] + shared[place + 1 :])
        assert len(some.items() - received.answers.items()) <= 1
        assert MODEL.say("link_damaged") in received.problems

    def test_a_damaged_text_is_left_out_and_not_shown_wrong(self) -> None:
        """Half a name may be somebody else's."""
        shared = to_text(SMALL, {**SOME, "name": ("Ada Lovelace",)}, texts=True)
        received = from_text(SMALL, shared[:-3])
        assert received.answers == SOME
        assert received.problems == ("link_damaged", "link_text_lost short name")

    def test_a_changed_head_spoils_no_answer(self) -> None:
        """It says nothing about them."""
        shared = to_text(SMALL, SOME)
        received = from_text(SMALL, f"{shared[:3]}??{shared[5:]}")
        assert received.answers == SOME
        assert received.problems == ("link_damaged",)

    @pytest.mark.parametrize(
        "head", ["mzz", "mz", "m", "mzz</b>words", "mzabc", "-zabcd", "xzabcd"]
    )
    def test_a_damaged_head_names_no_number(self, head: str) -> None:
        """It would be any number, and nobody answered so many questions."""
        problems = (MODEL.say("link_damaged"),)
        assert from_text(MODEL, f"#cx1{head}").problems == problems

    @pytest.mark.parametrize("text", ["", "#", "#organisation", "cxquiz", "https://example.org/"])
    def test_what_is_no_link_of_ours_is_said_to_be_none(self, text: str) -> None:
        """The reader has pasted something else."""
        assert from_text(SMALL, text).problems == ("link_foreign",)

    def test_a_newer_form_with_a_good_checksum_is_read(self) -> None:
        """A version to come keeps the head and the codes."""
        with patch("cxquiz.formats.link.VERSION", "2"):
            newer = to_text(SMALL, SOME)
        received = from_text(SMALL, newer)
        assert received.answers == SOME
        assert received.problems == ("link_newer",)

    def test_of_a_newer_form_with_a_bad_checksum_nothing_is_guessed(self) -> None:
        """It may mean anything."""
        received = from_text(SMALL, f"cx2{to_text(SMALL, SOME)[3:]}")
        assert received.answers == {}
        assert received.problems == ("link_newer",)

    @given(st.text() | st.text(alphabet=ALPHABET + "-").map("cx1{}".format))
    @example("cx1")
    @example("cx1m")
    @example("cx1mz-")
    @example("cx1m00000-7Hb000")
    @example("cx1m00000-\ud800")
    @example("cx1" + "z" * 2 * LONGEST)
    def test_no_text_raises(self, text: str) -> None:
        """Anybody can put anything into an address."""
        received = from_text(MODEL, text)
        assert received.answers == {} or received.answers
        assert received.answers or received.problems or len(text) >= 9

"""The packaged model: its ids, what readers see of it, and where its weights depart."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from cxquiz.authoring.wording import WORDING
from cxquiz.classifier.verdict import VERDICTS
from cxquiz.model.types import NOT_SURE
from tests.cxquiz.examples import MODEL
from tests.evaluation.accuracy import PUBLISHED

if TYPE_CHECKING:
    from cxquiz.model.types import Rule

DOCS: Final = Path(__file__).parents[2] / "docs"

QUESTIONS: Final = {
    "organisation": "same different partly",
    "use": "use some pass_on none",
    "without_you": "stuck nuisance nothing",
    "without_them": "stuck nuisance nothing",
    "money": "pay trade third_party recharge we_pay share none",
    "buying": "sign influence above none",
    "choice": "free hard no",
    "direction": "for_them for_us together neither",
    "failure": "both partly separate",
    "goal": "same overlap different",
    "decisions": "together they we neither",
    "reporting": "mine dotted no",
    "oversight": "judge fund none",
    "distance": "direct one more",
    "contact": "daily weekly seldom never",
}
"""The vocabulary of answers. Saved files, links and stored sessions use it: it never changes."""

RELATIONSHIPS: Final = (
    *("external_customer", "intermediary_customer", "purchase_influencer", "end_beneficiary"),
    *("internal_customer", "employee_as_customer"),
    *("partner", "stakeholder", "supplier", "no_relationship"),
)
"""What the other party can be. Saved results use these names."""

SEVERAL: Final = {"use", "money", "oversight"}
"""The questions that take several options at once."""

FLAGS: Final = {
    *("compelled", "payer_without_use", "user_without_choice", "third_party_payer", "mutual"),
    *("one_sided_dependence", "title_conflict", "needs_split", "too_far", "thin_evidence"),
}
"""What is worth knowing beside the relationship."""

ALL: Final = {**MODEL.questions, **MODEL.context}
PAGES: Final = {
    *(relationship.page for relationship in MODEL.relationships.values()),
    *(question.page for question in MODEL.questions.values()),
    *(rule.page for rule in (*MODEL.flags, *MODEL.disputes)),
    *(way.page for way in MODEL.toward),
}


class TestVocabulary:
    """Rule: the names that files, links and stored sessions use are there, and no others."""

    def test_the_questions(self) -> None:
        """A missing one would refuse the files of everybody who answered it."""
        assert set(MODEL.questions) == set(QUESTIONS)

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_the_options(self, question: str) -> None:
        """As above."""
        assert set(MODEL.questions[question].options) == set(QUESTIONS[question].split())

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_how_many_options_a_question_takes(self, question: str) -> None:
        """Who uses something and passes it on must be able to say both."""
        assert MODEL.questions[question].kind == ("many" if question in SEVERAL else "one")

    def test_the_relationships(self) -> None:
        """Whoever reads results goes by these names."""
        assert set(MODEL.relationships) == set(RELATIONSHIPS)

    def test_the_verdicts(self) -> None:
        """As above."""
        assert set(MODEL.verdicts) == set(VERDICTS)

    def test_the_flags(self) -> None:
        """As above."""
        assert {flag.id for flag in MODEL.flags} >= FLAGS

    def test_no_two_rules_of_a_kind_share_an_id(self) -> None:
        """Results name them."""
        for rules in (MODEL.flags, MODEL.disputes, MODEL.contradictions):
            assert len({rule.id for rule in rules}) == len(rules)

    def test_whom_and_which_work_it_is_about_can_be_said(self) -> None:
        """The same people can be customers for one piece of work and partners for another."""
        assert {"name", "work"} <= {question.id for question in MODEL.on_screen("first")}
        assert all(question.kind == "text" for question in MODEL.on_screen("first"))

    def test_the_last_page_asks_the_rest(self) -> None:
        """The advice draws on it."""
        asked = {question.id for question in MODEL.on_screen("last")}
        assert {"called", "arrival", "changing", "beneficiary"} <= asked


class TestReaders:
    """Rule: what readers see tells one thing from another."""

    @pytest.mark.parametrize("question", ALL)
    def test_no_two_options_of_a_question_read_alike(self, question: str) -> None:
        """Nobody could choose between them."""
        texts = [option.text for option in ALL[question].options.values()]
        assert len({text.casefold() for text in texts}) == len(texts)

    @pytest.mark.parametrize("field", ["short", "text"])
    def test_no_two_questions_read_alike(self, field: str) -> None:
        """A screen reader hears "Change: Money" and must know which question it is."""
        texts = [getattr(question, field).casefold() for question in ALL.values()]
        assert len(set(texts)) == len(texts)

    @pytest.mark.parametrize("field", ["name", "reading", "short", "page"])
    def test_no_two_relationships_read_alike(self, field: str) -> None:
        """They are what the quiz tells apart."""
        texts = [getattr(item, field).casefold() for item in MODEL.relationships.values()]
        assert len(set(texts)) == len(texts)

    @pytest.mark.parametrize("relationship", RELATIONSHIPS)
    def test_a_near_miss_is_another_relationship(self, relationship: str) -> None:
        """The way to what it is rather must lead somewhere else."""
        near_misses = MODEL.relationships[relationship].near_misses
        assert relationship not in {near_miss.relationship for near_miss in near_misses}

    @pytest.mark.parametrize("question", sorted(SEVERAL))
    def test_none_excludes_the_others(self, question: str) -> None:
        """Nothing and something cannot both be true."""
        assert MODEL.questions[question].options["none"].exclusive

    @pytest.mark.parametrize("question", ALL)
    def test_not_sure_is_no_option_of_its_own(self, question: str) -> None:
        """Every question accepts it already."""
        assert NOT_SURE not in ALL[question].options

    @pytest.mark.parametrize("rule", MODEL.contradictions, ids=lambda rule: rule.id)
    def test_a_contradiction_offers_the_questions_that_it_is_about(self, rule: Rule) -> None:
        """The reader is offered to change one of them."""
        masks = [mask for situation in rule.when for mask in situation.masks]
        about = {
            question.id
            for question in MODEL.questions.values()
            for option in question.options.values()
            if any(option.bit & mask for mask in masks)
        }
        assert len(rule.questions) > 1
        assert set(rule.questions) <= about


TALKS: Final = [
    pytest.param(text, id=f"{question.id}.{key}")
    for question in ALL.values()
    if question.talk
    for key, text in asdict(question.talk).items()
]


class TestTalks:
    """Rule: two who differ over a question get a few words that help, whichever side they are."""

    @pytest.mark.parametrize("text", TALKS)
    def test_each_text_is_short_enough_to_be_read_out(self, text: str) -> None:
        """They are read aloud in the middle of a talk."""
        assert 8 <= len(text.split()) <= 30

    @pytest.mark.parametrize("question", [name for name, it in ALL.items() if it.talk])
    def test_what_to_ask_is_one_question(self, question: str) -> None:
        """The other party answers one at a time."""
        talk = ALL[question].talk
        assert talk is not None
        assert talk.ask.endswith("?")
        assert talk.ask.count("?") == 1

    @pytest.mark.parametrize("text", TALKS)
    def test_nobody_is_spoken_of_as_they(self, text: str) -> None:
        """Either side may read it out, and the other is there to hear it."""
        assert not re.search(r"\b(they|them|their|theirs)\b", text, re.IGNORECASE)


class TestReferences:
    """Rule: whatever the model names is there."""

    @pytest.mark.parametrize("page", sorted(PAGES))
    def test_a_page_is_an_address_below_the_sites_root(self, page: str) -> None:
        """Links are made by putting the root before it."""
        address = page.partition("#")[0]
        assert not address.startswith("/")
        assert address.endswith("/")
        assert ":" not in page

    @pytest.mark.skipif(not (DOCS / "index.md").exists(), reason="the pages are not there yet")
    @pytest.mark.parametrize("page", sorted({page.partition("#")[0] for page in PAGES}))
    def test_a_page_that_is_named_exists(self, page: str) -> None:
        """A reader who wants to know more follows the link."""
        path = page.strip("/")
        assert (DOCS / f"{path}.md").exists() or (DOCS / path / "index.md").exists()

    @pytest.mark.parametrize("question", MODEL.questions)
    def test_the_link_of_a_question_leads_to_its_own_section(self, question: str) -> None:
        """The sections have the ids of the questions as their anchors."""
        assert MODEL.questions[question].page.partition("#")[2] in {"", question}

    def test_a_reading_can_be_reached(self) -> None:
        """Else the quiz would always end with "not enough to say"."""
        limits = MODEL.estimation
        assert limits.essential
        assert MODEL.asking.patience >= limits.minimum_answers

    @pytest.mark.parametrize("relationship", RELATIONSHIPS)
    def test_from_every_relationship_there_is_a_way_on(self, relationship: str) -> None:
        """Also where it is to stay as it is."""
        assert [way.id for way in MODEL.toward if relationship in way.relationships]


class TestWeights:
    """Rule: whoever knows the sources can see which weights depart from them, and why."""

    @pytest.mark.parametrize("question", MODEL.questions)
    def test_a_weight_that_departs_has_a_note_and_no_other_has(self, question: str) -> None:
        """A change without a reason is a slip, and a reason without a change misleads."""
        for name, then in PUBLISHED.get(question, {}).items():
            option = MODEL.questions[question].options[name]
            now = dict(zip(MODEL.relationships, option.weights, strict=True))
            departs = any(weight != then.get(to, 0) for to, weight in now.items())
            assert bool(option.weights_note) == departs, name

    def test_the_published_weights_name_what_there_is(self) -> None:
        """A slip in the data would hide a departure; what came later it need not name."""
        for name, rows in PUBLISHED.items():
            assert rows.keys() <= MODEL.questions[name].options.keys()
            assert {to for row in rows.values() for to in row} <= MODEL.relationships.keys()


class TestWording:
    """Rule: each sentence says what it is given."""

    @pytest.mark.parametrize("key", sorted(key for key, names in WORDING.items() if names))
    def test_every_value_is_shown(self, key: str) -> None:
        """A sentence that drops what it is about says too little."""
        for name in WORDING[key]:
            values = dict.fromkeys(WORDING[key], "") | {name: "<value>"}
            assert "<value>" in MODEL.say(key, **values)

"""The packaged model: its ids, its references, and that everything in it is used."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jsonschema
import pytest

import cxquiz
from cxquiz.authoring.loader import build_model
from cxquiz.authoring.schema import current_schema
from cxquiz.authoring.table import ModelError
from cxquiz.authoring.wording import PACKAGED_MODEL, SCHEMA, WORDING
from cxquiz.classifier.verdict import VERDICTS
from cxquiz.model.types import NOT_SURE
from tests.cxquiz.examples import (
    EVERYTHING,
    KEYS,
    MODEL,
    TABLES,
    TEXTS,
    put,
    remove,
    small_raw,
    value_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxquiz.model.types import Rule

PACKAGE: Final = Path(cxquiz.__file__).parent
DATA: Final = Path(__file__).parents[2] / "data"
DOCS: Final = Path(__file__).parents[3] / "docs"

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

FREE: Final = {
    *("question.option.weights", "estimation.caps"),
    *("flag.when", "dispute.when", "contradiction.when"),
}
"""Tables whose keys are ids of the model, which no schema can know."""

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
        published = json.loads((DATA / "published_weights.json").read_text(encoding="utf-8"))
        for option in MODEL.questions[question].options.values():
            then = published[question][option.id]
            now = dict(zip(MODEL.relationships, option.weights, strict=True))
            departs = any(now[name] != then.get(name, 0) for name in now)
            assert bool(option.weights_note) == departs, option.id

    def test_the_published_weights_name_what_there_is(self) -> None:
        """A slip in the data would hide a departure."""
        published = json.loads((DATA / "published_weights.json").read_text(encoding="utf-8"))
        assert {name: set(rows) for name, rows in published.items()} == {
            name: set(question.options) for name, question in MODEL.questions.items()
        }
        named = {name for rows in published.values() for row in rows.values() for name in row}
        assert named <= MODEL.relationships.keys()


def strings(path: Path) -> set[str]:
    """Return all texts that stand in a module as constants."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def sayings(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Yield each call of a module that says a piece of wording by its key, and what it gives."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        given = {keyword.arg for keyword in node.keywords}
        if name == "say" and isinstance(node.args[0], ast.Constant) and None not in given:
            yield str(node.args[0].value), {arg for arg in given if arg}


class TestWording:
    """Rule: each piece of wording is shown somewhere."""

    def test_every_piece_is_used_by_the_code(self) -> None:
        """Translators should not translate what nobody reads."""
        used = set().union(*map(strings, PACKAGE.rglob("*.py")))
        assert sorted(WORDING.keys() - used) == []

    def test_the_model_has_exactly_these(self) -> None:
        """The loader sees to it; this is for those who change it."""
        assert MODEL.wording.keys() == WORDING.keys()

    @pytest.mark.parametrize("key", sorted(key for key, names in WORDING.items() if names))
    def test_every_value_is_shown(self, key: str) -> None:
        """A sentence that drops what it is about says too little."""
        for name in WORDING[key]:
            values = dict.fromkeys(WORDING[key], "") | {name: "<value>"}
            assert "<value>" in MODEL.say(key, **values)

    def test_each_place_gives_what_the_wording_needs(self) -> None:
        """Else the reader would see an error in the place of a sentence."""
        calls = [call for path in sorted(PACKAGE.rglob("*.py")) for call in sayings(path)]
        assert calls
        assert [(key, given) for key, given in calls if not WORDING.get(key, {None}) <= given] == []


SCHEMA_RAW: Final = json.loads(SCHEMA.read_text(encoding="utf-8")) if SCHEMA.exists() else {}
VALIDATOR: Final = jsonschema.Draft202012Validator(SCHEMA_RAW)


@pytest.mark.skipif(not SCHEMA.exists(), reason="there is no schema yet")
class TestSchema:
    """Rule: the schema that editors use agrees with the loader."""

    def test_it_is_a_schema(self) -> None:
        """An editor passes over a broken one in silence."""
        assert SCHEMA_RAW["$schema"] == VALIDATOR.META_SCHEMA["$id"]
        VALIDATOR.check_schema(SCHEMA_RAW)

    def test_it_knows_the_wording(self) -> None:
        """`make schema` brings it up to date."""
        assert SCHEMA.read_text("utf-8") == current_schema()

    def test_the_packaged_model_satisfies_it(self) -> None:
        """Else an editor would underline what is right."""
        raw = tomllib.loads(PACKAGED_MODEL.read_text(encoding="utf-8"))
        assert [error.message for error in VALIDATOR.iter_errors(raw)] == []

    def test_the_packaged_model_names_it(self) -> None:
        """Editors find it by the first line."""
        first = PACKAGED_MODEL.read_text(encoding="utf-8").splitlines()[0]
        assert first == f"#:schema ./{SCHEMA.name}"

    def test_a_model_with_every_key_satisfies_it(self) -> None:
        """The optional ones too."""
        assert [error.message for error in VALIDATOR.iter_errors(small_raw())] == []

    @pytest.mark.parametrize("name", sorted(TABLES.keys() - FREE))
    def test_it_refuses_an_unknown_key(self, name: str) -> None:
        """A misspelt key is underlined while it is typed."""
        path = TABLES[name][0]
        assert not VALIDATOR.is_valid(put((*path, "zzz"), "zzz"))

    def test_it_refuses_a_talk_for_a_text(self) -> None:
        """The loader does as well."""
        talk = small_raw()["question"][0]["talk"]
        assert not VALIDATOR.is_valid(put(("context", 0, "talk"), talk))

    def test_it_refuses_an_unknown_key_at_the_top(self) -> None:
        """A misspelt block is underlined as well."""
        assert not VALIDATOR.is_valid({**small_raw(), "zzz": "zzz"})

    @pytest.mark.parametrize("name", EVERYTHING)
    def test_it_refuses_a_wrong_type(self, name: str) -> None:
        """It is underlined while it is typed."""
        path = EVERYTHING[name][0]
        right = value_at(small_raw(), path)
        for wrong in (None, True, 7, "text", ["text"], {"text": "text"}):
            assert type(wrong) is type(right) or not VALIDATOR.is_valid(put(path, wrong)), wrong

    @pytest.mark.parametrize("name", TEXTS)
    def test_it_refuses_an_empty_text(self, name: str) -> None:
        """It is underlined as long as nothing stands there."""
        for path in TEXTS[name]:
            assert not VALIDATOR.is_valid(put(path, ""))

    @pytest.mark.parametrize("name", KEYS)
    def test_it_refuses_a_missing_key_where_the_loader_does(self, name: str) -> None:
        """What must be there is offered at once."""
        path = KEYS[name][0]
        try:
            build_model(remove(path))
        except ModelError as error:
            missing = f"“{path[-1]}” is missing" in str(error)
        else:
            missing = False
        assert VALIDATOR.is_valid(remove(path)) != missing

"""Loading: a good model loads, a wrong one is refused with place, fault and nearest name."""

from __future__ import annotations

import contextlib
import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz.authoring.loader import build_model, parse_model
from cxquiz.authoring.model_file import load_model
from cxquiz.authoring.table import ModelError
from cxquiz.authoring.wording import PACKAGED_MODEL, WORDING
from cxquiz.classifier.verdict import VERDICTS
from cxquiz.model.suggest import nearest
from tests.cxquiz.examples import (
    EVERYTHING,
    KEYS,
    MODEL,
    SMALL,
    TABLES,
    TEXTS,
    Path_,
    Raw,
    level,
    paths,
    put,
    remove,
    small_raw,
    value_at,
)
from tests.cxquiz.strategies import json_values

if TYPE_CHECKING:
    from pathlib import Path


def inline(value: object) -> str:
    """Return a value as TOML has it in one line."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {inline(one)}' for key, one in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    return json.dumps(value)


def written(header: str, table: Raw) -> str:
    """Return a block of a model as people write it."""
    lines = [
        header,
        *(f"{key} = {inline(it)}" for key, it in table.items() if key not in {"talk", "option"}),
    ]
    name = header.strip("[]")
    parts = [written(f"[[{name}.option]]", option) for option in table.get("option", ())]
    if "talk" in table:
        parts.insert(0, written(f"[{name}.talk]", table["talk"]))
    return "\n".join([*lines, "", *parts])


def _text() -> str:
    parts = []
    for key, value in small_raw().items():
        if isinstance(value, dict):
            parts.append(written(f"[{key}]", value))
        elif isinstance(value, list) and isinstance(value[0], dict):
            parts += [written(f"[[{key}]]", row) for row in value]
        else:
            parts.append(f"{key} = {inline(value)}")
    return "\n".join(parts)


TEXT: Final = _text()
"""The small model as people edit it."""


def problems(text: str, *, toml: bool = True) -> tuple[str, ...]:
    """Load a wrong model and return what is said about it."""
    with pytest.raises(ModelError) as refused:
        parse_model(text, name="model.toml", toml=toml)
    assert str(refused.value) == "\n".join(refused.value.problems)
    return refused.value.problems


def faults(raw: object) -> str:
    """Build a wrong model and return what is said about it, a line for each fault."""
    with pytest.raises(ModelError) as refused:
        build_model(raw)
    return str(refused.value)


@dataclass(frozen=True)
class Slip:
    """A slip of somebody who edits a model.

    Attributes:
        block: The beginning of the block in which it happens; the message names its line.
        old: A pattern for what stood there, the first after the beginning of the block.
        new: What stands there now.
        says: What the message must name.
    """

    block: str
    old: str
    new: str
    says: tuple[str, ...]

    def make(self) -> tuple[str, int]:
        """Return the text with the slip, and the line where its block begins."""
        start = TEXT.index(self.block)
        text, count = re.subn(self.old, self.new, TEXT[start:], count=1)
        assert count == 1
        return TEXT[:start] + text, TEXT.count("\n", 0, start) + 1


def block(kind: str, name: str) -> str:
    """Return how a block of the small model begins."""
    return f'[[{kind}]]\nid = "{name}"\n'


NEAR: Final = block("relationship", "near")
FAR: Final = block("relationship", "far")
WHAT: Final = block("question", "what")
WARM: Final = block("question.option", "warm")
COLD: Final = block("question.option", "cold")
CALLED: Final = block("context", "called")
APART: Final = block("context.option", "apart")

SLIPS: Final = {
    # An unknown key, at every level
    "key-relationship": Slip(NEAR, "definition =", "defintion =", ("“defintion”", "“definition”")),
    "key-near-miss": Slip(NEAR, "{ text =", "{ txt =", ("near miss 1", "“txt”", "“text”")),
    "key-question": Slip(WHAT, "why =", "wy =", ("question “what”", "“wy”", "“why”")),
    "key-option": Slip(WARM, "weights =", "weigths =", ("option “warm”", "“weigths”", "“weights”")),
    "key-context": Slip(CALLED, "screen =", "scren =", ("context “called”", "“scren”", "“screen”")),
    "key-advice": Slip(APART, "advice =", "advise =", ("option “apart”", "“advise”", "“advice”")),
    "key-talk": Slip(
        "[question.talk]\n", "agree =", "agre =", ("“where”, talk", "“agre”", "“agree”")
    ),
    "key-context-talk": Slip(
        "[context.talk]\n", "agree =", "agre =", ("“called”, talk", "“agre”", "“agree”")
    ),
    "key-estimation": Slip("[estimation]\n", "holds_within", "hold_within", ("“hold_within”",)),
    "key-verdict": Slip(block("verdict", "clear"), "name =", "nam =", ("“nam”", "“name”")),
    "key-flag": Slip(block("flag", "few"), "page =", "pge =", ("flag “few”", "“pge”", "“page”")),
    "key-dispute": Slip(block("dispute", "near_or_far"), "name =", "nme =", ("“nme”", "“name”")),
    "key-contradiction": Slip(
        "[[contradiction]]\n", "questions =", "question =", ("“question”", "“questions”")
    ),
    "key-implausible": Slip("[[implausible]]\n", "text =", "txt =", ("pair 1", "“txt”", "“text”")),
    "key-source": Slip(block("source", "book"), "title =", "titel =", ("“titel”", "“title”")),
    "key-wording": Slip(
        "[wording]\n", "back_button =", "back_buton =", ("“back_buton”", "“back_button”")
    ),
    # An id used twice, at every level
    "twice-relationship": Slip(FAR, '"far"', '"near"', ("“near”",)),
    "twice-option": Slip(COLD, '"cold"', '"warm"', ("question “mood”", "“warm”")),
    "twice-context-option": Slip(APART, '"apart"', '"closer"', ("“changing”", "“closer”")),
    # A name that does not exist
    "weight": Slip(WARM, "weights = {", "weights = { neer = 1,", ("“neer”", "“near”")),
    "mirror": Slip(NEAR, 'mirror = ."far"', 'mirror = ["farr"', ("“farr”", "“far”")),
    "near-miss": Slip(NEAR, 'relationship = "far"', 'relationship = "farr"', ("“farr”", "“far”")),
    "source-relationship": Slip(NEAR, '"book"', '"bok"', ("“bok”", "“book”")),
    "source-question": Slip(WHAT, '"book"', '"bok"', ("“bok”", "“book”")),
    "source-context": Slip(CALLED, '"talk"', '"tolk"', ("“tolk”", "“talk”")),
    "source-flag": Slip(block("flag", "few"), '"talk"', '"tolk"', ("“tolk”",)),
    "key-asking": Slip("[asking]\n", "patience =", "patiense =", ("“patiense”", "“patience”")),
    "key-toward": Slip(
        block("toward", "closer"), "steps =", "step =", ("toward “closer”", "“step”", "“steps”")
    ),
    "key-supposing": Slip(
        WARM, "supposing =", "suposing =", ("option “warm”", "“suposing”", "“supposing”")
    ),
    "key-common": Slip(WARM, "common =", "comon =", ("option “warm”", "“comon”", "“common”")),
    "toward": Slip(
        block("toward", "closer"), '"closer"', '"closr"', ("“id”", "“closr”", "“closer”")
    ),
    "toward-relationship": Slip(
        block("toward", "closer"), '"near"', '"neer"', ("“neer”", "“near”")
    ),
    "essential": Slip(
        "[estimation]\n", r'ial = \["where"', 'ial = ["wher"', ("“essential”", "“wher”", "“where”")
    ),
    "cap": Slip("[estimation]\n", "stance =", "stanse =", ("“stanse”", "“stance”")),
    "kind": Slip(WHAT, '"many"', '"mani"', ("“kind”", "“mani”", "“many”")),
    "screen": Slip(CALLED, '"last"', '"lst"', ("“screen”", "“lst”", "“last”")),
    "read": Slip(block("source", "book"), '"read"', '"reed"', ("“read”", "“reed”")),
    "verdict": Slip(block("verdict", "clear"), '"clear"', '"cleer"', ("“cleer”", "“clear”")),
    "situation-question": Slip(
        block("flag", "both_ways"), "where =", "wher =", ("“wher”", "“where”")
    ),
    "situation-option": Slip(block("flag", "both_ways"), '"here"', '"her"', ("“her”", "“here”")),
    "situation-primary": Slip(block("flag", "misnamed"), '"far"', '"farr"', ("“farr”", "“far”")),
    "contradiction-question": Slip(
        "[[contradiction]]\n", '"where"', '"wheer"', ("“wheer”", "“where”")
    ),
    "implausible": Slip("[[implausible]]\n", '"near"', '"neer"', ("“neer”",)),
    "placeholder": Slip("[wording]\n", "{number}", "{nummber}", ("{nummber}", "“number”")),
    # What is missing or left empty
    "missing": Slip(NEAR, 'reading = ".*"\n', "", ("relationship “near”", "“reading”")),
    "missing-talk": Slip(
        "[question.talk]\n", 'ask = ".*"\n', "", ("question “where”, talk", "“ask”")
    ),
    "missing-weights": Slip(WARM, "weights = .*\n", "", ("option “warm”", "“weights”")),
    "missing-wording": Slip("[wording]\n", 'back_button = ".*"\n', "", ("“back_button”",)),
    "empty": Slip(NEAR, 'reading = ".*"\n', 'reading = ""\n', ("relationship “near”", "“reading”")),
    "empty-list": Slip(NEAR, 'mirror = ."far".', "mirror = []", ("“mirror”",)),
    # What has the wrong form
    "type": Slip(WARM, r"= -?\d+", '= "two"', ("option “warm”",)),
    "id": Slip(NEAR, '"near"', '"Near!"', ("“id”",)),
    "not-sure": Slip(WARM, '"warm"', '"not_sure"', ("“not_sure”",)),
    "brace": Slip(
        "[wording]\n",
        'question_number {number}"',
        'question_number {number"',
        ("“question_number”",),
    ),
}


PACKAGED: Final = PACKAGED_MODEL.read_text(encoding="utf-8")


class TestPackagedModel:
    """Rule: the packaged model loads, whatever its form."""

    def test_it_loads(self) -> None:
        """Without it there is no quiz."""
        assert load_model() == MODEL

    def test_as_json_it_is_the_same_model(self) -> None:
        """The browser gets JSON and must say what the file says."""
        raw = tomllib.loads(PACKAGED)
        assert parse_model(json.dumps(raw)) == MODEL

    def test_a_json_file_loads_too(self, tmp_path: Path) -> None:
        """Programs write JSON more easily than TOML."""
        path = tmp_path / "model.json"
        path.write_text(json.dumps(small_raw()), encoding="utf-8")
        assert load_model(path) == SMALL

    def test_windows_line_endings_do_not_matter(self, tmp_path: Path) -> None:
        """People edit it on every system."""
        path = tmp_path / "model.toml"
        path.write_bytes(PACKAGED.replace("\n", "\r\n").encode())
        assert load_model(path) == MODEL

    def test_it_keeps_the_order_of_the_file(self) -> None:
        """The author decides what comes first."""
        raw = tomllib.loads(PACKAGED)
        assert list(MODEL.relationships) == [row["id"] for row in raw["relationship"]]
        assert list(MODEL.questions) == [row["id"] for row in raw["question"]]

    def test_each_option_has_a_bit_of_its_own(self) -> None:
        """Rules are matched against them."""
        questions = (*MODEL.questions.values(), *MODEL.context.values())
        bits = [option.bit for question in questions for option in question.options.values()]
        assert all(bit.bit_count() == 1 for bit in bits)
        assert len(set(bits)) == len(bits)


class TestSlips:
    """Rule: a slip is refused with its line, its name and the nearest right one."""

    @pytest.mark.parametrize("name", SLIPS)
    def test_the_message_names_place_fault_and_nearest_name(self, name: str) -> None:
        """Whoever made it can mend it at once."""
        text, line = SLIPS[name].make()
        found = problems(text)
        place = f"model.toml:{line}: "
        assert any(
            problem.startswith(place) and all(word in problem for word in SLIPS[name].says)
            for problem in found
        ), found

    def test_an_unknown_key_at_the_top_is_named(self) -> None:
        """A misspelt block would otherwise vanish with all it says."""
        found = problems(TEXT.replace("[[flag]]", "[[flga]]"))
        assert any("“flga”" in problem and "“flag”" in problem for problem in found)

    @pytest.mark.parametrize(
        ("kind", "name"),
        [
            ("relationship", "near"),
            ("question", "what"),
            ("context", "called"),
            ("verdict", "clear"),
            ("flag", "few"),
            ("dispute", "near_or_far"),
            ("contradiction", "here_and_give"),
            ("toward", "closer"),
            ("source", "book"),
        ],
    )
    def test_a_block_that_is_there_twice_is_named(self, kind: str, name: str) -> None:
        """Two people may add the same thing; the second is the one to look at."""
        start = TEXT.index(block(kind, name))
        end = re.compile(r"^(#|\[\[(?!\w+\.option))", re.MULTILINE).search(TEXT, start + 2)
        assert end is not None
        copied = f"{TEXT.rstrip()}\n\n{TEXT[start : end.start()].rstrip()}\n"
        line = copied.count("\n", 0, copied.rindex(block(kind, name))) + 1
        assert [problem.split(": ")[0] for problem in problems(copied)] == [f"model.toml:{line}"]
        assert f"“{name}”" in problems(copied)[0]

    def test_a_question_and_a_context_question_share_no_id(self) -> None:
        """An answer would not know which it belongs to."""
        raw = small_raw()
        raw["context"][0]["id"] = "where"
        assert "“where”" in faults(raw)

    def test_a_question_becomes_one_of_the_same_kind(self) -> None:
        """One answer cannot become several, nor a choice a text."""
        raw = small_raw()
        raw["question"][0]["becomes"] = "what"
        assert "question “where”: “becomes” must name a question of the same kind" in faults(raw)

    def test_a_question_becomes_one_that_there_is(self) -> None:
        """The nearest name helps."""
        raw = small_raw()
        raw["question"][0]["becomes"] = "wheer"
        assert "Did you mean “where”?" in faults(raw)

    def test_an_option_becomes_one_of_that_question(self) -> None:
        """Else the answer of the other side would be lost."""
        raw = small_raw()
        raw["question"][0]["option"][0]["becomes"] = "thre"
        assert "option “here”: “becomes” names “thre”" in faults(raw)
        assert "Did you mean “there”?" in faults(raw)

    def test_an_answer_that_becomes_nothing_needs_a_reason(self) -> None:
        """The reader is told it."""
        raw = small_raw()
        del raw["question"][0]["option"][0]["becomes"], raw["question"][0]["becomes_note"]
        assert "“becomes_note” must say why" in faults(raw)

    def test_all_faults_are_told_at_once(self) -> None:
        """One run shows everything there is to mend."""
        text = TEXT.replace("holds_within", "hold_within").replace("[[flag]]", "[[flga]]")
        assert len(problems(text)) >= 4

    def test_the_order_of_the_faults_is_that_of_the_file(self) -> None:
        """Unknown keys are told in the order in which one finds them, the same every time."""
        raw = small_raw()
        names = [f"unknown{number}" for number in range(20)]
        raw["relationship"][0].update(dict.fromkeys(names, "x"))
        assert re.findall(r"“(unknown\d+)”", faults(raw)) == names

    def test_a_fault_inside_a_line_is_placed_at_its_block(self) -> None:
        """A list of tables in one line has no line of its own for each."""
        raw = small_raw()
        raw["relationship"][0]["near_misses"][0]["text"] = ""
        assert "relationship “near”, near miss 1" in faults(raw)

    def test_a_text_across_several_lines_does_not_shift_the_places(self) -> None:
        """Long texts may be written in several lines."""
        long = 'reading = """\nfirst\n\nlast"""\n'
        start = TEXT.index(NEAR)
        text = TEXT[:start] + re.sub('reading = ".*"\n', long, TEXT[start:], count=1)
        text = text.replace(WHAT, f'{WHAT}wy = "x"\n')
        line = text.count("\n", 0, text.index(WHAT)) + 1
        assert any(problem.startswith(f"model.toml:{line}: ") for problem in problems(text))

    def test_without_a_near_name_none_is_offered(self) -> None:
        """A wild guess would lead astray."""
        assert nearest("xyz", ["partner"]) == ""


class TestFiles:
    """Rule: a file that cannot be read is refused with its name and the reason."""

    def test_a_missing_file(self, tmp_path: Path) -> None:
        """A slip in a path is the commonest fault of all."""
        path = tmp_path / "gone.toml"
        with pytest.raises(ModelError, match=re.escape(str(path))):
            load_model(path)

    def test_a_folder(self, tmp_path: Path) -> None:
        """It exists and is no file."""
        with pytest.raises(ModelError, match=re.escape(str(tmp_path))):
            load_model(tmp_path)

    def test_a_file_that_is_not_utf_8(self, tmp_path: Path) -> None:
        """Some editors still save in other encodings."""
        path = tmp_path / "model.toml"
        path.write_bytes("language = 'é'".encode("latin-1"))
        with pytest.raises(ModelError, match="UTF-8"):
            load_model(path)

    def test_broken_toml_is_placed(self) -> None:
        """A quotation mark is easily lost."""
        text = TEXT.replace('name = "The near"', 'name = "The near')
        line = text.count("\n", 0, text.index('name = "The near')) + 1
        (problem,) = problems(text)
        assert problem.startswith("model.toml")
        assert f"line {line}" in problem

    def test_a_key_twice_in_toml_is_refused(self) -> None:
        """Neither of the two is the right one."""
        (problem,) = problems(TEXT.replace("format = 1\n", "format = 1\nformat = 1\n"))
        assert "line" in problem

    def test_a_key_twice_in_json_is_refused(self) -> None:
        """JSON would silently take the last one."""
        text = json.dumps(small_raw()).replace('"format": 1', '"format": 1, "format": 1')
        assert any("format" in problem for problem in problems(text, toml=False))

    @pytest.mark.parametrize("text", ["", "{", "[1,", "\ufeff{}", '{"format": 1} x', "9" * 5000])
    def test_broken_json_is_refused(self, text: str) -> None:
        """The message names the file."""
        (problem,) = problems(text, toml=False)
        assert problem.startswith("model.toml")

    @pytest.mark.parametrize("toml", [True, False])
    def test_a_file_that_is_nested_too_deep_is_refused(self, *, toml: bool) -> None:
        """Nothing that a file holds may end in a traceback."""
        text = ("x = " if toml else "") + "[" * 100_000 + "]" * 100_000
        assert len(problems(text, toml=toml)) == 1

    @pytest.mark.parametrize("raw", [None, [], "x", 7, True, {}])
    def test_what_is_no_model_at_all_is_refused(self, raw: object) -> None:
        """A file of some other kind may have the right name."""
        assert faults(raw)

    @pytest.mark.parametrize("version", [0, 2, "1", 1.0, True, None])
    def test_another_format_is_refused(self, version: object) -> None:
        """A later package may read it; this one would misread it."""
        assert "“format”" in faults({**small_raw(), "format": version})


WRONG: Final[tuple[object, ...]] = (
    *(None, True, 7, -1.5, float("nan")),
    *("", "text", [], ["text"], {}, {"text": "text"}),
)
"""A value of each type that a file can hold, and the empty ones."""
OPTIONAL: Final = {
    *("context.hint", "relationship.caution", "question.option.exclusive"),
    *("context.option.advice", "implausible", "estimation.caps.*", "question.option.weights.*"),
    *("question.option.weights_note", "question.becomes_note"),
    *("question.mirrored_why", "context.mirrored_hint"),
    *("question.mirrored", "question.mirrored_short", "question.option.mirrored"),
    *("context.mirrored", "context.mirrored_short", "context.option.mirrored"),
    "question.option.becomes",
}
"""What may be left out."""
LINES: Final = {f"{kind}.when.*" for kind in ("flag", "dispute", "contradiction")}
"""The lines of a situation: one of several may be left out."""


class TestEveryPlace:
    """Rule: nothing wrong gets through, wherever it stands."""

    def test_the_small_model_has_every_key_that_the_packaged_one_has(self) -> None:
        """What is tried out on the small one then holds for the other."""
        packaged = {level(path) for path in paths(tomllib.loads(TEXT))}
        assert packaged <= EVERYTHING.keys()

    @pytest.mark.parametrize("name", TEXTS)
    def test_an_empty_text_is_refused(self, name: str) -> None:
        """A heading or a button without a word is of no use to anybody."""
        for path in TEXTS[name]:
            assert faults(put(path, ""))
            assert faults(put(path, " \n\t"))

    @pytest.mark.parametrize("name", EVERYTHING)
    def test_a_wrong_type_is_refused(self, name: str) -> None:
        """The message comes from the loader, and not as a traceback from somewhere else."""
        for path in EVERYTHING[name]:
            right = type(value_at(small_raw(), path))
            for wrong in WRONG:
                assert type(wrong) is right or faults(put(path, wrong))

    @pytest.mark.parametrize("name", sorted(KEYS.keys() - OPTIONAL - LINES))
    def test_a_missing_key_is_refused(self, name: str) -> None:
        """Whatever the quiz shows must be there."""
        for path in KEYS[name]:
            assert faults(remove(path))

    @pytest.mark.parametrize("name", sorted(OPTIONAL))
    def test_an_optional_key_may_be_missing(self, name: str) -> None:
        """Nobody has to write what says nothing."""
        for path in KEYS[name]:
            build_model(remove(path))

    @pytest.mark.parametrize("name", TABLES)
    def test_an_unknown_key_is_refused(self, name: str) -> None:
        """Nothing that somebody wrote is ignored in silence."""
        for path in TABLES[name]:
            assert "“zzz”" in faults(put((*path, "zzz"), ["zzz"]))

    def test_a_situation_without_a_condition_is_refused(self) -> None:
        """It would always apply."""
        assert "situation 1" in faults(put(("flag", 0, "when", 0), {}))

    @given(st.sampled_from(list(paths(small_raw()))), json_values())
    def test_nothing_but_a_model_error_is_ever_raised(self, path: Path_, value: object) -> None:
        """No file, however broken, ends in a traceback."""
        with contextlib.suppress(ModelError):
            build_model(put(path, value))


class TestLimits:
    """Rule: a figure that makes no sense is refused."""

    @pytest.mark.parametrize(
        "figure",
        [
            *("clear_share", "leaning_share", "two_readings_share", "minimum_answers"),
            *("holds_points", "holds_within"),
        ],
    )
    def test_a_threshold_below_nought_is_refused(self, figure: str) -> None:
        """It can only be a slip."""
        assert f"“{figure}”" in faults(put(("estimation", figure), -1))

    @pytest.mark.parametrize("figure", ["assurance", "patience", "assurance_after"])
    def test_nobody_asks_for_less_than_no_assurance(self, figure: str) -> None:
        """As above."""
        assert f"“{figure}”" in faults(put(("asking", figure), -1))

    @pytest.mark.parametrize("common", [-5, 0, 1001])
    def test_an_option_is_as_common_as_something_can_be(self, common: int) -> None:
        """One that nobody chooses need not be there; the quiz could not reckon with it."""
        assert "“common”" in faults(put(("question", 1, "option", 0, "common"), common))

    @pytest.mark.parametrize("months", [0, -3])
    def test_a_day_to_look_again_lies_ahead(self, months: int) -> None:
        """Today is too soon."""
        assert "“review_months”" in faults(put(("toward", 0, "review_months"), months))

    @pytest.mark.parametrize("count", [0, 1, 11, 13])
    def test_a_year_has_twelve_months(self, count: int) -> None:
        """Another number would give wrong dates, or none."""
        assert "“months”" in faults(put(("months",), ["month"] * count))

    def test_a_way_on_is_an_option_of_what_is_asked_about_it(self) -> None:
        """Else nobody could ever choose it."""
        assert "“apart”" in faults(remove(("context", 4, "option", 1)))

    def test_without_that_question_there_is_no_way_on(self) -> None:
        """As above."""
        assert "toward “closer”" in faults(remove(("context", 4)))

    def test_a_cap_below_nought_is_refused(self) -> None:
        """It can only be a slip."""
        raw = small_raw()
        raw["estimation"]["caps"]["stance"] = -1
        assert "“stance”" in faults(raw)

    @pytest.mark.parametrize("share", ["clear_share", "leaning_share", "two_readings_share"])
    def test_a_share_of_more_than_all_is_refused(self, share: str) -> None:
        """No reading would ever be that sure."""
        assert f"“{share}”" in faults(put(("estimation", share), 1001))

    def test_more_answers_than_questions_are_not_asked_for(self) -> None:
        """There would never be enough to say."""
        assert "“minimum_answers”" in faults(put(("estimation", "minimum_answers"), 6))

    @pytest.mark.parametrize(
        "k", [[], [1], [1, 2, 3], [0, 1], [1, 0], [-1, 2], [1.0, 2], [True, 1], [1, 10**9]]
    )
    def test_k_is_a_fraction_above_nought(self, k: list[object]) -> None:
        """Anything else would turn the shares round, divide by nought or take for ever."""
        raw = small_raw()
        raw["estimation"]["k"] = k
        assert "“k”" in faults(raw)

    def test_a_condition_on_few_answers_starts_at_one(self) -> None:
        """Fewer than none is never."""
        raw = small_raw()
        raw["flag"][1]["when"] = [{"fewer_answers_than": 0}]
        assert "“fewer_answers_than”" in faults(raw)

    @pytest.mark.parametrize("names", [["near"], ["near", "far", "else"], ["near", "near"]])
    def test_a_pair_is_of_two(self, names: list[str]) -> None:
        """One alone or three at once are something else."""
        raw = small_raw()
        raw["implausible"][0]["relationships"] = names
        assert "“relationships”" in faults(raw)

    @pytest.mark.parametrize("verdict", range(len(VERDICTS)))
    def test_no_verdict_may_be_missing(self, verdict: int) -> None:
        """Each can come out."""
        raw = small_raw()
        del raw["verdict"][verdict]
        assert f"“{VERDICTS[verdict]}”" in faults(raw)

    def test_a_name_twice_in_a_list_is_refused(self) -> None:
        """The second one does nothing, so another was meant."""
        assert "“where”" in faults(put(("estimation", "essential"), ["where", "how", "where"]))

    @pytest.mark.parametrize("name", ["1st", "Über", "a b", "-a", "a.b", "A", "ä", "a\n"])
    def test_an_id_is_plain_ascii(self, name: str) -> None:
        """It stands in addresses, in HTML and in files of every system."""
        raw = small_raw()
        raw["flag"][0]["id"] = name
        assert "“id”" in faults(raw)

    @pytest.mark.parametrize("kind", ["question", "context"])
    @pytest.mark.parametrize(
        "name", ["last", "result", "primary", "fewer_answers_than", "cx-screen", "cx-action"]
    )
    def test_a_question_is_not_called_like_a_part_of_the_quiz(self, kind: str, name: str) -> None:
        """The quiz would take its answer for something else, and ask it for ever."""
        raw = small_raw()
        raw["question"][4]["id"] = name
        raw["context"].append({**raw["context"][1], "id": "spare"})
        raw["context"][-1]["id"] = name if kind == "context" else "spare"
        raw["question"][4]["id"] = name if kind == "question" else "rest"
        assert f"“{name}”" in faults(raw)

    @pytest.mark.parametrize("name", ["hint", "error"])
    def test_an_option_is_not_called_like_a_part_of_its_question(self, name: str) -> None:
        """Two elements of the page would have the same id."""
        assert f"“{name}”" in faults(put(("question", 4, "option", 0, "id"), name))

    def test_there_are_two_relationships_at_least(self) -> None:
        """Everything is told from a runner-up."""
        raw = small_raw()
        raw["relationship"] = [{**raw["relationship"][0], "mirror": ["near"]}]
        raw["relationship"][0]["near_misses"] = [{"text": "x", "relationship": "near"}]
        for question in raw["question"]:
            for option in question["option"]:
                option["weights"] = {}
        raw["flag"] = raw["flag"][1:]
        del raw["implausible"]
        assert "relationship" in faults(raw)

    def test_the_first_screen_asks_for_texts_alone(self) -> None:
        """It stands above a question already, and has no room for another choice."""
        assert "context “called”" in faults(put(("context", 2, "screen"), "first"))

    def test_the_last_screen_takes_one_choice_or_a_text(self) -> None:
        """Its lists hold one choice; a second one would get lost."""
        assert "“kind”" in faults(put(("context", 2, "kind"), "many"))

    def test_a_text_question_has_no_options(self) -> None:
        """Nobody could choose them."""
        raw = small_raw()
        raw["context"][0]["option"] = raw["context"][2]["option"]
        assert "“option”" in faults(raw)

    def test_a_text_question_has_no_talk(self) -> None:
        """Two texts are compared by nobody, so there is nothing to talk over."""
        raw = small_raw()
        raw["context"][0]["talk"] = raw["context"][2]["talk"]
        assert "context “name”: “talk” is not known here" in faults(raw)

    def test_a_scored_question_takes_no_text(self) -> None:
        """A text has no weights."""
        raw = small_raw()
        raw["question"][0]["kind"] = "text"
        assert "“text”" in faults(raw)

    def test_a_situation_cannot_name_a_text_question(self) -> None:
        """No rule can know what somebody will type."""
        raw = small_raw()
        raw["flag"][0]["when"] = [{"name": ["Ada"]}]
        assert "“Ada”" in faults(raw)

    def test_a_context_question_has_no_weights(self) -> None:
        """What people call each other never moves a point."""
        raw = small_raw()
        raw["context"][2]["option"][0]["weights"] = {"near": 1}
        assert "“weights”" in faults(raw)


PLACEHOLDERS: Final = sorted(key for key, names in WORDING.items() if names)


class TestWording:
    """Rule: wording may use the placeholders that the quiz fills, and nothing else."""

    @pytest.mark.parametrize("key", PLACEHOLDERS)
    def test_its_placeholders_are_filled(self, key: str) -> None:
        """Translators may use them in any order, or twice."""
        raw = small_raw()
        names = sorted(WORDING[key], reverse=True)
        raw["wording"][key] = "".join(f"{{{name}}}" for name in (*names, *names))
        values = {name: f"<{name}>" for name in names}
        assert build_model(raw).say(key, **values) == "".join(values.values()) * 2

    @pytest.mark.parametrize(
        "field", ["{}", "{0}", "{nobody}", "{number.real}", "{number[0]}", "{", "}"]
    )
    def test_any_other_is_refused(self, field: str) -> None:
        """The reader would see an error, or a brace."""
        for key in WORDING:
            assert f"“{key}”" in faults(put(("wording", key), f"text {field}"))

    @pytest.mark.parametrize(
        "field", ["{number:d}", "{number!x}", "{number:{width}}", "{number:>9}"]
    )
    def test_a_placeholder_carries_no_format(self, field: str) -> None:
        """It would break the quiz at the moment when the sentence is shown."""
        raw = small_raw()
        raw["wording"]["question_number"] = f"text {field}"
        assert "“question_number”" in faults(raw)

    @pytest.mark.parametrize("key", ["quiz_title", "question_number"])
    def test_a_doubled_brace_is_shown_as_one(self, key: str) -> None:
        """The loader tells people to write it so."""
        raw = small_raw()
        raw["wording"][key] = "{{x}}"
        values = dict.fromkeys(WORDING[key], 1)
        assert build_model(raw).say(key, **values) == "{x}"

    @pytest.mark.parametrize("value", ["{0}", "{number}", "{number.__class__}", "{{", "%s"])
    def test_a_value_with_braces_is_shown_as_it_is(self, value: str) -> None:
        """Whatever a reader types is a text."""
        raw = small_raw()
        raw["wording"]["about_name"] = "<{name}>"
        assert build_model(raw).say("about_name", name=value) == f"<{value}>"

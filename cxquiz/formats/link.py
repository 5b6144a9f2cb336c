"""Sharing: answers to and from a short text for the fragment of a link.

The text consists of letters, digits and ``-``, so that it goes through mail and chat as it is::

    cx 1 m C hhhh aaa bbb ccc … -qqq hhh text

* ``cx``: what it is, and the version of this form, one digit.
* ``m`` or ``t``: whether it was answered in the sender's own words ("mine"), or to the
  mirrored questions of :mod:`cxquiz.comparison.mirror` ("theirs").
* ``C``: how many answers follow, so that a text that was cut can say how many are missing.
* ``hhhh``: a checksum over all the rest.
* ``aaa``, ``bbb``: one code for each chosen option, sorted (see :mod:`cxquiz.model.codes`).
* ``-``: a typed text: the code of its question, a checksum of its own and the text; only
  where the reader asks for it. The name of whoever answered goes the same way.

Why codes made from ids and not, for example, numbers in the model or places in the file?
Ids never change, so a link stays readable when questions or options are added, moved or
reworded, and nobody has to keep numbers that a slip would spoil. A site with a model of its
own reads the answers that it knows too, instead of taking another question for the one that
has the same number. And each code speaks for itself: from a text that was cut or damaged,
every code that is whole is saved. The price is length, and it is small: three characters an
answer, about 110 for all there are.

A version to come may add to the head and the end, but must keep head, checksum and codes;
:func:`from_text` then reads the codes. Where the checksum of another version does not hold,
nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cxquiz.classifier.answers import TEXT_LIMIT, AnswersError, parse_answer
from cxquiz.model.codes import ALPHABET, CODE_LENGTH, code, codes, digest, number_of, written
from cxquiz.model.text import one_line
from cxquiz.model.types import MINE, THEIRS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model, Side

VERSION: Final = "1"
"""The version of the form that :func:`to_text` writes."""

LONGEST: Final = 8000
"""What is longer than this, in characters, is no text of this form."""

_SIDES: Final[Mapping[Side, str]] = {MINE: "m", THEIRS: "t"}
_CHECK: Final = 4
_TEXT_CHECK: Final = 3
_TEXT: Final = CODE_LENGTH + _TEXT_CHECK
_MOST: Final = len(ALPHABET) - 1

# No question is called so.
_BY: Final = code("cx-by")

# A link of everything there is, in lines of twenty characters.
_MOST_PIECES: Final = 8

_BEGIN: Final = r"(?:\A|[^0-9A-Za-z])cx(?P<version>[0-9])(?P<rest>\S*)"
_WHOLE: Final = frozenset(ALPHABET + "-")


@dataclass(frozen=True, slots=True)
class Received:
    """What a text held.

    Attributes:
        answers: The answers that could be read, in the package's own form and the order of
            the model; empty where nothing could.
        side: :data:`MINE` or :data:`THEIRS`.
        problems: What could not be read, in sentences for the reader; empty where all could.
        by: The name of whoever answered; empty where it is not said.
    """

    answers: dict[str, tuple[str, ...]]
    side: Side
    problems: tuple[str, ...] = ()
    by: str = ""


def to_text(
    model: Model, answers: Answers, *, side: Side = MINE, texts: bool = False, by: str = ""
) -> str:
    """Write answers as a text for the fragment of a link.

    The same answers give the same text, in whatever order they or the questions are.

    Args:
        model: The model that the answers are for.
        answers: The answers in the package's own form.
        side: Who answered: :data:`MINE` or :data:`THEIRS`.
        texts: Whether to put in what was typed, such as names.
        by: The name of whoever answered; empty leaves it out.
    """
    chosen: list[str] = []
    typed: list[str] = []
    for question_id, options in answers.items():
        if model.question(question_id).kind != "text":
            chosen += [code(question_id, option) for option in options]
        elif texts and options:
            typed.append(_write_text(code(question_id), options[0]))
    if by:
        typed.append(_write_text(_BY, by))
    head = f"cx{VERSION}{_SIDES[side]}{written(min(len(chosen), _MOST))}"
    body = "".join([*sorted(chosen), *sorted(typed)])
    return f"{head}{digest(head + body, _CHECK)}{body}"


def is_signed(text: str) -> bool:
    """Say whether a text that :func:`to_text` wrote holds the name of whoever answered."""
    return f"-{_BY}" in text


def _write_text(name: str, text: str) -> str:
    text = one_line(text)
    raw, check = text.encode(), digest(name + text, _TEXT_CHECK)
    # A byte in front keeps the zeros that a text may begin with.
    letters = written(int.from_bytes(b"\1" + raw))
    return f"-{name}{check}{letters}"


def _read_text(part: str) -> str:
    """Return the text of a part that :func:`_write_text` wrote; of a damaged one, an empty one."""
    name, check, letters = part[:CODE_LENGTH], part[CODE_LENGTH:_TEXT], part[_TEXT:]
    try:
        number = number_of(letters)
        raw = number.to_bytes(number.bit_length() // 8 + 1).lstrip(b"\0")
        text = raw.removeprefix(b"\1").decode()
    except ValueError:  # no letter or digit, or no text
        return ""
    return text if digest(name + text, _TEXT_CHECK) == check else ""


def from_text(model: Model, text: str) -> Received:
    """Read answers from a link, a fragment or the bare text; never raises.

    Whatever fits the model is kept. What was cut off, damaged, written for another model or
    by a newer version is told in ``problems``.

    Args:
        model: The model to read the answers for.
        text: What was opened or pasted, white space and all.
    """
    import re  # few visits begin with a link, and this takes long to load

    found = re.search(_BEGIN, text[:LONGEST])
    if not found:
        return Received({}, MINE, (model.say("link_foreign"),))
    version, rest = found["version"], found["rest"]
    # Others put words, marks or parameters behind a link, or break it into lines.
    pieces = text[found.start("rest") : LONGEST].split()[:_MOST_PIECES]
    readings = [_run(rest), *(_run("".join(pieces[:many])) for many in range(2, len(pieces) + 1))]
    whole = next((reading for reading in readings if _is_sound(version, reading)), None)
    sound = whole is not None
    rest = rest if whole is None else whole
    side = next((side for side, sign in _SIDES.items() if sign == rest[:1]), MINE)
    if version != VERSION and not sound:
        return Received({}, side, (model.say("link_newer"),))
    reader = _Reader(model)
    if version != VERSION:
        reader.problems.append(model.say("link_newer"))
    elif not sound:
        reader.problems.append(model.say("link_damaged"))
    chosen, *typed = rest[2 + _CHECK :].split("-")
    # Where the head is damaged, its number may be anything.
    is_whole = sound or (rest[:1] in _SIDES.values() and len(_run(rest)) >= 2 + _CHECK)
    expected = ALPHABET.index(rest[1]) if is_whole and rest[1] in ALPHABET else 0
    reader.read_options(chosen, expected, sound=sound)
    for part in typed:
        reader.read_text(part)
    return Received(reader.in_order(), side, tuple(dict.fromkeys(reader.problems)), reader.by)


def _run(text: str) -> str:
    """Return the characters of this form that a text begins with."""
    end = next((at for at, char in enumerate(text) if char not in _WHOLE), len(text))
    return text[:end]


def _is_sound(version: str, rest: str) -> bool:
    head, check, body = f"cx{version}{rest[:2]}", rest[2 : 2 + _CHECK], rest[2 + _CHECK :]
    return digest(head + body, _CHECK) == check


class _Reader:
    """Collects the answers of one text, and what is wrong with it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.known = {
            name: pairs[0]
            for name, pairs in codes([*model.questions.values(), *model.context.values()]).items()
            if len(pairs) == 1
        }
        self.answers: dict[str, tuple[str, ...]] = {}
        self.problems: list[str] = []
        self.by = ""

    def read_options(self, chosen: str, expected: int, *, sound: bool) -> None:
        pairs = list(self._pairs(chosen, sound=sound))
        for question_id in dict.fromkeys(question_id for question_id, _ in pairs):
            question = self.model.question(question_id)
            options = [option for name, option in pairs if name == question_id]
            try:
                self.answers[question_id] = parse_answer(question, options)
            except AnswersError:  # two options where one is taken
                self.problems.append(self.model.say("link_conflict", question=question.short))
        lost = max(expected, len(chosen) // CODE_LENGTH if sound else 0) - len(pairs)
        if lost > 0:
            key = "link_unknown" if sound else "link_lost"
            self.problems.append(self.model.say(key, number=lost))

    def _pairs(self, chosen: str, *, sound: bool) -> Iterator[tuple[str, str]]:
        """Yield the questions and options of the codes that are known.

        In a damaged text characters may be missing or too many. So after a code that is not
        known the next one is looked for a character further on.
        """
        place = 0
        while place + CODE_LENGTH <= len(chosen):
            pair = self.known.get(chosen[place : place + CODE_LENGTH])
            if pair and pair[1]:
                yield pair
            place += CODE_LENGTH if sound or pair else 1

    def read_text(self, part: str) -> None:
        name = part[:CODE_LENGTH]
        if name == _BY:
            self.by = one_line(_read_text(part))[:TEXT_LIMIT]
            return
        question_id, option = self.known.get(name, ("", ""))
        if not question_id or option:
            self.problems.append(self.model.say("link_text_unknown"))
            return
        question = self.model.question(question_id)
        try:
            chosen = parse_answer(question, _read_text(part))
        except AnswersError:  # too long
            chosen = ()
        if chosen:
            self.answers[question_id] = chosen
        else:
            self.problems.append(self.model.say("link_text_lost", question=question.short))

    def in_order(self) -> dict[str, tuple[str, ...]]:
        """Return the answers in the order of the model."""
        names = [*self.model.questions, *self.model.context]
        return {name: self.answers[name] for name in names if name in self.answers}

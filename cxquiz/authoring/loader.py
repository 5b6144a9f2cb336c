"""Load a model and refuse a wrong one, naming the place, the fault and the nearest right name.

Nothing is ignored in silence: an unknown key, an id used twice, a weight for an unknown
relationship, an option without a weight table or a text left empty are all reported, and
all at once, so that one run shows everything there is to mend.
"""

from __future__ import annotations

import json
import re
from string import Formatter
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cxquiz.authoring.wording import WORDING
from cxquiz.classifier.expectation import option_chances
from cxquiz.classifier.scoring import WHOLE
from cxquiz.map.places import IN_MODEL
from cxquiz.model.codes import codes
from cxquiz.model.suggest import nearest
from cxquiz.model.types import (
    FORMAT,
    NOT_SURE,
    Asking,
    Estimation,
    ImplausiblePair,
    Mirrored,
    Model,
    NearMiss,
    Option,
    Question,
    Relationship,
    Rule,
    Situation,
    Source,
    Talk,
    Toward,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

_Item = TypeVar("_Item", Relationship, Question, Verdict, Rule, Toward, Source)

SCORED_KINDS: Final = ("one", "many")
CONTEXT_KINDS: Final = ("one", "text")
SCREENS: Final = ("first", "last")
VERDICTS: Final = ("clear", "leaning", "two_readings", "not_enough")
READ: Final = ("read", "second_hand", "general_knowledge")

# The question whose options are the ways that a relationship may go.
_CHANGING: Final = "changing"

_MONTHS: Final = 12

# The shares are exact roots of this degree; a larger one would take minutes.
_K_LIMIT: Final = 100

# Shares of readers, in hundredths; they need not add up.
_COMMON_LIMIT: Final = 1000

_RESERVED: Final = frozenset(
    {"primary", "fewer_answers_than", "last", "result", "cx-screen", "cx-action"}
)
"""Names with a meaning of their own in rules, sessions and forms: no question has them."""

_RESERVED_OPTIONS: Final = frozenset({NOT_SURE, "hint", "error"})
"""The same for options; ``hint`` and ``error`` are parts of a question on the page."""

_ID: Final = re.compile(r"[a-z][a-z0-9_-]*\Z")
_BLOCK: Final = re.compile(r"\s*\[\[?\s*([\w.]+)\s*\]\]?")


class ModelError(ValueError):
    """A model that cannot be used.

    Attributes:
        problems: One sentence a fault: where it is, what is wrong and what may be meant.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the problems; the exception's text is one a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def parse_model(text: str, *, name: str = "model", toml: bool = False) -> Model:
    """Build a model from the text of a JSON (or TOML) file called ``name``.

    Raises:
        ModelError: The text is not valid, or what it says cannot be used.
    """
    try:
        if toml:
            # Who has JSON must not pay for a TOML parser.
            import tomllib  # noqa: PLC0415

            raw = tomllib.loads(text)
        else:
            raw = json.loads(text, object_pairs_hook=_unique_keys)
    except (ValueError, RecursionError) as error:
        raise ModelError([f"{name}: {error}."]) from error
    return build_model(raw, name=name, lines=_block_lines(text) if toml else {})


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build a JSON object, refusing a key that is there twice, as TOML does by itself."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if [name for name, _ in pairs].count(key) > 1)
        message = f"the key “{twice}” is there twice in one object"
        raise ValueError(message)
    return found


def _block_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """Map the path of each table of a TOML text to the line where it begins.

    ``("question", 3, "option", 0)`` is the first option of the fourth question.
    """
    lines: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        found = _BLOCK.match(line)
        if not found:
            continue
        path: tuple[str | int, ...] = ()
        *parents, last = found[1].split(".")
        for part in parents:
            path = (*path, part, max(0, counts.get((*path, part), 1) - 1))
        path = (*path, last)
        if line.lstrip().startswith("[["):
            index = counts.get(path, 0)
            counts[path] = index + 1
            path = (*path, index)
        lines.setdefault(path, number)
    return lines


class _Report:
    """Collects the faults of one model, each with its place."""

    def __init__(self, name: str, lines: dict[tuple[str | int, ...], int]) -> None:
        self.name = name
        self.lines = lines
        self.problems: list[str] = []

    def add(self, path: tuple[str | int, ...], where: str, what: str) -> None:
        line = next(
            (self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), 0
        )
        place = f"{self.name}:{line}" if line else self.name
        self.problems.append(f"{place}: {where}: {what}" if where else f"{place}: {what}")


class _Table:
    """One table of the file, read key by key; what is not read is reported by ``close``."""

    def __init__(
        self, report: _Report, raw: object, path: tuple[str | int, ...] = (), where: str = ""
    ) -> None:
        self.report = report
        self.path = path
        self.where = where
        self.read: set[str] = set()
        if isinstance(raw, dict):
            self.raw: dict[str, Any] = raw
        else:
            self.raw = {}
            self.fault("this must be a table of keys and values.")

    def fault(self, what: str) -> None:
        self.report.add(self.path, self.where, what)

    def get(self, key: str, kind: type, what: str, default: Any = None) -> Any:  # noqa: ANN401 - as typed in the file
        self.read.add(key)
        if key not in self.raw:
            if default is None:
                self.fault(f"“{key}” is missing.{nearest(key, self.raw.keys() - self.read)}")
                return kind()
            return default
        value = self.raw[key]
        # In JSON and TOML true and false are no numbers; in Python they are.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(f"“{key}” must be {what}.")
            return kind()
        return value

    def integer(self, key: str, *, least: int = 0, most: int | None = None) -> int:
        value: int = self.get(key, int, "a whole number")
        if value < least:
            self.fault(f"“{key}” must be {least} or more.")
        if most is not None and value > most:
            self.fault(f"“{key}” must be {most} or less.")
        return value

    def fraction(self, key: str) -> tuple[int, int]:
        parts: list[object] = self.get(key, list, "two whole numbers, numerator and denominator")
        numbers = [part for part in parts if type(part) is int and 0 < part <= _K_LIMIT]
        if len(parts) != 2 or len(numbers) != 2:  # noqa: PLR2004 - a fraction has two parts
            self.fault(f"“{key}” must be two whole numbers from 1 to {_K_LIMIT}: a fraction.")
            return 1, 1
        return numbers[0], numbers[1]

    def flag(self, key: str) -> bool:
        value: bool = self.get(key, bool, "true or false", default=False)
        return value

    def text(self, key: str, *, optional: bool = False) -> str:
        value: str = self.get(key, str, "a text in quotes", default="" if optional else None)
        if key in self.raw and isinstance(self.raw[key], str) and not value.strip():
            self.fault(
                f"“{key}” is empty. Write the text, or take the line out where it is optional."
            )
        return value

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        values: list[object] = self.get(
            key, list, "a list of texts", default=[] if optional else None
        )
        if key in self.raw and isinstance(self.raw[key], list) and not values:
            self.fault(f"“{key}” is empty.")
        good = tuple(value for value in values if isinstance(value, str) and value.strip())
        if len(good) < len(values):
            self.fault(f"“{key}” must hold texts in quotes, none of them empty.")
        return good

    def choice(self, key: str, known: Collection[str]) -> str:
        value = self.text(key)
        if value and value not in known:
            self.unknown(key, value, known)
        return value

    def names(self, key: str, known: Collection[str], *, optional: bool = False) -> tuple[str, ...]:
        values = self.texts(key, optional=optional)
        for value in values:
            if value not in known:
                self.unknown(key, value, known)
        for value in sorted({value for value in values if values.count(value) > 1}):
            self.fault(f"“{key}” names “{value}” twice.")
        return values

    def unknown(self, key: str, value: str, known: Iterable[str]) -> None:
        self.fault(f"“{key}” names “{value}”, which does not exist.{nearest(value, known)}")

    def identifier(self) -> str:
        value = self.text("id")
        if value and not _ID.match(value):
            self.fault("“id” must be lower-case letters, digits, “_” or “-”, with a letter first.")
        return value

    def tables(self, key: str, kind: str, *, optional: bool = False) -> Iterator[_Table]:
        rows: list[object] = self.get(
            key, list, "a list of tables", default=[] if optional else None
        )
        if not rows and not optional:
            self.fault(f"there must be at least one “{key}”.")
        for index, row in enumerate(rows):
            row_id = row.get("id") if isinstance(row, dict) else None
            name = f"{kind} “{row_id}”" if isinstance(row_id, str) else f"{kind} {index + 1}"
            where = f"{self.where}, {name}" if self.where else name
            table = _Table(self.report, row, (*self.path, key, index), where)
            yield table

    def sub(self, key: str, *, optional: bool = False) -> _Table:
        raw = self.get(key, dict, "a table", default={} if optional else None)
        return _Table(
            self.report, raw, (*self.path, key), f"{self.where}, {key}".removeprefix(", ")
        )

    def close(self) -> None:
        for key in [key for key in self.raw if key not in self.read]:
            self.fault(f"“{key}” is not known here.{nearest(key, self.read)}")


def build_model(
    raw: object, *, name: str = "model", lines: dict[tuple[str | int, ...], int] | None = None
) -> Model:
    """Build a model from parsed data.

    Args:
        raw: What the file says, as dictionaries, lists, texts and numbers.
        name: What to call the file in an error.
        lines: Where each table begins, if known.

    Raises:
        ModelError: It cannot be used; every fault is named.
    """
    report = _Report(name, lines or {})
    builder = _Builder(_Table(report, raw))
    model = builder.build()
    if report.problems:
        raise ModelError(report.problems)
    return model


class _Builder:
    """Turns the tables into a model, in the order in which they refer to each other."""

    def __init__(self, top: _Table) -> None:
        self.top = top
        self.bits = 0
        # Ids that others refer to are collected first, so that a reference can point forward.
        self.sources = self._ids("source")
        self.relationships = self._ids("relationship")
        self.questions = self._ids("question")
        self.context = self._ids("context")
        self.estimation = top.sub("estimation")
        self.k = self.estimation.fraction("k")

    def _ids(self, key: str) -> tuple[str, ...]:
        rows = self.top.raw.get(key)
        rows = rows if isinstance(rows, list) else []
        return tuple(str(row["id"]) for row in rows if isinstance(row, dict) and "id" in row)

    def build(self) -> Model:
        top = self.top
        if top.integer("format") != FORMAT:
            top.fault(f"“format” must be {FORMAT}; this package reads no other.")
        language = top.text("language")
        months = top.texts("months")
        if len(months) != _MONTHS:
            top.fault("“months” must name twelve.")
        relationships = self._unique("relationship", self._relationship)
        if len(relationships) < 2:  # noqa: PLR2004 - a reading is one against the next best
            top.fault("there must be at least two of “relationship”.")
        questions = self._unique("question", lambda table: self._question(table, scored=True))
        context = self._unique("context", lambda table: self._question(table, scored=False))
        for question_id in sorted(questions.keys() & context.keys()):
            top.fault(f"the id “{question_id}” is used by a question and by a context question.")
        self.options = {**questions, **context}
        self._check_becoming("question", questions)
        self._check_becoming("context", context)
        for pairs in codes(self.options.values()).values():
            if len(pairs) > 1:
                same = " and ".join("=".join(pair).rstrip("=") for pair in pairs)
                top.fault(f"{same} have the same code in links. Take another id for the newer one.")
        estimation = self._estimation(self.estimation, questions)
        verdicts = self._unique("verdict", self._verdict)
        for missing in [verdict for verdict in VERDICTS if verdict not in verdicts]:
            top.fault(f"the verdict “{missing}” is missing.")
        model = Model(
            language=language,
            months=months,
            estimation=estimation,
            asking=self._asking(top.sub("asking")),
            relationships=relationships,
            questions=questions,
            context=context,
            verdicts=verdicts,
            flags=tuple(self._unique("flag", self._rule).values()),
            disputes=tuple(self._unique("dispute", self._rule).values()),
            contradictions=tuple(self._unique("contradiction", self._contradiction).values()),
            implausible=tuple(
                self._implausible(table)
                for table in top.tables("implausible", "implausible pair", optional=True)
            ),
            toward=tuple(self._unique("toward", self._toward).values()),
            sources=self._unique("source", self._source),
            wording=self._wording(top.sub("wording")),
        )
        top.close()
        return model

    def _unique(self, key: str, build: Callable[[_Table], _Item]) -> dict[str, _Item]:
        found: dict[str, _Item] = {}
        for table in self.top.tables(key, key):
            item = build(table)
            table.close()
            if item.id in found:
                table.fault(f"the id “{item.id}” is used twice.")
            found[item.id] = item
        return found

    def _relationship(self, table: _Table) -> Relationship:
        return Relationship(
            id=table.identifier(),
            name=table.text("name"),
            reading=table.text("reading"),
            short=table.text("short"),
            definition=table.text("definition"),
            criteria=table.texts("criteria"),
            near_misses=tuple(self._near_misses(table)),
            next_steps=table.texts("next_steps"),
            caution=table.text("caution", optional=True),
            words=table.text("words"),
            place=table.choice("place", IN_MODEL),
            mirror=table.names("mirror", self.relationships),
            mirror_text=table.text("mirror_text"),
            ask_them=table.text("ask_them"),
            page=table.text("page"),
            sources=table.names("sources", self.sources),
        )

    def _near_misses(self, table: _Table) -> Iterator[NearMiss]:
        for row in table.tables("near_misses", "near miss"):
            near_miss = NearMiss(row.text("text"), row.choice("relationship", self.relationships))
            row.close()
            yield near_miss

    def _question(self, table: _Table, *, scored: bool) -> Question:
        kind = table.choice("kind", SCORED_KINDS if scored else CONTEXT_KINDS)
        screen = "" if scored else table.choice("screen", SCREENS)
        if screen == "first" and kind != "text":
            table.fault("the first screen holds a scored question already; it asks texts alone.")
        options: dict[str, Option] = {}
        common: dict[str, int] = {}
        for row in table.tables("option", "option") if kind != "text" else ():
            option = self._option(row, scored=scored)
            if scored:
                # A wrong one is reported; what is left must still be fit to reckon with.
                common[option.id] = max(1, row.integer("common", least=1, most=_COMMON_LIMIT))
            row.close()
            if option.id in options:
                row.fault(f"the id “{option.id}” is used twice in this question.")
            options[option.id] = option
        question_id = table.identifier()
        if question_id in _RESERVED:
            table.fault(f"“{question_id}” has a meaning of its own and cannot be a question's id.")
        short, text = table.text("short"), table.text("text")
        hint = table.text("why") if scored else table.text("hint", optional=True)
        return Question(
            id=question_id,
            short=short,
            text=text,
            hint=hint,
            family=table.text("family") if scored else "",
            kind=kind,
            screen=screen,
            page=table.text("page") if scored else "",
            sources=table.names("sources", self.sources),
            options=options,
            chances=option_chances(
                self.k, tuple(common.values()), [option.weights for option in options.values()]
            ),
            mirrored=Mirrored(
                text=table.text("mirrored", optional=True) or text,
                short=table.text("mirrored_short", optional=True) or short,
                hint=table.text("mirrored_why" if scored else "mirrored_hint", optional=True)
                or hint,
            ),
            becomes=table.text("becomes", optional=True),
            becomes_note=table.text("becomes_note", optional=True),
            talk=None if kind == "text" else self._talk(table.sub("talk")),
        )

    def _talk(self, table: _Table) -> Talk:
        talk = Talk(mean=table.text("mean"), ask=table.text("ask"), agree=table.text("agree"))
        table.close()
        return talk

    def _option(self, table: _Table, *, scored: bool) -> Option:
        option_id = table.identifier()
        if option_id in _RESERVED_OPTIONS:
            table.fault(f"“{option_id}” has a meaning of its own and cannot be an option's id.")
        weights = self._weights(table.sub("weights")) if scored else ()
        text = table.text("text")
        option = Option(
            id=option_id,
            text=text,
            supposing=table.text("supposing") if scored else "",
            exclusive=table.flag("exclusive"),
            weights=weights,
            weights_note=table.text("weights_note", optional=True) if scored else "",
            advice="" if scored else table.text("advice", optional=True),
            bit=1 << self.bits,
            mirrored=table.text("mirrored", optional=True) or text,
            becomes=table.text("becomes", optional=True),
        )
        self.bits += 1
        return option

    def _check_becoming(self, key: str, questions: dict[str, Question]) -> None:
        """See that each answer becomes one that there is, or that it is said why not."""
        for place, question in enumerate(questions.values()):

            def fault(
                what: str, *, path: tuple[str | int, ...] = (key, place), name: str = question.id
            ) -> None:
                self.top.report.add(path, f"{key} “{name}”", what)

            other = questions.get(question.becomes)
            if question.becomes and (other is None or other.kind != question.kind):
                fault(
                    f"“becomes” must name a question of the same kind, not “{question.becomes}”."
                    f"{nearest(question.becomes, questions)}"
                )
                continue
            known = other.options if other else {}
            for option in question.options.values():
                if option.becomes and option.becomes not in known:
                    fault(
                        f"option “{option.id}”: “becomes” names “{option.becomes}”, which does "
                        f"not exist there.{nearest(option.becomes, known)}"
                    )
            lost = other is None or not all(item.becomes for item in question.options.values())
            if lost and not question.becomes_note:
                fault("“becomes_note” must say why an answer becomes nothing.")

    def _weights(self, table: _Table) -> tuple[int, ...]:
        for name in table.raw:
            if name not in self.relationships:
                table.read.add(name)
                table.fault(
                    f"a weight for “{name}”, which is no relationship."
                    f"{nearest(name, self.relationships)}"
                )
        return tuple(
            table.get(name, int, "a whole number") if name in table.raw else 0
            for name in self.relationships
        )

    def _estimation(self, table: _Table, questions: dict[str, Question]) -> Estimation:
        families = {question.family for question in questions.values()}
        caps = table.sub("caps")
        for family in caps.raw:
            if family not in families:
                caps.read.add(family)
                caps.fault(f"there is no family “{family}”.{nearest(family, families)}")
        estimation = Estimation(
            caps={family: caps.integer(family) for family in caps.raw if family in families},
            k=self.k,
            clear_share=table.integer("clear_share", most=WHOLE),
            leaning_share=table.integer("leaning_share", most=WHOLE),
            two_readings_share=table.integer("two_readings_share", most=WHOLE),
            minimum_answers=table.integer("minimum_answers", most=len(questions)),
            essential=frozenset(table.names("essential", questions)),
            holds_points=table.integer("holds_points"),
            holds_within=table.integer("holds_within"),
        )
        caps.close()
        table.close()
        return estimation

    def _asking(self, table: _Table) -> Asking:
        asking = Asking(
            assurance=table.integer("assurance"),
            patience=table.integer("patience"),
            assurance_after=table.integer("assurance_after"),
        )
        table.close()
        return asking

    def _toward(self, table: _Table) -> Toward:
        changing = self.options.get(_CHANGING)
        toward_id = table.choice("id", changing.options if changing else ())
        return Toward(
            id=toward_id,
            name=table.text("name"),
            text=table.text("text"),
            steps=table.texts("steps"),
            review_months=table.integer("review_months", least=1),
            relationships=frozenset(table.names("relationships", self.relationships)),
            page=table.text("page"),
            sources=table.names("sources", self.sources),
        )

    def _verdict(self, table: _Table) -> Verdict:
        return Verdict(
            id=table.choice("id", VERDICTS), name=table.text("name"), text=table.text("text")
        )

    def _rule(self, table: _Table) -> Rule:
        return Rule(
            id=table.identifier(),
            name=table.text("name"),
            text=table.text("text"),
            page=table.text("page"),
            sources=table.names("sources", self.sources),
            questions=(),
            when=tuple(self._situations(table)),
        )

    def _contradiction(self, table: _Table) -> Rule:
        return Rule(
            id=table.identifier(),
            name="",
            text=table.text("text"),
            page="",
            sources=(),
            questions=table.names("questions", self.questions),
            when=tuple(self._situations(table)),
        )

    def _situations(self, table: _Table) -> Iterator[Situation]:
        for row in table.tables("when", "situation"):
            primary: frozenset[str] | None = None
            fewer: int | None = None
            masks: list[int] = []
            for key in row.raw:
                if key == "primary":
                    primary = frozenset(row.names(key, self.relationships))
                elif key == "fewer_answers_than":
                    fewer = row.integer(key, least=1)
                elif key in self.options:
                    options = self.options[key].options
                    names = row.names(key, options)
                    masks.append(sum(options[name].bit for name in set(names) & options.keys()))
                else:
                    row.read.add(key)
                    known = [*self.options, "primary", "fewer_answers_than"]
                    row.fault(f"“{key}” is no question.{nearest(key, known)}")
            if not row.raw:
                row.fault("a situation without a condition would always apply.")
            yield Situation(masks=tuple(masks), primary=primary, fewer_answers_than=fewer)

    def _implausible(self, table: _Table) -> ImplausiblePair:
        names = table.names("relationships", self.relationships)
        if len(names) != 2:  # noqa: PLR2004 - a pair
            table.fault("“relationships” must name two.")
        pair = ImplausiblePair(relationships=frozenset(names), text=table.text("text"))
        table.close()
        return pair

    def _source(self, table: _Table) -> Source:
        return Source(
            id=table.identifier(),
            short=table.text("short"),
            author=table.text("author"),
            title=table.text("title"),
            year=table.text("year"),
            place=table.text("place"),
            read=table.choice("read", READ),
        )

    def _wording(self, table: _Table) -> dict[str, str]:
        wording = {key: table.text(key) for key in WORDING}
        table.close()
        for key, text in wording.items():
            try:
                parsed = list(Formatter().parse(text))
            except ValueError:
                table.fault(
                    f"“{key}” has a brace without its partner. Write {{{{ for a plain brace."
                )
                continue
            if any(spec or conversion for _, _, spec, conversion in parsed):
                table.fault(f"“{key}” may hold plain names in braces only, without “:” or “!”.")
            named = {field for _, field, _, _ in parsed if field is not None}
            for field in sorted(named - WORDING[key]):
                allowed = WORDING[key]
                table.fault(f"“{key}” has no value for {{{field}}}.{nearest(field, allowed)}")
        return wording

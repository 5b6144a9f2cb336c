"""Load a model and refuse a wrong one, naming the place, the fault and the nearest right name.

Nothing is ignored in silence: an unknown key, an id used twice, a weight for an unknown
relationship, an option without a weight table or a text left empty are all reported, and
all at once, so that one run shows everything there is to mend.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cxquiz.authoring.table import ModelError, Path, Report, Table, block_lines
from cxquiz.authoring.wording import WORDING, placeholders
from cxquiz.classifier.expectation import option_chances
from cxquiz.classifier.scoring import WHOLE
from cxquiz.classifier.verdict import VERDICTS
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
    Trajectory,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Item = TypeVar("_Item", Relationship, Question, Verdict, Rule, Trajectory, Source)

SCORED_KINDS: Final = ("one", "many")
CONTEXT_KINDS: Final = ("one", "text")
SCREENS: Final = ("first", "last")
READ: Final = ("read", "second_hand", "general_knowledge")

# The question whose options are the ways that a relationship may go.
_CHANGING: Final = "changing"

_MONTHS: Final = 12

# Shares of readers, in hundredths; they need not add up.
_COMMON_LIMIT: Final = 1000

_RESERVED: Final = frozenset(
    {"primary", "fewer_answers_than", "last", "result", "cx-screen", "cx-action"}
)
"""Names with a meaning of their own in rules, sessions and forms: no question has them."""

_RESERVED_OPTIONS: Final = frozenset({NOT_SURE, "hint", "error"})
"""The same for options; ``hint`` and ``error`` are parts of a question on the page."""


def parse_model(text: str, *, name: str = "model", toml: bool = False) -> Model:
    """Build a model from the text of a JSON (or TOML) file called ``name``.

    Raises:
        ModelError: The text is not valid, or what it says cannot be used.
    """
    try:
        if toml:
            # Who has JSON must not pay for a TOML parser.
            import tomllib

            raw = tomllib.loads(text)
        else:
            raw = json.loads(text, object_pairs_hook=_unique_keys)
    except (ValueError, RecursionError) as error:
        raise ModelError([f"{name}: {error}."]) from error
    return build_model(raw, name=name, lines=block_lines(text) if toml else {})


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build a JSON object, refusing a key that is there twice, as TOML does by itself."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if [name for name, _ in pairs].count(key) > 1)
        raise ValueError(f"the key “{twice}” is there twice in one object")
    return found


def build_model(raw: object, *, name: str = "model", lines: dict[Path, int] | None = None) -> Model:
    """Build a model from parsed data.

    Args:
        raw: What the file says, as dictionaries, lists, texts and numbers.
        name: What to call the file in an error.
        lines: Where each table begins, if known.

    Raises:
        ModelError: It cannot be used; every fault is named.
    """
    report = Report(name, lines or {})
    builder = _Builder(Table(report, raw))
    model = builder.build()
    if report.problems:
        raise ModelError(report.problems)
    return model


class _Builder:
    """Turns the tables into a model, in the order in which they refer to each other."""

    def __init__(self, top: Table) -> None:
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

    def _unique(self, key: str, build: Callable[[Table], _Item]) -> dict[str, _Item]:
        found: dict[str, _Item] = {}
        for table in self.top.tables(key, key):
            item = build(table)
            table.close()
            if item.id in found:
                table.fault(f"the id “{item.id}” is used twice.")
            found[item.id] = item
        return found

    def _relationship(self, table: Table) -> Relationship:
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

    def _near_misses(self, table: Table) -> Iterator[NearMiss]:
        for row in table.tables("near_misses", "near miss"):
            near_miss = NearMiss(row.text("text"), row.choice("relationship", self.relationships))
            row.close()
            yield near_miss

    def _question(self, table: Table, *, scored: bool) -> Question:
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

    def _talk(self, table: Table) -> Talk:
        talk = Talk(mean=table.text("mean"), ask=table.text("ask"), agree=table.text("agree"))
        table.close()
        return talk

    def _option(self, table: Table, *, scored: bool) -> Option:
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
        """Check that each answer is translated, or that the model says why it is not."""
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

    def _weights(self, table: Table) -> tuple[int, ...]:
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

    def _estimation(self, table: Table, questions: dict[str, Question]) -> Estimation:
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

    def _asking(self, table: Table) -> Asking:
        asking = Asking(
            assurance=table.integer("assurance"),
            patience=table.integer("patience"),
            assurance_after=table.integer("assurance_after"),
        )
        table.close()
        return asking

    def _toward(self, table: Table) -> Trajectory:
        changing = self.options.get(_CHANGING)
        toward_id = table.choice("id", changing.options if changing else ())
        return Trajectory(
            id=toward_id,
            name=table.text("name"),
            text=table.text("text"),
            steps=table.texts("steps"),
            review_months=table.integer("review_months", least=1),
            relationships=frozenset(table.names("relationships", self.relationships)),
            page=table.text("page"),
            sources=table.names("sources", self.sources),
        )

    def _verdict(self, table: Table) -> Verdict:
        return Verdict(
            id=table.choice("id", VERDICTS), name=table.text("name"), text=table.text("text")
        )

    def _rule(self, table: Table) -> Rule:
        return Rule(
            id=table.identifier(),
            name=table.text("name"),
            text=table.text("text"),
            page=table.text("page"),
            sources=table.names("sources", self.sources),
            questions=(),
            when=tuple(self._situations(table)),
        )

    def _contradiction(self, table: Table) -> Rule:
        return Rule(
            id=table.identifier(),
            name="",
            text=table.text("text"),
            page="",
            sources=(),
            questions=table.names("questions", self.questions),
            when=tuple(self._situations(table)),
        )

    def _situations(self, table: Table) -> Iterator[Situation]:
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

    def _implausible(self, table: Table) -> ImplausiblePair:
        names = table.names("relationships", self.relationships)
        if len(names) != 2:  # noqa: PLR2004 - a pair
            table.fault("“relationships” must name two.")
        pair = ImplausiblePair(relationships=frozenset(names), text=table.text("text"))
        table.close()
        return pair

    def _source(self, table: Table) -> Source:
        return Source(
            id=table.identifier(),
            short=table.text("short"),
            author=table.text("author"),
            title=table.text("title"),
            year=table.text("year"),
            place=table.text("place"),
            read=table.choice("read", READ),
        )

    def _wording(self, table: Table) -> dict[str, str]:
        wording = {key: table.text(key) for key in WORDING}
        table.close()
        for key, text in wording.items():
            try:
                named = placeholders(text)
            except ValueError as error:
                table.fault(f"“{key}” {error}")
                continue
            for field in sorted(named - WORDING[key]):
                allowed = WORDING[key]
                table.fault(f"“{key}” has no value for {{{field}}}.{nearest(field, allowed)}")
        return wording

"""A survey as one page of HTML that needs nothing else: no script, no file, no network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cxquiz.classifier.next_question import telling_question
from cxquiz.classifier.reading import assess
from cxquiz.classifier.verdict import NOT_ENOUGH, TWO_READINGS
from cxquiz.cli.report_figures import OTHERS
from cxquiz.comparison.comparison import CHANGES, compare
from cxquiz.html.map import STYLE, render_map
from cxquiz.html.markup import Markup, el, join
from cxquiz.map.items import Item
from cxquiz.map.layout import NARROW, lay_out
from cxquiz.map.places import OPEN
from cxquiz.model.types import join_texts

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Sequence

    from cxquiz.cli.report_figures import Survey, Talk
    from cxquiz.model.types import Model, Rule

MOST_MAPS: Final = 12
"""So many units get a map of their own."""

MOST_ROWS: Final = 200
"""So many units get a row of their own in the table; the others share one."""

_WHERE: Final = 3
_VOICES: Final = 50
_NAMES: Final = 8
_HUNDRED: Final = 100

_CSS: Final = """
:root{color-scheme:light dark;--ink:#16323b;--soft:#43565e;--paper:#fff;--line:#c9d5d9;
--tint:#f1f6f7;--link:#0f6b80}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e6eef1;--soft:#b9c6cc;--paper:#14212a;
--line:#3a4c55;--tint:#1b2b35;--link:#7fd0e3}}
*{box-sizing:border-box}
body{background:var(--paper);color:var(--ink);font:1rem/1.5 "Segoe UI",Roboto,"Helvetica Neue",
Arial,"Liberation Sans",sans-serif;margin:0 auto;max-width:76rem;padding:1rem clamp(1rem,3vw,2rem)}
h1{font-size:1.8rem;line-height:1.25;margin:.5rem 0}
h2{border-top:2px solid var(--line);font-size:1.35rem;margin:2.5rem 0 .5rem;padding-top:1rem}
h3{font-size:1.05rem;margin:1.5rem 0 .5rem}
p{margin:.4rem 0;max-width:46rem}
a{color:var(--link)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0}
dl{display:flex;flex-wrap:wrap;gap:1rem 2.5rem;margin:1rem 0}
dt{color:var(--soft)}
dd{font-size:1.6rem;font-weight:700;margin:0}
.wide{margin:1rem 0;overflow-x:auto}
.wide:focus-visible,a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
caption{font-weight:700;padding:.3rem 0;text-align:start}
th,td{border-bottom:1px solid var(--line);padding:.35rem .8rem .35rem 0;text-align:start;
vertical-align:top}
thead th{color:var(--soft);font-size:.85rem}
tbody th{font-weight:600;min-width:9rem}
.number,thead .number{text-align:end}
ol.talks{list-style-position:inside;padding:0}
ol.talks>li{background:var(--tint);border-radius:.5rem;break-inside:avoid;margin:.6rem 0;
padding:.7rem 1rem}
ol.talks strong{font-size:1.05rem}
.unit,small{color:var(--soft)}small{font-weight:400}
.cx-map{display:block;height:auto;max-width:100%}
figure{break-inside:avoid;margin:1rem 0}
footer{color:var(--soft);margin-top:3rem}
.on-narrow{display:none}
@media screen and (max-width:45rem){.on-narrow{display:block}.on-wide{display:none}}
@media print{@page{size:A4 landscape;margin:12mm}body{font-size:10pt;max-width:none;padding:0}
nav{display:none}h2,h3{break-after:avoid}tr{break-inside:avoid}.wide{overflow:visible}}
"""


def page(model: Model, survey: Survey, *, files: Sequence[str], date: str, bad: int) -> Markup:
    """Return the whole page.

    Args:
        model: The model that was judged by, with its words.
        survey: What was counted.
        files: What was read, by the names that the reader knows.
        date: The day, as the reader writes it.
        bad: How many lines could not be used.
    """
    return _Page(model, survey).whole(files, date, bad)


class _Page:
    """The parts of the page."""

    def __init__(self, model: Model, survey: Survey) -> None:
        self.model = model
        self.survey = survey
        self.maps = 0

    def whole(self, files: Sequence[str], date: str, bad: int) -> Markup:
        say = self.model.say
        title = say("report_title", number=_count(self.survey.number))
        sections = [
            ("short", "report_short", self.short(bad)),
            ("map", "report_map", self.map()),
            ("units", "report_by_unit", self.units()),
            ("disputes", "report_disputes", self.disputes()),
            ("talks", "report_talks", self.talks()),
        ]
        policy = "default-src 'none'; style-src 'unsafe-inline'"
        head = join(
            Markup('<meta charset="utf-8">'),
            Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
            Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            el("title", title),
            el("style", Markup(_CSS + STYLE)),
        )
        body = join(
            el(
                "header",
                el("h1", title),
                el("p", say("report_lead", date=date, files=join_texts(files))),
                el(
                    "nav",
                    el(
                        "ul",
                        *(
                            el("li", el("a", say(key), href=f"#{name}"))
                            for name, key, _ in sections
                        ),
                    ),
                    aria_label=say("report_contents"),
                ),
            ),
            el(
                "main",
                *(
                    el(
                        "section",
                        el("h2", say(key), id=name),
                        content,
                        aria_labelledby=name,
                    )
                    for name, key, content in sections
                ),
            ),
            el("footer", el("p", say("report_footer"))),
        )
        html = el("html", el("head", head), el("body", body), lang=self.model.language)
        return join(Markup("<!doctype html>\n"), html, "\n")

    def short(self, bad: int) -> Markup:
        survey, say = self.survey, self.model.say
        named = sum(1 for unit in survey.units if unit)
        figures = [
            ("report_relationships", survey.number),
            ("report_units", named),
            ("report_apart", survey.apart),
            ("report_unread", bad),
        ]
        verdicts = [
            (verdict.name, survey.verdicts[verdict.id]) for verdict in self.model.verdicts.values()
        ]
        return join(
            el(
                "dl",
                *(
                    el("div", el("dt", say(key)), el("dd", _count(number)))
                    for key, number in figures
                    if number or key != "report_unread"
                ),
            ),
            self.counts("report_verdicts", verdicts),
            self.counts("report_kinds", list(self.kinds(survey.kinds()))),
        )

    def kinds(self, counts: Counter[str | None]) -> Iterator[tuple[str, int]]:
        for relationship in self.model.relationships.values():
            yield relationship.name, counts[relationship.id]
        yield self.model.verdicts[NOT_ENOUGH].name, counts[None]

    def counts(self, caption: str, rows: Sequence[tuple[str, int]]) -> Markup:
        say = self.model.say
        whole = sum(number for _, number in rows) or 1
        return self.table(
            say(caption),
            (say("report_kind"), say("report_number"), say("report_share")),
            [
                (name, _count(number), f"{_HUNDRED * number / whole:.1f}")
                for name, number in rows
                if number
            ],
        )

    def table(
        self, caption: str, columns: Sequence[str], rows: Iterable[Sequence[Markup | str]]
    ) -> Markup:
        """Return a table; all but its first column hold numbers, unless they are markup."""
        rows = list(rows)

        def kind(cell: str) -> str | None:
            return None if isinstance(cell, Markup) else "number"

        kinds = [None, *(kind(cell) for row in rows[:1] for cell in row[1:])]
        head = (
            el("th", name, scope="col", class_=kind)
            for name, kind in zip(columns, kinds, strict=False)
        )
        return el(
            "div",
            el(
                "table",
                el("caption", caption),
                el("thead", el("tr", *head)),
                el(
                    "tbody",
                    *(
                        el(
                            "tr",
                            el("th", row[0], scope="row"),
                            *(
                                el(
                                    "td",
                                    cell,
                                    class_=None if isinstance(cell, Markup) else "number",
                                )
                                for cell in row[1:]
                            ),
                        )
                        for row in rows
                    ),
                ),
            ),
            class_="wide",
            tabindex="0",
            role="group",
            aria_label=caption,
        )

    def map(self) -> Markup:
        say = self.model.say
        return join(
            el("p", say("report_map_lead"), " ", say("map_key")),
            self.picture(self.survey.kinds(), say("map_me")),
        )

    def picture(self, counts: Counter[str | None], me: str) -> Markup:
        """Return a map on which every box stands for all of one kind."""
        say = self.model.say

        def kind(number: int) -> str:
            one = number == 1
            return say("report_count_one") if one else say("report_count", number=_count(number))

        items = [
            Item(one.id, one.name, one.place, kind(counts[one.id]), number=counts[one.id])
            for one in self.model.relationships.values()
            if counts[one.id]
        ]
        if counts[None]:
            name = self.model.verdicts[NOT_ENOUGH].name
            number = counts[None]
            items.append(Item(OPEN, name, OPEN, kind(number), certain=False, number=number))
        self.maps += 1
        pictures = []
        for number, (width, shown) in enumerate(((NARROW + 300, "wide"), (340, "narrow"))):
            layout = lay_out(self.model, items, width=width, me=me)
            name = f"map-{self.maps}-{number}"
            picture = render_map(self.model, layout, links=False, name=name)
            pictures.append(el("div", picture, class_=f"on-{shown}"))
        return el("figure", *pictures)

    def units(self) -> Markup:
        say, survey = self.model.say, self.survey
        units = survey.largest_units()
        shown, others = units[:MOST_ROWS], units[MOST_ROWS:]
        if others:
            rest = others[0][1].copy()
            for _, counts in others[1:]:
                rest.update(counts)
            shown = [*shown, (OTHERS, rest)]
        kinds = [name for name, number in self.kinds(survey.kinds()) if number]
        rows = []
        for unit, counts in shown:
            numbers = dict(self.kinds(counts))
            cells = [_count(numbers[kind]) if numbers[kind] else "·" for kind in kinds]
            rows.append((self.unit(unit), _count(counts.total()), *cells))
        maps = [] if len(units) == 1 else [one for one in units if one[0] != OTHERS][:MOST_MAPS]
        return join(
            el("p", say("report_by_unit_lead")),
            self.table(
                say("report_by_unit"),
                (say("report_unit"), say("report_relationships"), *kinds),
                rows,
            ),
            *(
                join(
                    el("h3", say("report_unit_map", unit=self.unit(unit))),
                    self.picture(counts, self.unit(unit)),
                )
                for unit, counts in maps
            ),
        )

    def unit(self, unit: str) -> str:
        if unit == OTHERS:
            return self.model.say("report_other_units")
        return unit or self.model.say("report_no_unit")

    def disputes(self) -> Markup:
        say, survey = self.model.say, self.survey
        found = [
            (rule, survey.disputes[rule.id])
            for rule in self.model.disputes
            if rule.id in survey.disputes
        ]
        rows = [
            (
                join(rule.name, el("br"), el("small", rule.text)),
                _count(counts.total()),
                Markup(
                    el(
                        "span",
                        join_texts(self.unit(unit) for unit, _ in counts.most_common(_WHERE)),
                    )
                ),
            )
            for rule, counts in sorted(found, key=lambda one: -one[1].total())
        ]
        columns = (say("report_dispute"), say("report_number"), say("report_where"))
        return join(
            el("p", say("report_disputes_lead")),
            self.table(say("report_disputes"), columns, rows),
            self.rules("report_contradictions", self.model.contradictions, survey.contradictions),
            self.rules("report_flags", self.model.flags, survey.flags),
        )

    def rules(self, caption: str, rules: Iterable[Rule], counts: Counter[str]) -> Markup | None:
        say = self.model.say
        rows = [
            (rule.name or rule.text, _count(counts[rule.id]))
            for rule in sorted(rules, key=lambda rule: -counts[rule.id])
            if counts[rule.id]
        ]
        columns = (say("report_dispute"), say("report_number"))
        return self.table(say(caption), columns, rows) if rows else None

    def talks(self) -> Markup:
        talks = self.survey.best_talks()
        if not talks:
            return el("p", self.model.say("report_talks_none"))
        return join(
            el("p", self.model.say("report_talks_lead")),
            el("ol", *map(self.talk, talks), class_="talks"),
        )

    def talk(self, talk: Talk) -> Markup:
        texts = list(self.apart(talk) if len(talk.voices) > 1 else self.alone(talk))
        return el(
            "li",
            el("strong", talk.name),
            el("span", f" {talk.unit}", class_="unit") if talk.unit else None,
            *(el("p", text) for text in texts),
        )

    def apart(self, talk: Talk) -> Iterator[str]:
        """Say who sees what, and what to talk about first."""
        say, comparison = self.model.say, compare(self.model, talk.voices[:_VOICES])
        views = []
        for view in comparison.views:
            name = self.model.name_of(view.relationship)
            names = join_texts(view.names[:_NAMES])
            more = len(view.names) - _NAMES
            if more > 0:
                names = say("compare_more_names", names=names, number=more)
            views.append(say("report_talk_view", relationship=name, names=names))
        if len(views) < 2:  # noqa: PLR2004 - of one mind, and unsure together
            yield from self.alone(talk)
            return
        yield say("report_talk_apart", views=join_texts(views))
        changing = comparison.in_state(CHANGES)
        pair = comparison.furthest
        ids = [item.question for item in changing] or list(pair.questions if pair else ())
        if ids:
            questions = join_texts(self.model.question(name).short for name in ids[:_WHERE])
            yield say("report_talk_settle", questions=questions)

    def alone(self, talk: Talk) -> Iterator[str]:
        """Say what is unsure about a reading, and what to ask."""
        say, answers = self.model.say, talk.voices[0].answers
        assessment = assess(self.model, answers)
        if assessment.verdict == TWO_READINGS:
            one, other = (self.model.relationships[label].name for label in assessment.labels[:2])
            yield say("report_talk_two", one=one, other=other)
        elif assessment.verdict == NOT_ENOUGH:
            yield say("report_talk_open")
        if assessment.contradictions:
            yield say("report_talk_contradiction")
        if assessment.disputes:
            names = [rule.name for rule in self.model.disputes if rule.id in assessment.disputes]
            yield say("report_talk_disputed", disputes=join_texts(names))
        question = telling_question(self.model, answers)
        if assessment.verdict in (TWO_READINGS, NOT_ENOUGH) and question:
            yield say("report_talk_question", question=self.model.questions[question].text)
        elif assessment.primary is not None:
            yield self.model.relationships[assessment.primary].ask_them


def _count(number: int) -> str:
    """Return a number with its thousands set apart, as in every language."""
    return f"{number:,}".replace(",", "\u202f")

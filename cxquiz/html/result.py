"""The result: what it is, why, what would change it, who will disagree and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxquiz.classifier.counterfactuals import Flip, supposed
from cxquiz.classifier.explanation import smallest_lead, still_open_text, trajectories
from cxquiz.classifier.reading import Evidence, Reading, classify
from cxquiz.classifier.verdict import NOT_ENOUGH, TWO_READINGS
from cxquiz.html.components import (
    PRINT,
    about,
    actions,
    answer_text,
    answers_so_far,
    button,
    heading,
    notices,
    page_button,
)
from cxquiz.html.keep import keep_part
from cxquiz.html.markup import Markup, el, join
from cxquiz.html.share import share
from cxquiz.model.dates import months_later
from cxquiz.model.types import Relationship, join_texts
from cxquiz.quiz.session import RESULT
from cxquiz.quiz.steps import SCREEN_FIELD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.model.types import Model, Question, Rule, Trajectory
    from cxquiz.quiz.session import Session


def render_result(
    model: Model, session: Session, *, root: str, today: str = "", address: str = ""
) -> tuple[Markup, str]:
    """Return the screen with the result, and its title.

    Args:
        model: The model.
        session: The session.
        root: The address of the site's root, with a slash at the end, for links.
        today: The reader's date, such as ``2026-11-22``; dates are left out without it.
        address: The address of the site's root for links to send; ``root`` without it.
    """
    reading = classify(model, session.answers)
    view = _View(model, session, reading, root, today)
    if reading.assessment.primary is None:
        title, body = model.say("result_none_title"), view.nothing()
    elif reading.assessment.verdict == NOT_ENOUGH:
        title, body = model.say("result_hint_title"), view.hint()
    elif reading.assessment.verdict == TWO_READINGS:
        title, body = model.say("two_title"), view.two()
    else:
        title, body = view.primary().name, view.one()
    form = el(
        "form",
        notices(model, session),
        about(model, session),
        el("p", model.say("result_title"), class_="cx-step"),
        heading(title),
        body,
        keep_part(model, session) if session.answers else None,
        share(model, session, address=address or root) if session.answers else None,
        answers_so_far(model, session),
        el("input", type="hidden", name=SCREEN_FIELD, value=RESULT),
        actions(
            button("more", model.say("more_questions_button"), look="primary")
            if reading.ask_next
            else None,
            page_button(PRINT, model.say("print_button")),
            button("restart", model.say("restart_button")),
        ),
        class_="cx-form cx-result",
        method="dialog",
        novalidate=True,
    )
    return form, title


class _View:
    """The pieces of one result."""

    def __init__(
        self, model: Model, session: Session, reading: Reading, root: str, today: str
    ) -> None:
        self.model = model
        self.session = session
        self.reading = reading
        self.root = root
        self.today = today

    def primary(self) -> Relationship:
        return self.model.relationships[self.reading.assessment.labels[0]]

    def nothing(self) -> Markup:
        return el("p", self.model.say("result_none"))

    def hint(self) -> Markup:
        say = self.model.say
        return join(
            self.verdict(),
            el("p", say("result_hint", relationship=self.primary().name)),
            self.most_telling(),
            self.contradictions(),
            self.flags(),
        )

    def one(self) -> Markup:
        relationship = self.primary()
        return join(
            el("p", relationship.reading, class_="cx-reading"),
            self.words(relationship),
            self.verdict(),
            self.still_open(),
            self.caution(relationship),
            self.contradictions(),
            self.why(),
            self.next_steps([relationship]),
            self.toward(),
            self.holds_too(self.reading.assessment.labels[1:]),
            self.rest(),
        )

    def two(self) -> Markup:
        first, second, *others = self.reading.assessment.labels
        pair = [self.model.relationships[label] for label in (first, second)]
        return join(
            self.verdict(),
            el("div", *(self.card(relationship) for relationship in pair), class_="cx-pair"),
            self.most_telling(),
            self.contradictions(),
            self.why(),
            self.next_steps(pair),
            self.toward(),
            self.holds_too(others),
            self.rest(),
        )

    def rest(self) -> Markup:
        return join(self.disputes(), self.flags(), self.changes(), self.directions())

    def verdict(self) -> Markup:
        verdict = self.model.verdicts[self.reading.assessment.verdict]
        return el(
            "p",
            el("strong", self.model.say("verdict_label", verdict=verdict.name)),
            " ",
            verdict.text,
            class_=f"cx-verdict cx-verdict--{verdict.id.replace('_', '-')}",
        )

    def words(self, relationship: Relationship) -> Markup:
        text = self.model.say("words_label", words=relationship.words)
        return el("p", text, class_="cx-hint")

    def caution(self, relationship: Relationship) -> Markup | None:
        return el("p", relationship.caution, class_="cx-notice") if relationship.caution else None

    def card(self, relationship: Relationship) -> Markup:
        return el(
            "div",
            el("h4", relationship.name),
            el("p", relationship.reading),
            self.caution(relationship),
            el("p", self.link(relationship)),
            class_="cx-card",
        )

    def link(self, relationship: Relationship) -> Markup:
        text = self.model.say("read_more", relationship=relationship.name)
        return el("a", text, href=self.root + relationship.page)

    def most_telling(self) -> Markup | None:
        ask_next = self.reading.ask_next
        if ask_next is None:
            return None
        question = self.model.questions[ask_next]
        return el(
            "p",
            self.model.say("next_question", question=question.text),
            " ",
            button(f"change:{ask_next}", self.model.say("answer_button"), look="link"),
        )

    def still_open(self) -> Markup | None:
        """Return how many open answers could still change the first relationship."""
        if self.reading.ask_next is None:
            return None
        flip = self.reading.still_open
        return el(
            "p",
            still_open_text(self.model, self.reading),
            " " if flip else None,
            button("more", self.model.say("more_questions_button"), look="link") if flip else None,
        )

    def section(self, name: str, *content: Markup | None) -> Markup:
        title_id = f"cx-{name.replace('_', '-')}"
        return el(
            "section",
            el("h4", self.model.say(name), id=title_id),
            *content,
            class_="cx-section",
            aria_labelledby=title_id,
        )

    def why(self) -> Markup:
        reading = self.reading
        runner_up = reading.assessment.runner_up or ""
        other = self.model.relationships[runner_up].name
        first = self.primary().name
        against = reading.evidence_against
        return self.section(
            "why_title",
            el("p", self.model.say("why_lead", relationship=first, other=other)),
            el("ol", *map(self.evidence, reading.evidence_for)),
            el("h5", self.model.say("against_title")) if against else None,
            el("ul", *map(self.evidence, against)) if against else None,
        )

    def evidence(self, evidence: Evidence) -> Markup:
        question = self.model.questions[evidence.question]
        return el(
            "li",
            self.question_link(question),
            el("br"),
            answer_text(question, evidence.options),
            " ",
            self.sources(question.sources),
        )

    def question_link(self, question: Question) -> Markup:
        return el("a", question.short, href=self.root + question.page)

    def sources(self, ids: Iterable[str]) -> Markup:
        names = join_texts(self.model.sources[source].short for source in ids)
        return el("small", self.model.say("sources_label", sources=names), class_="cx-sources")

    def contradictions(self) -> Markup | None:
        found = [
            rule
            for rule in self.model.contradictions
            if rule.id in self.reading.assessment.contradictions
        ]
        implausible = [
            self.model.implausible[place] for place in self.reading.assessment.implausible
        ]
        if not found and not implausible:
            return None
        return self.section(
            "contradictions_title",
            el(
                "ul",
                *(el("li", rule.text, " ", *map(self.change, rule.questions)) for rule in found),
                *(el("li", pair.text) for pair in implausible),
            ),
        )

    def change(self, question: str) -> Markup:
        short = self.model.questions[question].short
        text = self.model.say("change_button_about", question=short)
        return button(f"change:{question}", text, look="link")

    def holds_too(self, labels: Iterable[str]) -> Markup | None:
        cards = [self.card(self.model.relationships[label]) for label in labels]
        if not cards:
            return None
        return self.section(
            "holds_too_title",
            el("p", self.model.say("holds_too_lead")),
            el("div", *cards, class_="cx-pair"),
        )

    def disputes(self) -> Markup | None:
        return self.rules("disputes_title", self.model.disputes, self.reading.assessment.disputes)

    def flags(self) -> Markup | None:
        return self.rules("flags_title", self.model.flags, self.reading.assessment.flags)

    def rules(self, title: str, rules: Iterable[Rule], applying: Iterable[str]) -> Markup | None:
        items = [
            el(
                "li",
                el("a", rule.name, href=self.root + rule.page),
                el("br"),
                rule.text,
                " ",
                self.sources(rule.sources),
            )
            for rule in rules
            if rule.id in applying
        ]
        return self.section(title, el("ul", *items)) if items else None

    def changes(self) -> Markup:
        smallest = self.reading.smallest
        if smallest is None:
            content = el("p", self.model.say("changes_none"))
        elif self.reading.changes:
            content = join(
                el("p", self.model.say("smallest_one")),
                el("ul", self.one_change(self.reading.changes[0])),
                self.answer_by_answer(),
            )
        else:
            content = self.several_changes(smallest)
        return self.section("changes_title", content)

    def several_changes(self, flip: Flip) -> Markup:
        name = self.model.relationships[flip.primary].name
        texts = supposed(self.model, self.session.answers, flip)
        return join(
            el("p", smallest_lead(self.model, texts)),
            el("ul", *(el("li", text) for text in texts)),
            el("p", el("strong", self.model.say("changes_all", relationship=name))),
        )

    def answer_by_answer(self) -> Markup:
        """Return for each answer what the first relationship would be, had it been another."""
        rows = []
        for question in self.model.questions.values():
            if not self.session.answers.get(question.id):
                continue
            flips = [flip for flip in self.reading.changes if question.id in flip.answers]
            rows += [
                el("dt", question.short),
                el("dd", el("ul", *map(self.one_change, flips)))
                if flips
                else el("dd", self.model.say("changes_same")),
            ]
        return el(
            "details",
            el("summary", self.model.say("changes_more")),
            el("dl", *rows, class_="cx-changes"),
        )

    def one_change(self, flip: Flip) -> Markup:
        (text,) = supposed(self.model, self.session.answers, flip)
        name = self.model.relationships[flip.primary].name
        return el(
            "li",
            self.model.say("changes_item", supposing=text),
            " ",
            el("strong", self.model.say("changes_to", relationship=name)),
        )

    def toward(self) -> Markup | None:
        """Return the ways in which it may go on, the one that the reader answered first."""
        primary = self.primary()
        said = self.session.answers.get("changing", ())
        ways = trajectories(self.model, primary.id, said)
        if not ways:
            return None
        return self.section(
            "toward_title",
            el("p", el("strong", self.model.say("toward_now", relationship=primary.name))),
            el("p", self.model.say("toward_lead")),
            el("div", *(self.way(way, chosen=way.id in said) for way in ways), class_="cx-pair"),
        )

    def way(self, way: Trajectory, *, chosen: bool) -> Markup:
        date = months_later(self.model, self.today, way.review_months)
        return el(
            "div",
            el("h5", way.name),
            el("p", self.model.say("toward_chosen"), class_="cx-hint") if chosen else None,
            el("p", way.text),
            el("ul", *(el("li", step) for step in way.steps)),
            el("p", el("strong", self.model.say("toward_review", date=date))) if date else None,
            el("p", el("a", self.model.say("toward_more"), href=self.root + way.page)),
            self.sources(way.sources),
            class_="cx-card",
        )

    def next_steps(self, relationships: list[Relationship]) -> Markup:
        several = len(relationships) > 1
        return self.section(
            "next_steps_title",
            *(
                join(
                    el("h5", relationship.name) if several else None,
                    el(
                        "ul",
                        *(el("li", step) for step in relationship.next_steps),
                        el("li", relationship.ask_them),
                        class_="cx-checklist",
                    ),
                    None if several else el("p", self.link(relationship)),
                )
                for relationship in relationships
            ),
            *(el("p", advice, class_="cx-notice") for advice in self.advice()),
        )

    def advice(self) -> Iterable[str]:
        for question in self.model.context.values():
            for option in self.session.answers.get(question.id, ()):
                if option in question.options and question.options[option].advice:
                    yield question.options[option].advice

    def directions(self) -> Markup:
        say = self.model.say
        relationship = self.primary()
        beneficiary = "".join(self.session.answers.get("beneficiary", ()))
        return self.section(
            "directions_title",
            el("p", say("directions_lead")),
            el(
                "dl",
                el("dt", say("they_to_you")),
                el("dd", relationship.reading),
                el("dt", say("you_to_them")),
                el("dd", relationship.mirror_text),
                class_="cx-directions",
            ),
            el("p", say("beneficiary_line", beneficiary=beneficiary)) if beneficiary else None,
            el("p", say("primary_prompt")) if beneficiary else None,
        )

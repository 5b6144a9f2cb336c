"""The result: what it is, why, what would change it, who will disagree and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxquiz.classifier.explanation import (
    Changes,
    Contradictions,
    Directions,
    HoldsToo,
    NextSteps,
    Rules,
    Together,
    Toward,
    Why,
    explain,
)
from cxquiz.html.components import (
    PRINT,
    about,
    actions,
    answers_so_far,
    button,
    heading,
    notices,
    page_button,
)
from cxquiz.html.keep import keep_part
from cxquiz.html.markup import Markup, el, join
from cxquiz.html.share import share
from cxquiz.quiz.session import RESULT
from cxquiz.quiz.steps import SCREEN_FIELD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.classifier.explanation import Content, Explanation, Pair, Part, Topic, Way
    from cxquiz.model.types import Model, Relationship
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
    explanation = explain(model, session.answers, today=today)
    form = el(
        "form",
        notices(model, session),
        about(model, session),
        el("p", explanation.lead, class_="cx-step"),
        heading(explanation.title),
        _View(model, explanation, root).body(),
        keep_part(model, session) if session.answers else None,
        share(model, session, address=address or root) if session.answers else None,
        answers_so_far(model, session),
        el("input", type="hidden", name=SCREEN_FIELD, value=RESULT),
        actions(
            button("more", model.say("more_questions_button"), look="primary")
            if explanation.ask_next
            else None,
            page_button(PRINT, model.say("print_button")),
            button("restart", model.say("restart_button")),
        ),
        class_="cx-form cx-result",
        method="dialog",
        novalidate=True,
    )
    return form, explanation.title


class _View:
    """The pieces of one result."""

    def __init__(self, model: Model, explanation: Explanation, root: str) -> None:
        self.say = model.say
        self.model = model
        self.explanation = explanation
        self.root = root

    def body(self) -> Markup:
        it, say = self.explanation, self.say
        parts = map(self.part, it.parts)
        if len(it.relationships) == 1:
            (one,) = it.relationships
            more = button("more", say("more_questions_button"), look="link")
            return join(
                el("p", one.reading, class_="cx-reading"),
                el("p", say("words_label", words=one.words), class_="cx-hint"),
                self.verdict(),
                self.still_open(more if it.undecided else None),
                self.caution(one),
                *parts,
            )
        answer = button(f"change:{it.ask_next}", say("answer_button"), look="link")
        return join(
            self.verdict(),
            el("p", it.text) if it.text else None,
            self.pair(map(self.card, it.relationships)) if it.relationships else None,
            self.still_open(answer),
            *parts,
        )

    def verdict(self) -> Markup | None:
        verdict = self.explanation.verdict
        if verdict is None:
            return None
        return el(
            "p",
            el("strong", self.explanation.sure),
            " ",
            verdict.text,
            class_=f"cx-verdict cx-verdict--{verdict.id.replace('_', '-')}",
        )

    def still_open(self, control: Markup | None) -> Markup | None:
        text = self.explanation.still_open
        return el("p", text, " " if control else None, control) if text else None

    def part(self, part: Part) -> Markup:
        title_id = f"cx-{part.id.replace('_', '-')}"
        return el(
            "section",
            el("h4", part.title, id=title_id),
            self.content(part.content),
            class_="cx-section",
            aria_labelledby=title_id,
        )

    def content(self, content: Content) -> Markup:  # noqa: PLR0911 - one for each kind
        match content:
            case Contradictions():
                return el("ul", *(self.problem(*problem) for problem in content.problems))
            case Why():
                return self.why(content)
            case NextSteps():
                return self.next_steps(content)
            case Toward():
                now, lead = el("p", el("strong", content.now)), el("p", content.lead)
                return join(now, lead, self.pair(map(self.way, content.ways)))
            case HoldsToo():
                cards = map(self.card, content.relationships)
                return join(el("p", content.lead), self.pair(cards))
            case Rules():
                return el("ul", *map(self.topic, content.topics))
            case Changes():
                return self.changes(content)
            case Together():
                outcome = el("p", el("strong", content.outcome))
                return join(el("p", content.lead), _list(content.texts), outcome)
            case Directions():
                return self.directions(content)

    def problem(self, text: str, questions: Iterable[str]) -> Markup:
        """Return what hardly goes together, with a button for each answer to look at again."""
        controls = [
            button(
                f"change:{question}",
                self.say("change_button_about", question=self.model.questions[question].short),
                look="link",
            )
            for question in questions
        ]
        return el("li", text, " " if controls else None, *controls)

    def why(self, why: Why) -> Markup:
        return join(
            el("p", why.lead),
            el("ol", *map(self.topic, why.reasons)),
            el("h5", why.against_title) if why.against else None,
            el("ul", *map(self.topic, why.against)) if why.against else None,
        )

    def topic(self, topic: Topic) -> Markup:
        link = el("a", topic.name, href=self.root + topic.page)
        return el("li", link, el("br"), topic.text, " ", _sources(topic))

    def next_steps(self, todo: NextSteps) -> Markup:
        several = len(todo.steps) > 1
        return join(
            *(
                join(
                    el("h5", relationship.name) if several else None,
                    _list(steps, class_="cx-checklist"),
                    None if several else el("p", self.link(relationship)),
                )
                for relationship, steps in todo.steps
            ),
            *(el("p", advice, class_="cx-notice") for advice in todo.advice),
        )

    def way(self, way: Way) -> Markup:
        return el(
            "div",
            el("h5", way.topic.name),
            el("p", way.chosen, class_="cx-hint") if way.chosen else None,
            el("p", way.topic.text),
            _list(way.steps),
            el("p", el("strong", way.review)) if way.review else None,
            el("p", el("a", self.say("toward_more"), href=self.root + way.topic.page)),
            _sources(way.topic),
            class_="cx-card",
        )

    def card(self, relationship: Relationship) -> Markup:
        return el(
            "div",
            el("h4", relationship.name),
            el("p", relationship.reading),
            self.caution(relationship),
            el("p", self.link(relationship)),
            class_="cx-card",
        )

    def pair(self, cards: Iterable[Markup]) -> Markup:
        return el("div", *cards, class_="cx-pair")

    def caution(self, relationship: Relationship) -> Markup | None:
        return el("p", relationship.caution, class_="cx-notice") if relationship.caution else None

    def link(self, relationship: Relationship) -> Markup:
        text = self.say("read_more", relationship=relationship.name)
        return el("a", text, href=self.root + relationship.page)

    def changes(self, changes: Changes) -> Markup:
        if not changes.single:
            return el("p", changes.lead)
        return join(
            el("p", changes.lead),
            _changes(changes.single[:1]),
            el(
                "details",
                el("summary", self.say("changes_more")),
                el(
                    "dl",
                    *(
                        join(
                            el("dt", question),
                            el("dd", _changes(found) if found else self.say("changes_same")),
                        )
                        for question, found in changes.by_answer
                    ),
                    class_="cx-changes",
                ),
            ),
        )

    def directions(self, content: Directions) -> Markup:
        rows = (join(el("dt", title), el("dd", text)) for title, text in content.directions)
        return join(
            el("p", content.lead),
            el("dl", *rows, class_="cx-directions"),
            *(el("p", text) for text in content.beneficiary),
        )


def _list(texts: Iterable[str], class_: str | None = None) -> Markup:
    return el("ul", *(el("li", text) for text in texts), class_=class_)


def _changes(changes: Iterable[Pair]) -> Markup:
    return el("ul", *(el("li", text, " ", el("strong", outcome)) for text, outcome in changes))


def _sources(topic: Topic) -> Markup:
    return el("small", topic.sources, class_="cx-sources")

"""Several sets of answers side by side, and the greeting of somebody who is asked for theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cxquiz.comparison.comparison import (
    AGREED,
    ALONE,
    CHANGES,
    WORDS,
    Voice,
    compare,
    compare_sides,
)
from cxquiz.formats.link import from_text
from cxquiz.html.components import (
    about,
    actions,
    button,
    file_field,
    heading,
    notices,
    text_field,
)
from cxquiz.html.markup import Markup, el, join
from cxquiz.html.share import link, link_field, names_switch, own_name
from cxquiz.model.types import MINE, join_texts
from cxquiz.quiz.links import BOTH
from cxquiz.quiz.participants import alike, people
from cxquiz.quiz.session import COMPARED, INVITED
from cxquiz.quiz.steps import BY_FIELD, LINKS_FIELD, SCREEN_FIELD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.classifier.reading import Assessment
    from cxquiz.comparison.comparison import BothSides, Compared, Comparison
    from cxquiz.model.types import Model, Question
    from cxquiz.quiz.participants import Participant
    from cxquiz.quiz.session import Session

PEOPLE: Final = "cx-people"
"""The id of what opens the list of those who answered; see :mod:`cxquiz.quiz.steps`."""


def render_invited(model: Model, session: Session) -> tuple[Markup, str]:
    """Return the screen that asks somebody for their side, and its title.

    Args:
        model: The model with its questions mirrored.
        session: The session, with the sender's answers to compare with.
    """
    title = model.say("invited_title")
    sender = from_text(model, session.against[0])
    name = sender.answers.get("name", ("",))[0]
    by = model.say("invited_by", by=sender.by) if sender.by else None
    form = el(
        "form",
        notices(model, session),
        heading(title),
        el("p", by) if by else None,
        el("p", model.say("invited_about", name=name)) if name else None,
        el("p", model.say("invited_text")),
        el("p", model.say("invited_privacy"), class_="cx-hint"),
        _screen(INVITED),
        actions(
            button("begin", model.say("invited_button"), look="primary"),
            button("restart", model.say("invited_decline")),
        ),
        class_="cx-form",
        method="dialog",
        novalidate=True,
    )
    return form, title


def render_compared(
    model: Model, session: Session, *, address: str, naming: bool = False
) -> tuple[Markup, str]:
    """Return the screen with several sets of answers side by side, and its title.

    Args:
        model: The model, with its questions mirrored where the session is the other party's.
        session: The session, and the others' answers in it.
        address: The address of the site's root, with a slash at the end.
        naming: Whether the reader is giving names to those who answered.
    """
    view = _View(model, session, naming=naming)
    title = model.say(view.title)
    form = el(
        "form",
        notices(model, session),
        about(model, session),
        heading(title),
        view.body(),
        _send(model, session, address) if view.others else None,
        _add(model, is_open=not view.others),
        _screen(COMPARED),
        actions(
            button("result", model.say("to_result_button"))
            if session.side == MINE
            else button("more", model.say("more_questions_button")),
            button("restart", model.say("restart_button")),
        ),
        class_="cx-form cx-result",
        method="dialog",
        novalidate=True,
    )
    return form, title


def _screen(name: str) -> Markup:
    return el("input", type="hidden", name=SCREEN_FIELD, value=name)


def _send(model: Model, session: Session, address: str) -> Markup:
    """Return the link with everybody's answers, so that the others see the same."""
    say = model.say
    return el(
        "section",
        el("h4", say("send_title")),
        el("p", say("send_text")),
        link_field(model, "cx-link-both", say("send_label"), link(model, session, address, BOTH)),
        own_name(model, session),
        names_switch(model, session),
        class_="cx-section",
    )


def _add(model: Model, *, is_open: bool) -> Markup:
    """Return the fields into which the reader puts the links and files of others."""
    say = model.say
    return el(
        "details",
        el("summary", say("add_title")),
        el("label", say("add_label"), for_=LINKS_FIELD, class_="cx-label"),
        el("p", say("add_hint"), id="cx-links-hint", class_="cx-hint"),
        el(
            "textarea",
            "",
            name=LINKS_FIELD,
            id=LINKS_FIELD,
            rows=4,
            aria_describedby="cx-links-hint",
            class_="cx-input",
        ),
        actions(button("add", say("add_button"))),
        file_field(model.say("add_files"), model.say("add_files_hint"), ".json,.jsonl,.csv,.txt"),
        class_="cx-details",
        open=is_open,
    )


class _View:
    """The pieces of one comparison."""

    def __init__(self, model: Model, session: Session, *, naming: bool) -> None:
        self.model = model
        self.session = session
        self.naming = naming
        self.everybody = people(model, session)
        self.others = self.everybody[1:]
        sides = {person.side for person in self.everybody}
        # Two people of one side are a team; two of two sides look at each other.
        self.pair = len(self.others) == 1 and len(sides) > 1

    @property
    def title(self) -> str:
        return "both_title" if self.pair else "team_title"

    def body(self) -> Markup:
        if not self.others:
            return el("p", self.model.say("team_nobody"))
        if self.pair:
            sides = self.both_sides(self.others[0])
            return join(self.cards(sides), self.questions(compare(self.model, sides.voices)))
        voices = [Voice(person.name, person.answers) for person in self.everybody if person.answers]
        comparison = compare(self.model, voices)
        return join(
            self.views(comparison),
            self.furthest(comparison),
            self.whose(),
            self.questions(comparison),
        )

    def whose(self) -> Markup:
        """Return the list of those who answered, to name them and to leave one out."""
        say = self.model.say
        doubles = alike(self.model, self.everybody)
        return el(
            "details",
            el("summary", say("people_title", number=len(self.everybody)), id=PEOPLE),
            el("p", say("people_text")),
            *(el("p", say("people_alike", names=join_texts(names))) for names in doubles),
            self.person(1, BY_FIELD, self.everybody[0]) if self.session.opened else None,
            *(
                self.person(number + 2, f"{BY_FIELD}:{number}", person)
                for number, person in enumerate(self.others)
            ),
            actions(button("people", say("people_save"))),
            class_="cx-details",
            open=self.naming or bool(doubles),
        )

    def person(self, number: int, name: str, person: Participant) -> Markup:
        """Return the row of one of those who answered.

        Args:
            number: The place in the comparison, from 1.
            name: The name of the field for theirs.
            person: Who it is.
        """
        say, place = self.model.say, name.partition(":")[2]
        return el(
            "div",
            el("label", say("voice_other", number=number), for_=name, class_="cx-label"),
            text_field(name, person.by, enter="people"),
            button(
                f"leave-out:{place}",
                say("people_leave_out"),
                el("span", f" {person.name}", class_="cx-hidden"),
            )
            if place
            else None,
            class_="cx-link",
        )

    def both_sides(self, other: Participant) -> BothSides:
        """Compare with the other party; the side that asked is always the first."""
        you = Voice(self.model.say("voice_you"), self.session.answers)
        they = Voice(other.by or self.model.say("voice_they"), other.answers)
        asked = (you, they) if self.session.side == MINE else (they, you)
        return compare_sides(self.model, *asked, mirrored=True)

    def cards(self, sides: BothSides) -> Markup:
        own, other = sides.mine, sides.theirs
        if self.session.side != MINE:
            own, other = other, own
        say = self.model.say
        return join(
            el(
                "div",
                self.card(say("both_yours"), own),
                self.card(say("both_theirs"), other),
                class_="cx-pair",
            ),
            el("p", sides.mirrors_text(self.model), class_="cx-reading"),
            el("p", say("both_words"), class_="cx-hint"),
        )

    def card(self, lead: str, assessment: Assessment) -> Markup:
        verdict = self.model.verdicts[assessment.verdict].name
        name = join_texts(self.model.relationships[label].name for label in assessment.named)
        return el(
            "section",
            el("p", lead, class_="cx-hint"),
            el("h4", name or verdict),
            el("p", verdict, class_="cx-card__verdict") if name else None,
            class_="cx-card",
        )

    def views(self, comparison: Comparison) -> Markup:
        total = len(comparison.opinions)
        return el(
            "ul",
            *(
                el(
                    "li",
                    self.model.say(
                        "compare_view",
                        number=len(view.names),
                        total=total,
                        relationship=self.model.name_of(view.relationship),
                        names=join_texts(view.names),
                    ),
                )
                for view in comparison.views
            ),
            class_="cx-list",
        )

    def questions(self, comparison: Comparison) -> Markup:
        changes, words = comparison.in_state(CHANGES), comparison.in_state(WORDS)
        say = self.model.say
        return join(
            None if changes or words else el("p", say("differ_nowhere")),
            self.differences(say("differ_changes_title"), say("differ_changes_lead"), changes),
            self.differences(say("differ_words_title"), say("differ_words_lead"), words),
            self.together(comparison),
            self.short_list(say("agreed_title"), comparison.in_state(AGREED)),
            self.short_list(say("alone_title"), comparison.in_state(ALONE)),
        )

    def differences(self, title: str, lead: str, items: Iterable[Compared]) -> Markup | None:
        sections = [self.difference(item) for item in items]
        if not sections:
            return None
        return el(
            "section", el("h4", title), el("p", lead), *sections, class_="cx-section cx-differences"
        )

    def difference(self, item: Compared) -> Markup:
        question = self.model.question(item.question)
        return el(
            "section",
            el("h5", question.text),
            el(
                "dl",
                *(
                    el(
                        "div",
                        el("dt", join_texts(saying.names)),
                        el("dd", question.answer_text(saying.options)),
                        class_="cx-answers__row",
                    )
                    for saying in item.sayings
                ),
                class_="cx-answers",
            ),
            *(
                el(
                    "p",
                    self.model.say(
                        "compare_change",
                        answer=question.answer_text(change.options),
                        names=join_texts(change.names),
                        relationship=self.model.name_of(change.primary),
                    ),
                    class_="cx-hint",
                )
                for change in item.changes
            ),
            self.talk(question, folded=not item.changes),
            class_="cx-difference",
        )

    def talk(self, question: Question, *, folded: bool) -> Markup | None:
        """Return how to talk about a difference: what it may mean, what to ask, what to agree.

        Args:
            question: The question that they answer differently.
            folded: Whether it is shown only to who asks for it.
        """
        if question.talk is None:
            return None
        say, talk = self.model.say, question.talk
        rows = [
            (say("talk_mean"), talk.mean),
            (say("talk_ask"), talk.ask),
            (say("talk_agree"), talk.agree),
        ]
        guide = el(
            "dl",
            *(
                el("div", el("dt", title), el("dd", text), class_="cx-talk__row")
                for title, text in rows
            ),
            class_="cx-talk",
        )
        if not folded:
            return guide
        about = el("span", f": {question.short}", class_="cx-hidden")
        return el("details", el("summary", say("talk_title"), about), guide, class_="cx-details")

    def furthest(self, comparison: Comparison) -> Markup | None:
        """Say whom to bring together."""
        pair = comparison.bring_together
        if pair is None:
            return None
        one, other = pair.names
        number = len(pair.questions)
        return el("p", self.model.say("compare_furthest", one=one, other=other, number=number))

    def together(self, comparison: Comparison) -> Markup | None:
        pair = comparison.furthest
        if pair is None or not pair.together:
            return None
        names = join_texts(self.model.questions[name].short for name in pair.together)
        return el("p", self.model.say("compare_together", questions=names))

    def short_list(self, title: str, items: Iterable[Compared]) -> Markup | None:
        rows = [
            el(
                "div",
                el("dt", question.short),
                el("dd", question.answer_text(item.sayings[0].options)),
                class_="cx-answers__row",
            )
            for item in items
            for question in [self.model.question(item.question)]
        ]
        if not rows:
            return None
        return el(
            "details",
            el("summary", title),
            el("dl", *rows, class_="cx-answers"),
            class_="cx-details",
        )

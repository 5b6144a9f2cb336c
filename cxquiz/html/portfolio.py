"""My relationships: the map, the table that says the same, and what can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cxquiz.html.changes import render_changes
from cxquiz.html.components import (
    PRINT,
    actions,
    button,
    file_field,
    heading,
    notices,
    page_button,
)
from cxquiz.html.map import render_map, render_map_table
from cxquiz.html.markup import Markup, el, join
from cxquiz.map.items import rows_of
from cxquiz.map.layout import SHEET_WIDTH, lay_out
from cxquiz.portfolio.portfolio import PRIMARY, SUPPORTING, suggested_primary
from cxquiz.quiz.portfolio_actions import EVERYTHING, RANK_FIELD, VIA_FIELD, is_kept
from cxquiz.quiz.session import RELATIONSHIPS
from cxquiz.quiz.steps import SCREEN_FIELD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxquiz.map.items import Item
    from cxquiz.map.shapes import Layout
    from cxquiz.model.types import Model
    from cxquiz.portfolio.portfolio import Kept
    from cxquiz.quiz.portfolio_actions import Outcome

LARGER: Final = "cx-larger"
"""The id of the window with the larger map, and the name of the buttons that open and close it."""

_NARROW: Final = 300.0
_WIDE: Final = 720.0
_WIDE_OF_MANY: Final = 752.0
_MANY: Final = 12

# The larger map fills the window, less what stands beside it. It is what is printed as well, so
# it is never so narrow that all of it comes below one another.
_BESIDE: Final = 64.0
_LEAST_LARGER: Final = 960.0
_MOST_LARGER: Final = 2400.0
_FORMS: Final = {
    "json": "mine_json",
    "csv": "mine_csv",
    "md": "mine_md",
    "svg": "mine_svg",
    "png": "mine_png",
}
_UNFOLDED: Final = 12
_RANKS: Final = {
    "": "mine_rank_none",
    PRIMARY: "mine_rank_primary",
    SUPPORTING: "mine_rank_other",
}


def render_relationships(
    model: Model, outcome: Outcome, *, root: str, narrow: bool, width: float
) -> tuple[Markup, str]:
    """Return the screen with all relationships, and its title.

    Args:
        model: The model.
        outcome: The list, and what came of the last action.
        root: The address of the site's root, with a slash at the end, for links.
        narrow: Whether the screen is a phone's.
        width: How wide the window is, for the larger map; 0 where it is not known.
    """
    view = _View(model, outcome)
    title = model.say("mine_title")
    form = el(
        "form",
        notices(model, outcome.session),
        heading(title),
        *(el("p", message, class_="cx-notice") for message in outcome.messages),
        view.confirm(),
        view.arrange(),
        view.all(root, narrow=narrow, width=width)
        if outcome.portfolio
        else el("p", model.say("mine_none")),
        view.take_along(),
        el("input", type="hidden", name=SCREEN_FIELD, value=RELATIONSHIPS),
        view.trajectories(),
        class_="cx-form cx-result",
        method="dialog",
        novalidate=True,
    )
    return form, title


class _View:
    """The pieces of the screen."""

    def __init__(self, model: Model, outcome: Outcome) -> None:
        self.model = model
        self.outcome = outcome
        self.names = {one.id: one.name for one in outcome.portfolio}

    def all(self, root: str, *, narrow: bool, width: float) -> Markup:
        model, rows = self.model, rows_of(self.model, self.outcome.portfolio)
        return join(
            render_changes(model, rows),
            self.map([row.item for row in rows], narrow=narrow, width=width),
            self.first_choice(),
            el(
                "div",
                render_map_table(model, rows, root=root),
                class_="cx-scroll",
                role="region",
                tabindex="0",
                aria_label=model.say("map_table_title"),
            ),
            self.each(),
        )

    def map(self, items: Sequence[Item], *, narrow: bool, width: float) -> Markup:
        """Return the map in the quiz's column, and a larger one where that differs."""
        model, say = self.model, self.model.say
        # Many get a column more, for letters that are a bit smaller.
        wide = _WIDE if len(items) <= _MANY else _WIDE_OF_MANY
        layout = lay_out(model, items, width=_NARROW if narrow else wide)
        room = min(max(width - _BESIDE, _LEAST_LARGER), _MOST_LARGER)
        larger = lay_out(model, items, width=SHEET_WIDTH if narrow else room)
        differs = larger.width > layout.width
        key = el("p", say("map_key"), class_="cx-hint")
        return join(
            actions(
                page_button(LARGER, say("mine_larger")) if differs else None,
                page_button(PRINT, say("mine_print")),
            ),
            el(
                "div",
                render_map(model, layout),
                key,
                class_="cx-map-frame" if differs else f"cx-map-frame {_sheet(layout)}",
            ),
            el(
                "dialog",
                el("p", page_button(LARGER, say("mine_larger_close")), class_="cx-larger__close"),
                el("div", render_map(model, larger, name=LARGER), key, class_=_sheet(larger)),
                id=LARGER,
                class_=LARGER,
                aria_labelledby=f"{LARGER}-title",
            )
            if differs
            else None,
        )

    def first_choice(self) -> Markup | None:
        """Say whom the quiz would take for the primary customer, where nobody is chosen."""
        suggested = suggested_primary(self.outcome.portfolio)
        if suggested is None or any(one.rank == PRIMARY for one in self.outcome.portfolio):
            return None
        return el("p", self.model.say("mine_suggested", name=self.names[suggested]))

    def each(self) -> Markup:
        return el(
            "details",
            el("summary", self.model.say("mine_each")),
            el("dl", *(self.row(one) for one in self.outcome.portfolio), class_="cx-answers"),
            class_="cx-details",
            open=len(self.outcome.portfolio) <= _UNFOLDED,
        )

    def row(self, one: Kept) -> Markup:
        presses = (("open", "mine_open"), ("edit", "mine_edit"), ("remove", "mine_remove"))
        return el(
            "div",
            el("dt", one.name),
            el(
                "dd",
                *(
                    button(
                        f"{action}:{one.id}",
                        self.model.say(wording),
                        el("span", f" {one.name}", class_="cx-hidden"),
                        look="link",
                    )
                    for action, wording in presses
                ),
            ),
            class_="cx-answers__row cx-answers__row--skipped",
        )

    def confirm(self) -> Markup | None:
        """Return the question before something is thrown away."""
        say, target = self.model.say, self.outcome.confirm
        if target == EVERYTHING:
            text, press = say("mine_delete_sure"), button("delete-now", say("mine_delete_now"))
        elif target:
            text = say("mine_remove_sure", name=self.names[target])
            press = button(f"remove-now:{target}", say("mine_remove_now"))
        else:
            return None
        no = button("relationships", say("mine_keep_them"), look="primary")
        return el("div", el("p", text), actions(no, press), class_="cx-notice")

    def arrange(self) -> Markup | None:
        """Return the fields for one relationship's rank, and through whom it is reached."""
        portfolio, say = self.outcome.portfolio, self.model.say
        found = next((one for one in portfolio if one.id == self.outcome.edit), None)
        if found is None:
            return None
        ways = {"": say("mine_via_none"), **self.names}
        del ways[found.id]
        ranks = {rank: say(key) for rank, key in _RANKS.items()}
        return el(
            "section",
            el("h4", found.name),
            *_select(RANK_FIELD, say("mine_rank"), ranks, found.rank),
            *_select(VIA_FIELD, say("mine_via"), ways, found.via),
            actions(
                button(f"arrange:{found.id}", say("mine_save"), look="primary"),
                button("relationships", say("mine_cancel")),
            ),
            class_="cx-section",
        )

    def take_along(self) -> Markup:
        model, say, outcome = self.model, self.model.say, self.outcome
        return el(
            "details",
            el("summary", say("mine_take_along")),
            actions(*(button(f"export:{form}", say(key)) for form, key in _FORMS.items()))
            if outcome.portfolio
            else None,
            actions(button("export:stored", say("mine_stored"))) if outcome.damaged else None,
            file_field(model.say("mine_import"), model.say("mine_import_hint"), ".json,.csv"),
            el("h4", say("mine_delete_title")),
            el("p", say("mine_delete_text")),
            actions(button("delete", say("mine_delete"))),
            class_="cx-details",
            open=outcome.damaged or not outcome.portfolio,
        )

    def trajectories(self) -> Markup:
        say = self.model.say
        session = self.outcome.session
        if not session.answers:
            return actions(button("restart", say("mine_begin"), look="primary"))
        return actions(
            button("result", say("mine_back"), look="primary"),
            # What is not kept yet would be lost.
            button("restart", say("mine_another"))
            if is_kept(session, self.outcome.portfolio)
            else None,
        )


def _sheet(layout: Layout) -> str:
    """Return the class of the map that is printed."""
    return "cx-sheet cx-sheet--tall" if layout.height > layout.width else "cx-sheet"


def _select(name: str, label: str, options: dict[str, str], chosen: str) -> tuple[Markup, Markup]:
    return (
        el("label", label, for_=name, class_="cx-label"),
        el(
            "select",
            *(
                el("option", text, value=value, selected=value == chosen)
                for value, text in options.items()
            ),
            name=name,
            id=name,
            class_="cx-input",
        ),
    )

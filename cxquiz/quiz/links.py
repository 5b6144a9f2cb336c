"""Opening a link: what somebody sent becomes the reader's session, and theirs waits aside.

The fragment of a link says what it is for, and holds answers in the form of
:mod:`cxquiz.formats.link`:

* ``cx1…``: these are my answers; look at the result,
* ``ask.cx1…``: these are my answers, to be shown when you have given yours from your side,
* ``both.cx1….cx1…``: these are the answers of the first, and of everybody else.

Nothing of a fragment ever reaches a server, and nothing that a reader had is lost by opening one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cxquiz.comparison.mirror import translate
from cxquiz.formats.link import LONGEST, from_text, is_signed, to_text
from cxquiz.model.types import MINE, THEIRS
from cxquiz.quiz.session import COMPARED, INVITED, MOST_OTHERS, Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cxquiz.formats.link import Received
    from cxquiz.model.types import Model

ASK: Final = "ask"
"""The purpose of a link that asks for the other side."""

BOTH: Final = "both"
"""The purpose of a link that holds everybody's answers."""

# More characters than this many sets of answers take are no link of ours.
_LONGEST_LINK: Final = LONGEST * 4

_AROUND: Final = r"""[\s<>()\[\]"']+"""
_CODE: Final = r"(?<![0-9A-Za-z])cx[0-9][0-9A-Za-z-]+"


def open_link(model: Model, session: Session, fragment: str) -> Session:
    """Return the session that a link leads to; never raises.

    Where nothing can be read the session stays as it is, and ``problems`` say why.

    Args:
        model: The model to read answers for.
        session: The reader's session before.
        fragment: The part of the link behind ``#``, or the whole link.
    """
    purpose, _, _ = fragment[:_LONGEST_LINK].rpartition("#")[2].partition(".")
    received, problems = _read(model, fragment)
    if not received:
        return replace(session, problems=problems)
    first, *others = received
    if purpose == ASK:
        asked = THEIRS if first.side == MINE else MINE
        opened = Session(side=asked, against=(_text(model, first),), at=INVITED)
        return _beside(model, session, replace(opened, problems=problems))
    if purpose == BOTH and others:
        opened = Session(
            entries=first.answers,
            side=first.side,
            against=tuple(_text(model, other) for other in others),
            at=COMPARED,
        )
    else:
        # Answers to the mirrored questions are read from the side of who gave them.
        own = translate(model, first.answers).answers if first.side == THEIRS else first.answers
        opened = Session(entries=own)
    opened = replace(opened, by=first.by, finished=True, last_seen=True, problems=problems)
    mine = _bare(model, session)
    among = not session.opened and mine in [_bare(model, one) for one in others]
    if session.entries and (among or mine == _bare(model, opened)):
        return _own_again(model, session, opened, received)
    return _beside(model, session, replace(opened, opened=True))


def _own_again(
    model: Model, session: Session, opened: Session, received: list[Received]
) -> Session:
    """Return the reader's own session, whose answers have come back among others'.

    What they typed, and whom they had put beside themselves, is in their browser alone.
    """
    alone = len(received) == 1
    entries = {**opened.entries, **session.entries} if alone else session.entries
    own = replace(session, entries=entries, at=opened.at, finished=True, last_seen=True)
    together = _with(model, own, [] if alone else [received])
    return replace(together, problems=(*opened.problems, *together.problems))


def _beside(model: Model, session: Session, opened: Session) -> Session:
    """Return an opened session with the reader's own behind it."""
    if not session.entries:
        return replace(opened, aside=session.aside)
    if not session.has_room:
        return replace(session, problems=(model.say("aside_full"),))
    return replace(opened, aside=session)


def add_links(model: Model, session: Session, pasted: str) -> Session:
    """Return the session with the answers of all links in a text to compare with.

    Args:
        model: The model to read answers for.
        session: The session.
        pasted: Links, or whole messages with links in them.
    """
    groups, problems = _read_groups(model, pasted)
    added = add_sets(model, session, groups)
    problems = (*problems, *added.problems)
    if groups and added.against == session.against and not problems:
        problems = (model.say("add_links_same"),)
    return replace(added, problems=problems)


def add_sets(model: Model, session: Session, groups: Iterable[Sequence[Received]]) -> Session:
    """Return the session with more sets of answers to compare with.

    Args:
        model: The model.
        session: The session.
        groups: The sets. One alone is another person's, even where somebody answered exactly
            like that, but for the same person by name. Several in one group were compared
            already: those who are here are not counted anew.
    """
    together = _with(model, session, groups)
    return replace(together, at=COMPARED)


def _with(model: Model, session: Session, groups: Iterable[Sequence[Received]]) -> Session:
    found = list(session.against)
    bares = [_bare(model, session), *(_bare(model, from_text(model, text)) for text in found)]
    for group in groups:
        here = list(bares)
        for one in group:
            text, bare = _text(model, one), _bare(model, one)
            if len(group) > 1 and bare in here:
                here.remove(bare)
            elif not (one.by and text in found):
                found.append(text)
                bares.append(bare)
    beyond = len(found) > MOST_OTHERS
    problems = (model.say("others_too_many", number=MOST_OTHERS),) if beyond else ()
    return replace(session, against=tuple(found[:MOST_OTHERS]), problems=problems)


def has_links(text: str) -> bool:
    """Say whether there is anything in a text that looks like a link with answers."""
    return bool(_links(text))


def link_to(model: Model, session: Session, purpose: str = "") -> str:
    """Return the fragment of a link to a session's answers, without ``#``.

    Args:
        model: The model.
        session: The session. What was typed is left out unless its ``names`` says otherwise.
        purpose: :data:`ASK`, :data:`BOTH`, or empty for the result.
    """
    own = to_text(model, session.answers, side=session.side, texts=session.names, by=session.by)
    if purpose == BOTH:
        others = [
            _unsigned(model, text) if is_signed(text) and not session.names else text
            for text in session.against
        ]
        # Who asked comes first: the reader of a comparison is the one whose questions they are.
        texts = [*others, own] if session.side == THEIRS else [own, *others]
        return ".".join([BOTH, *texts])
    return f"{purpose}.{own}" if purpose else own


def _read(model: Model, text: str) -> tuple[list[Received], tuple[str, ...]]:
    """Read every set of answers in a link, and say what could not be read."""
    groups, problems = _read_groups(model, text)
    return [one for group in groups for one in group], problems


def _read_groups(model: Model, text: str) -> tuple[list[list[Received]], tuple[str, ...]]:
    """Read every set of answers in a text, link by link, and say what could not be read."""
    links = _links(text[:_LONGEST_LINK])
    if not links:
        links = [[text]]
    elif sum(map(len, links)) == 1:  # it may be broken over lines
        links = [[text[text.index(links[0][0]) :]]]
    everything = [[from_text(model, code) for code in link] for link in links]
    problems = [problem for link in everything for one in link for problem in one.problems]
    good = [[one for one in link if one.answers] for link in everything]
    return [link for link in good if link], tuple(dict.fromkeys(problems))


def _links(text: str) -> list[list[str]]:
    """Return the links in a text, each as whatever in it looks like a set of answers."""
    import re  # few visits begin with a link, and this takes long to load

    found: list[list[str]] = []
    for line in text.splitlines():
        # Mail programs write a link twice: as what it says and as where it leads.
        links = dict.fromkeys(re.split(_AROUND, line))
        found += [codes for link in links for codes in [re.findall(_CODE, link)] if codes]
    return found


def _text(model: Model, received: Received) -> str:
    return to_text(model, received.answers, side=received.side, texts=True, by=received.by)


def _unsigned(model: Model, text: str) -> str:
    return _text(model, replace(from_text(model, text), by=""))


def _bare(model: Model, one: Received | Session) -> str:
    """Return answers without what was typed, by which the same ones are known."""
    return to_text(model, one.answers, side=one.side)

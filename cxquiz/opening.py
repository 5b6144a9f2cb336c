"""Opening a link: what somebody sent becomes the reader's session, and theirs waits aside.

The fragment of a link says what it is for, and holds answers in the form of
:mod:`cxquiz.sharing`:

* ``cx1…``: these are my answers; look at the result,
* ``ask.cx1…``: these are my answers, to be shown when you have given yours from your side,
* ``both.cx1….cx1…``: these are the answers of the first, and of everybody else.

Nothing of a fragment ever reaches a server, and nothing that a reader had is lost by opening one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cxquiz.mirroring import translate
from cxquiz.session import COMPARED, INVITED, MOST_OTHERS, Session
from cxquiz.sharing import LONGEST, MINE, THEIRS, from_text, to_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.model import Model
    from cxquiz.sharing import Received

ASK: Final = "ask"
"""The purpose of a link that asks for the other side."""

BOTH: Final = "both"
"""The purpose of a link that holds everybody's answers."""

# More characters than this many sets of answers take are no link of ours.
_LONGEST_LINK: Final = LONGEST * 4

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
        opened = Session(
            side=THEIRS if first.side == MINE else MINE, against=(_text(model, first),), at=INVITED
        )
    elif purpose == BOTH and others:
        opened = Session(
            entries=first.answers,
            side=first.side,
            against=tuple(_text(model, other) for other in others),
            finished=True,
            last_seen=True,
            at=COMPARED,
        )
    else:
        # Answers to the mirrored questions are read from the side of who gave them.
        own = translate(model, first.answers).answers if first.side == THEIRS else first.answers
        opened = Session(entries=own, finished=True, last_seen=True)
    return _beside(model, session, replace(opened, problems=problems))


def _beside(model: Model, session: Session, opened: Session) -> Session:
    """Return an opened session with the reader's own behind it, or the own one where it is that."""
    mine = to_text(model, session.answers, side=session.side)
    if session.entries and mine == to_text(model, opened.answers, side=opened.side):
        # Their own answers came back, with others': what they typed is in their browser alone.
        entries = {**opened.entries, **session.entries}
        return replace(opened, entries=entries, names=session.names, aside=session.aside)
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
    received, problems = _read(model, pasted)
    added = add_texts(model, session, [_text(model, one) for one in received])
    return replace(added, problems=(*problems, *added.problems))


def add_texts(model: Model, session: Session, texts: Iterable[str]) -> Session:
    """Return the session with more sets of answers to compare with.

    Args:
        model: The model.
        session: The session.
        texts: The sets in the form of :mod:`cxquiz.sharing`. The reader's own is passed over.
    """
    own = to_text(model, session.answers, side=session.side)
    found = dict.fromkeys([*session.against, *(text for text in texts if text != own)])
    beyond = len(found) > MOST_OTHERS
    problems = (model.say("others_too_many", number=MOST_OTHERS),) if beyond else ()
    return replace(session, against=tuple(found)[:MOST_OTHERS], at=COMPARED, problems=problems)


def has_links(text: str) -> bool:
    """Say whether there is anything in a text that looks like a link with answers."""
    return bool(_codes(text))


def link_to(model: Model, session: Session, purpose: str = "") -> str:
    """Return the fragment of a link to a session's answers, without ``#``.

    Args:
        model: The model.
        session: The session. What was typed is left out unless its ``names`` says otherwise.
        purpose: :data:`ASK`, :data:`BOTH`, or empty for the result.
    """
    own = to_text(model, session.answers, side=session.side, texts=session.names)
    if purpose == BOTH:
        # Who asked comes first: the reader of a comparison is the one whose questions they are.
        texts = [*session.against, own] if session.side == THEIRS else [own, *session.against]
        return ".".join([BOTH, *texts])
    return f"{purpose}.{own}" if purpose else own


def _read(model: Model, text: str) -> tuple[list[Received], tuple[str, ...]]:
    """Read every set of answers in a text, and say what could not be read."""
    codes = _codes(text[:_LONGEST_LINK])
    everything = [from_text(model, code) for code in codes] or [from_text(model, text)]
    problems = [problem for one in everything for problem in one.problems]
    return [one for one in everything if one.answers], tuple(dict.fromkeys(problems))


def _codes(text: str) -> list[str]:
    """Return whatever in a text looks like a set of answers."""
    import re  # noqa: PLC0415 - few visits begin with a link, and this takes long to load

    found: list[str] = re.findall(_CODE, text)
    return found


def _text(model: Model, received: Received) -> str:
    return to_text(model, received.answers, side=received.side, texts=True)

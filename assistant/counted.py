"""Numbers beside what they are of: the pieces of a sentence that each say one, and whether a claim mixes them.

"Mantelzorgers ontvangen 125 euro en vrijwilligers 50 euro" does not say that the first receive 50.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.figures import Figure, amounts_in, limited_in, number_words, numbers_in, turns_in
from vectorstore.lexical import stems, words

_PIECE = re.compile(r"(;\s*|,?\s+(?:en|maar|of|terwijl|and|but|or|while)\s+|,\s+)", re.I)

_CURRENCY = "euro"  # also "€", which stands before a number and says nothing of what that is of


@dataclass(frozen=True, slots=True)
class Counted:
    """A piece of a sentence with its numbers, and what it says before the first of them and after it.

    `figures` are its numbers and bounds, `leading` those bounds that stand before them ("alle inwoners krijgen 5
    euro"); `limits` what it says of some only.
    """

    figures: frozenset[str]
    leading: frozenset[str]
    limits: frozenset[tuple[str, str]]
    before: tuple[str, ...]
    after: tuple[str, ...]

    def words(self) -> frozenset[str]:
        """What it says besides its figures."""
        return frozenset((*self.before, *self.after))


def counts_alike(said: Counted, pieces: Sequence[Counted]) -> bool:
    """Whether one piece of a sentence says the numbers and bounds of a claim of the same things."""
    limits = {limit for piece in pieces for limit in piece.limits if limit[1] in said.words()}
    if limits != {limit for limit in said.limits if limit[1]}:
        return False
    return any(said.figures <= _figures_of(at, pieces) and _lends(at, pieces, said) for at in range(len(pieces)))


def _figures_of(at: int, pieces: Sequence[Counted]) -> frozenset[str]:
    """The figures of a piece; where nothing stands before its number, also what the pieces before it begin with."""
    before = () if pieces[at].before else pieces[:at]
    return pieces[at].figures.union(*(piece.leading for piece in before))


def _lends(at: int, pieces: Sequence[Counted], said: Counted) -> bool:
    """Whether a claim takes the figures of a piece with what stands beside them there, and not with another's.

    Of a piece before it, what stands before the number may be of both ("de bijdrage is 5 euro voor … en 3 euro voor");
    of a piece behind it, what comes after as much as this piece says itself ("20 huizen en 3 scholen in Zuid").
    """
    piece, claim = pieces[at], said.words()
    if not said.figures or len(pieces) == 1:
        return True
    elsewhere = {word for other in pieces if other is not piece for word in other.words()}
    own = [word for word in piece.before if word not in elsewhere] or [w for w in piece.after if w not in elsewhere]
    if own and claim.isdisjoint(own):
        return False
    foreign = {word for other in pieces[:at] for word in other.after}
    for other in pieces[at + 1 :]:
        foreign |= {*other.before, *other.after[: len(piece.after)]}
    shared = {word for other in pieces[:at] for word in other.before}
    return claim.isdisjoint(foreign - shared - piece.words())


def counted_in(sentence: str) -> list[Counted]:
    """The pieces of a sentence that say numbers, or where something goes, each by itself; else the whole as one.

    A piece without goes with its neighbour: rather with the one that "en" joins it to than past a comma.
    """
    pieces = _PIECE.split(sentence)
    while len(pieces) > 1:
        bare = next((at for at in range(0, len(pieces), 2) if not _first_figure(pieces[at])), None)
        if bare is None:
            break
        joints = [j for j in (bare - 1, bare + 1) if 0 < j < len(pieces)]
        joint = min(joints, key=lambda j: any(mark in pieces[j] for mark in ",;"))
        pieces[joint - 1 : joint + 2] = ["".join(pieces[joint - 1 : joint + 2])]
    return [_as_one(piece) for piece in pieces[::2]]


def _first_figure(text: str) -> Figure | None:
    """The first number or turn of a text that also says what it is of; none where it says no more than that."""
    figures = sorted((*numbers_in(text), *turns_in(text)), key=lambda figure: figure.start)
    return figures[0] if figures and plain_words(text) else None


def _as_one(text: str) -> Counted:
    first = _first_figure(text)
    start, end = (first.start, first.end) if first else (len(text), len(text))
    figures = {said for found in (*numbers_in(text), *turns_in(text)) for said in found.said}
    limits = ((kind, next(iter(plain_words(of)), "")) for kind, of in limited_in(text))
    before, after = ([w for w in plain_words(part) if w != _CURRENCY] for part in (text[:start], text[end:]))
    all_figures = frozenset(figures) | amounts_in(text)
    return Counted(all_figures, amounts_in(text[:start]), frozenset(limits), tuple(before), tuple(after))


def plain_words(text: str) -> list[str]:
    """The stems of a text's words in their order, without its numbers."""
    other = (word for word in words(text) if word not in number_words() and not any(c.isdigit() for c in word))
    return [_uninflected(stem) for stem in stems(" ".join(other))]


def _uninflected(stem: str) -> str:
    """A stem without the "t" that Snowball leaves on a verb: "bouwt" is "bouwen"."""
    return stem.removesuffix("t")

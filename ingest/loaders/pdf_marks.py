"""Marks on a page: the raised number of a footnote, the raised letters of "1e", the bullets that browsers draw."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.blocks import raised
from ingest.loaders.pdf_drawings import Rule
from ingest.loaders.pdf_page import Page, Word

_RAISABLE = re.compile(r"^(?:\d{1,3}|e|de|ste|er|a|o)$")
_RAISED_SIZE = 0.85  # of the word it belongs to, at most
_RAISED_BY = (0.12, 0.7)  # of the size of that word
_MAX_DOTS = 500  # on a page; with more, they are a pattern


def with_marks(page: Page) -> Page:
    """The page with what stands above or in front of words told apart: raised numbers, and bullets that are drawn."""
    words = list(_with_raised(page.words))
    return replace(page, words=(*words, *_drawn_bullets(words, page.rules)))


def _with_raised(everything: Sequence[Word]) -> Iterator[Word]:
    """Small raised numbers written as such, and raised letters ("1e"), on the base line of the word they belong to."""
    sizes = Counter(round(word.size, 1) for word in everything)
    small = _RAISED_SIZE * sizes.most_common(1)[0][0] if sizes else 0.0
    for at, word in enumerate(everything):
        if not _RAISABLE.match(word.text):
            yield word
            continue
        before, after = _beside(everything, at, small)
        if before:
            yield replace(word, text=raised(word.text), base=before.base, size=before.size, glued=True)
        elif after and word.text.isdigit():
            yield replace(word, text=raised(word.text), base=after.base, size=after.size, glued=False)
        else:
            yield word


def _drawn_bullets(words: Sequence[Word], drawn: Sequence[Rule]) -> Iterator[Word]:
    """A bullet for each dot that is drawn in front of a word, at the height where bullets are."""
    for dot in [rule for rule in drawn if rule.is_dot][:_MAX_DOTS]:
        x, y = dot.middle
        level = [w for w in words if abs(w.base - 0.3 * w.size - y) < 0.25 * w.size and dot.x2 < 0.8 * w.size + x]
        after = min((w for w in level if w.left >= dot.x2), key=lambda w: w.left, default=None)
        before = any(dot.x1 - 2 * w.size < w.right <= dot.x2 for w in level)
        if after and not before and after.left - dot.x2 < 2.5 * after.size:
            yield Word("•", dot.x1, dot.x2, after.base, after.size)


def _beside(words: Sequence[Word], at: int, small: float) -> tuple[Word | None, Word | None]:
    """The words that a small word is raised above: one that ends where it begins, one that begins where it ends.

    Nearly always they are its neighbours in the page's content; a few programs write their marks last.
    """
    mark = words[at]
    everywhere = words if mark.text.isdigit() and mark.size <= small else ()
    for some in (words[max(at - 1, 0) : at + 2], everywhere):
        above = [word for word in some if _is_above(mark, word)]
        before = next((w for w in above if -1.5 <= mark.left - w.right <= 0.4 * w.size), None)
        after = next((w for w in above if -1.5 <= w.left - mark.right <= 1.5 * w.size), None)
        if before or after:
            return before, after
    return None, None


def _is_above(mark: Word, word: Word) -> bool:
    return (
        mark.size <= _RAISED_SIZE * word.size
        and _RAISED_BY[0] * word.size <= word.base - mark.base <= _RAISED_BY[1] * word.size
    )

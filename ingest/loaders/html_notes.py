"""Footnotes of web pages: the links that refer to them, and the notes at the end or beside the text.

Told by what they are rather than by one site's names: a short link to a place in the page, in superscript or with a
telling name. Known ways: officielebekendmakingen.nl (`a.nootnum`, `div.voet.noot`), Word's own HTML (`#_ftn1`),
pandoc and Markdown tools (`#fn1`, `li`), DPUB-ARIA roles, and superscript numbers without any link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from ingest.blocks import Block, clean_line
from ingest.loaders.notes import note, reference

_MARK = re.compile(r"^[\[(]?(\d{1,3}|\*{1,3}|†|‡|[a-z])[\])]?$")
_NOTE_NAME = re.compile(
    r"(?:^|[-_ ])(?:nootnum|nootref|noot|voetnoot|eindnoot|foot-?note|end-?note|noteref|fnref|fn)", re.I
)
_NOTE_PLACE = re.compile(r"^#(?:.*(?:noot|note)|_?(?:ftn|edn|fn|sdfootnote)|fn[:_-]?)", re.I)
_NOTE_CLASSES = frozenset("noot snoot voetnoot eindnoot footnote endnote noot-inhoud".split())
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote"})
_HOLDERS = ("li", "p", "dd", "div", "td", "aside", "section")
_BACK = re.compile(
    r"\s*(?:[↩↑↵⤴^]\ufe0e?|terug naar (?:link van noot|verwijzing in tekst|de tekst|tekst|boven)\.?)\s*$", re.I
)
_CLOSE = re.compile(r"^\s*(?:X\s+)?Noot\s+(?=\d)")
_LEADING = re.compile(r"^[\[(]?(\d{1,3}|\*{1,3})[\])]?[.:)]?\s+\S")
_TITLE = re.compile(r"^(?:(?:voet|eind)?noten|footnotes|endnotes)\W*$", re.I)
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_SHORT_NOTE = 4000  # characters; what is longer is a part of the page that a link leads to


def take_notes(soup: BeautifulSoup) -> list[Block]:
    """Writes references raised, takes the notes out of the page and gives them in the order they are referred to."""
    notes = _Notes(soup)
    return notes.blocks


class _Notes:
    """The notes found in one page: each with the element that holds it and its mark."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._found: dict[int, tuple[Tag, str]] = {}
        self._places: dict[str, Tag] = {}
        for tag in soup.find_all(lambda t: t.get("id") or (t.name == "a" and t.get("name"))):
            for name in (tag.get("id"), tag.get("name")):
                self._places.setdefault(str(name), tag)
        for link in soup.find_all("a", href=re.compile("^#.")):
            self._follow(link)
        for tag in soup.find_all(_is_named_note):
            self._add(tag, _leading_mark(tag))
        self._unlinked(soup)
        self._drop_titles(soup)
        self.blocks = list(self._blocks())

    def _follow(self, link: Tag) -> None:
        """Takes a link for a reference if it looks like one, unless it leads back from a note."""
        found = _MARK.match(clean_line(link.get_text()))
        if not found or not _refers(link) or self._is_inside(link):
            return
        target = self._places.get(str(link["href"])[1:])
        if target is not None and not self._add(_holder(target, link), found[1]) and not _refers_surely(link):
            return
        outer = link.parent if isinstance(link.parent, Tag) and link.parent.name == "sup" else link
        outer.replace_with(NavigableString(reference(found[1])))

    def _add(self, holder: Tag | None, mark: str | None) -> bool:
        if holder is None or mark is None or len(holder.get_text()) > _SHORT_NOTE or holder.find(_HEADINGS[:4]):
            return False
        if not self._is_inside(holder):
            self._found[id(holder)] = (holder, mark)
        return True

    def _is_inside(self, tag: Tag) -> bool:
        return any(id(around) in self._found for around in (tag, *tag.parents))

    def _unlinked(self, soup: BeautifulSoup) -> None:
        """Numbers in superscript without links: notes where a paragraph begins with the number that is used above."""
        waiting: dict[str, list[Tag]] = {}
        for raised in [t for t in soup.find_all("sup") if re.fullmatch(r"\d{1,3}", clean_line(t.get_text()))]:
            mark = clean_line(raised.get_text())
            holder = raised.find_parent(["p", "li", "div"])
            if self._is_inside(raised):
                continue
            if holder and mark in waiting and _begins_with(holder, raised) and self._add(holder, mark):
                for used in waiting.pop(mark):
                    used.replace_with(NavigableString(reference(mark)))
            else:
                waiting.setdefault(mark, []).append(raised)

    def _drop_titles(self, soup: BeautifulSoup) -> None:
        """Takes out headings that only say that notes follow: the notes go elsewhere."""
        for title in [t for t in soup.find_all([*_HEADINGS, "p"]) if _TITLE.match(clean_line(t.get_text()))]:
            inside = set(map(id, title.descendants))
            following = (
                e for e in title.next_elements if isinstance(e, NavigableString) and e.strip() and id(e) not in inside
            )
            nearest = next(following, None)
            if nearest is not None and isinstance(nearest.parent, Tag) and self._is_inside(nearest.parent):
                title.decompose()

    def _blocks(self) -> Iterator[Block]:
        for holder, mark in self._found.values():
            for back in holder.find_all("a", href=re.compile("^#")):
                if _BACK.fullmatch(back.get_text()) or "close" in str(back.get("class") or ""):
                    back.decompose()
            text = _CLOSE.sub("", clean_line(holder.get_text(" ")))
            text = re.sub(r" (?=[.,;:!?)])", "", _BACK.sub("", text))
            if text:
                yield note(mark, text)
        for holder, _ in self._found.values():
            holder.decompose()


def _refers(link: Tag) -> bool:
    """Whether a link looks like a reference to a note: raised, or by its name or target."""
    raised = link.find_parent("sup") is not None or link.find("sup") is not None
    return raised or _refers_surely(link)


def _refers_surely(link: Tag) -> bool:
    names = " ".join(str(name) for name in (link.get("class") or []))
    by_role = link.get("role") == "doc-noteref" or link.get("epub:type") == "noteref"
    return by_role or bool(_NOTE_NAME.search(names) or _NOTE_PLACE.match(str(link["href"])))


def _is_named_note(tag: Tag) -> bool:
    names = {str(name).lower() for name in (tag.get("class") or [])}
    return tag.get("role") in _NOTE_ROLES or bool(names & _NOTE_CLASSES and tag.name not in ("a", "sup"))


def _holder(target: Tag, link: Tag) -> Tag | None:
    """The element that holds the whole note a link leads to; None when that is the link's own paragraph."""
    holder: Tag | None = target
    while holder is not None and (holder.name not in _HOLDERS or not holder.get_text(strip=True)):
        holder = holder.parent
    while holder is not None and isinstance(holder.parent, Tag) and _is_named_note(holder.parent):
        holder = holder.parent
    around = set(map(id, link.parents))
    if holder is None or id(holder) in around or holder.name in ("body", "html"):
        return None
    return holder


def _leading_mark(tag: Tag) -> str | None:
    found = _LEADING.match(_CLOSE.sub("", clean_line(tag.get_text(" "))))
    return found[1] if found else None


def _begins_with(holder: Tag, raised: Tag) -> bool:
    """Whether a raised number is the first thing in its paragraph, with words behind it."""
    for part in holder.descendants:
        if part is raised:
            return len(clean_line(holder.get_text())) > len(raised.get_text()) + 1
        if isinstance(part, NavigableString) and part.strip():
            return False
    return False

"""Whether gold answers stand in the documents: documents, sections, evidence and facts of a question, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from evals.findings import Entry, Finding
from evals.places import Place
from evals.questions import Case
from evals.records import folded, is_in_section
from ingest.document import NOT_POLICY, Document

_OFTEN = 3  # a phrase that stands in more places than this identifies none
_SHOWN = 160  # characters of a document in a hint

Spot = tuple[str, int, int]
"""A document's id and a range of its text."""


class Gold:
    """Checks gold answers against documents; a document is made findable once, when a question first needs it."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._place = cache(lambda name: Place(documents[name]))
        self._text = cache(self._searchable)
        self._is_named = cache(self._names_section)

    def check(self, entry: Entry) -> Iterator[Finding]:
        """What does not stand where the question says it does."""
        unknown = [name for name in entry.case.documents if name not in self._documents]
        for name in unknown:
            near = get_close_matches(name, self._documents, n=1)
            meant = f"The nearest is “{near[0]}”. " if near else ""
            yield entry.finding("error", "documents", f"“{name}” is not indexed. {meant}Ingest it, or mend the id")
        if not unknown:
            missing = [name for name in entry.case.sections if not self._has_section(entry.case, name)]
            for name in missing:
                yield self._no_section(entry, name)
            for phrase in entry.case.evidence:
                yield from self._evidence(entry, phrase, sections_known=not missing)
            yield from self._facts(entry)

    def _no_section(self, entry: Entry, name: str) -> Finding:
        case = entry.case
        sections = (section for document in case.documents for section in self._documents[document].sections)
        names = dict.fromkeys(n for section in sections for n in (section.number, section.title) if n)
        near = get_close_matches(name, names, n=3, cutoff=0.5)
        meant = f"Nearest by name: {_listed(near)}. " if near else ""
        where = self._sections_of(spot for phrase in case.evidence for spot in self._find(case, phrase))
        stands = f"The evidence stands in {where}. " if where else ""
        said = f"{' and '.join(case.documents)}: no section “{name}”. {meant}{stands}Mend the name"
        return entry.finding("error", "sections", said)

    def _evidence(self, entry: Entry, phrase: str, sections_known: bool) -> Iterator[Finding]:
        case = entry.case
        found = self._find(case, phrase)
        if not found:
            said = f"“{phrase}” does not stand in {' or '.join(case.documents)}. {self._hint(case, phrase)}"
            yield entry.finding("error", "evidence", said)
            return
        if len(found) > _OFTEN:
            said = f"“{phrase}” stands in {len(found)} places and identifies none. Take a longer or rarer phrase"
            yield entry.finding("warning", "evidence", said)
        if all(self._is_left_out(spot) for spot in found):
            said = f"“{phrase}” stands only in {self._sections_of(found)}, which is no policy text and is not indexed"
            yield entry.finding("error", "evidence", f"{said}. Drop the question, or take evidence from the policy")
        elif case.sections and sections_known and not any(self._is_in_sections(case, spot) for spot in found):
            said = f"“{phrase}” stands in {self._sections_of(found)}, and the sections named are "
            yield entry.finding("error", "evidence", f"{said}{_listed(case.sections)}. Mend the sections")

    def _facts(self, entry: Entry) -> Iterator[Finding]:
        for group in entry.case.facts:
            if not any(folded(way) in self._text(name) for name in entry.case.documents for way in group):
                said = f"{_listed(group)} stands nowhere in the documents. Add the wording that they have"
                yield entry.finding("warning", "facts", said)

    def _find(self, case: Case, phrase: str) -> list[Spot]:
        return [(name, start, end) for name in case.documents for start, end in self._place(name).find(phrase)]

    def _hint(self, case: Case, phrase: str) -> str:
        near = [(*place, name) for name in case.documents if (place := self._place(name).nearest(phrase))]
        if not near:
            return "Nothing there is like it. Copy a phrase from: kaderwijzer text ID"
        _, start, end, name = max(near, key=lambda place: place[0])
        text = " ".join(self._documents[name].text[start:end].split())[:_SHOWN]
        return f"Nearest is, in {self._sections_of([(name, start, end)])}: “{text}”. Copy it letter for letter"

    def _has_section(self, case: Case, name: str) -> bool:
        return any(
            self._is_named(document, index, (name,))
            for document in case.documents
            for index in range(len(self._documents[document].sections))
        )

    def _is_in_sections(self, case: Case, spot: Spot) -> bool:
        return any(self._is_named(spot[0], index, case.sections) for index in self._innermost(spot))

    def _is_left_out(self, spot: Spot) -> bool:
        sections = self._documents[spot[0]].sections
        return any(sections[index].kind in NOT_POLICY for index in self._innermost(spot))

    def _sections_of(self, spots: Iterable[Spot]) -> str:
        sections = (self._documents[spot[0]].sections[index] for spot in spots for index in self._innermost(spot))
        return _listed(dict.fromkeys(section.label for section in sections))

    def _innermost(self, spot: Spot) -> list[int]:
        """The section in which a range lies; of a footnote, also that of the sentence that refers to it."""
        name, start, end = spot
        document = self._documents[name]
        referring = [n.referred for n in document.footnotes if n.start <= start < n.end and n.referred]
        return [
            document.section_at(*place)
            for place in [(start, end), *referring]
            if any(s.start <= place[0] and place[1] <= s.end for s in document.sections)
        ]

    def _names_section(self, document: str, index: int, sections: tuple[str, ...]) -> bool:
        section = self._documents[document].sections[index]
        return is_in_section(_naming(sections), section.number, section.path)

    def _searchable(self, name: str) -> str:
        """What an answer from a document can say: its text, and the names it goes by."""
        document = self._documents[name]
        return f"{self._place(name).text} {folded(document.title)} {folded(document.municipality or '')}"


@cache
def _naming(sections: tuple[str, ...]) -> Case:
    """A question that names sections, to ask `is_in_section` about them."""
    return Case.model_construct(sections=sections)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)

"""An answer as text: the frame in the question's language, the documents' words inside it, Markdown with [n]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from assistant.answer import Answer, Claim, dated, validity
from assistant.language import Language
from assistant.phrases import as_markdown, say
from ingest.document import Document, Section
from ingest.municipalities import successor_of

_LISTED = 8  # documents or sections named in one line


def document_name(document: Document, language: Language) -> str:
    """Title with municipality, such as "Beleidskader Sociaal Domein van Geertruidenberg"."""
    if not document.municipality or document.municipality.lower() in document.title.lower():
        return document.title
    return say("of", language, title=document.title, municipality=document.municipality)


def section_name(section: Section) -> str:
    """A section as people cite it: "§ 2.3 Visie op preventie"; one without a number by its title in quotes.

    What explains an article is not cited as the article: "Toelichting, Artikel 5".
    """
    name = section.label if section.number else f"“{section.title}”"
    if section.number and section.number[0].isdigit():
        name = f"§ {name}"
    return f"Toelichting, {name}" if section.explains else name


def notes_on(documents: Iterable[Document], language: Language, *, headed: bool = False) -> tuple[str, ...]:
    """What a reader must know of the documents cited: no longer in force, replaced, of a municipality that merged.

    Where they are `headed`, the line above says until when a document is in force; of a proposal it does not.
    """
    notes: list[str] = []
    for document in documents:
        if document.valid_until is not None and not (headed and document.kind != "raadsvoorstel"):
            notes.append(say("ended", language, title=document.title, day=f"{document.valid_until:%d-%m-%Y}"))
        if document.successor:
            notes.append(say("succeeded", language, title=document.title, successor=document.successor))
        successor = successor_of(document.municipality or "")
        if successor:
            notes.append(
                say(
                    "merged",
                    language,
                    name=successor.name,
                    year=successor.since,
                    successor=successor.successor,
                )
            )
    return tuple(dict.fromkeys(notes))


def render(answer: Answer, documents: Mapping[str, Document]) -> str:
    """The answer as Markdown; citation numbers stand behind each claim."""
    return _abstention(answer, documents) if answer.abstained else _cited(answer, documents)


def by_document(answer: Answer) -> list[tuple[str, list[Claim]]]:
    """Claims grouped by the document that their first citation names, in order of appearance."""
    return [
        (name, list(claims))
        for name, claims in groupby(answer.claims, key=lambda c: answer.citation(c.citations[0]).document_id)
    ]


def by_section(answer: Answer, claims: Iterable[Claim]) -> list[tuple[int, list[Claim]]]:
    """Claims of one document grouped by section, in order of appearance."""
    return [(s, list(group)) for s, group in groupby(claims, key=lambda c: answer.citation(c.citations[0]).section)]


def frame_of(answer: Answer, documents: Mapping[str, Document]) -> str:
    """The line above an answer: in which document, or in how many, and whether they are shown by municipality."""
    names = list(dict.fromkeys(answer.citation(c.citations[0]).document_id for c in answer.claims))
    if len(names) == 1:
        return say("found", answer.language, where=described(documents[names[0]], answer.language))
    places = {documents[name].municipality for name in names}
    placed = None not in places and len(places) > 1
    return say("found-by-municipality" if placed else "found-several", answer.language, count=len(names))


def _cited(answer: Answer, documents: Mapping[str, Document]) -> str:
    language = answer.language
    groups = by_document(answer)
    parts = [as_markdown(frame_of(answer, documents))]
    municipality: str | None = None
    for name, claims in groups:
        document = documents[name]
        if len(groups) > 1:
            if document.municipality and document.municipality != municipality:
                parts.append(f"### {as_markdown(document.municipality)}")
            municipality = document.municipality
            parts.append(f"*{as_markdown(described(document, language))}*")
        for section, group in by_section(answer, claims):
            if heading := heading_above(answer, document.sections[section], group):
                parts.append(f"**{as_markdown(heading)}**")
            parts.append(_claims(group))
    parts.extend(as_markdown(note) for note in answer.notes)
    if answer.silent:
        parts.append(as_markdown(say("silent", language, names=document_names(answer.silent, documents, language))))
    if answer.unknown:
        parts.append(as_markdown(unknown_line(answer.unknown, documents, answer.language)))
    return "\n\n".join(parts)


def heading_above(answer: Answer, section: Section, claims: Iterable[Claim]) -> str | None:
    """The section's name above its claims; None where these quote the heading itself, as of an outline."""
    quoted = all(answer.citation(n).end <= section.text_start for claim in claims for n in claim.citations)
    return None if quoted else section_name(section)


def shown(claim: Claim) -> str:
    """The text of a claim on one line, with a mark before it where the section says more in between."""
    text = " ".join(claim.text.split())
    return f"(…) {text}" if claim.skips else text


def _claims(claims: list[Claim]) -> str:
    lines: list[str] = []
    for claim in claims:
        text = f"{as_markdown(shown(claim))} {''.join(f'[{n}]' for n in claim.citations)}"
        if claim.item:
            follows_item = not lines or lines[-1].lstrip().startswith("- ")
            lines.append(f"{'' if follows_item else chr(10)}- {text}")
        elif lines and not lines[-1].lstrip().startswith("- "):
            lines[-1] = f"{lines[-1]} {text}"
        else:
            lines.append(f"\n{text}" if lines else text)
    return "\n".join(lines)


def _abstention(answer: Answer, documents: Mapping[str, Document]) -> str:
    parts = [as_markdown(answer.reason or "")]
    if answer.searched:
        parts.append(
            as_markdown(
                say("searched", answer.language, names=document_names(answer.searched, documents, answer.language))
            )
        )
    if answer.nearest:
        lines = [say("nearest", answer.language)]
        for near in answer.nearest:
            document = documents[near.document_id]
            name = f"{section_name(document.sections[near.section])}, {document_name(document, answer.language)}"
            lines.append(f"- {as_markdown(name)}")
        parts.append("\n".join([lines[0], "", *lines[1:]]))
    return "\n\n".join(parts)


def described(document: Document, language: Language) -> str:
    """A document with its date, and with its kind where the title does not say it: a proposal is no decision."""
    kind = document.kind if document.kind and document.kind not in document.title.lower() else None
    said = ", ".join(filter(None, (kind, validity(document, language) or dated(document))))
    name = document_name(document, language)
    return f"{name} ({said})" if said else name


def document_names(ids: Iterable[str], documents: Mapping[str, Document], language: Language) -> str:
    """Documents in one line; of many, the first ones and how many more."""
    names = list(dict.fromkeys(document_name(documents[i], language) for i in ids))
    more = f" + {len(names) - _LISTED}" if len(names) > _LISTED else ""
    return "; ".join(names[:_LISTED]) + more


def unknown_line(names: Sequence[str], documents: Mapping[str, Document], language: Language) -> str:
    """That municipalities named are not indexed; or, of those that are, that they are not among what is searched."""
    known = sorted({d.municipality for d in documents.values() if d.municipality})
    indexed = set(names) <= set(known)
    return say("not-chosen" if indexed else "unknown", language, names=", ".join(names), known=", ".join(known))

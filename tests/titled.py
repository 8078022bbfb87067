"""Documents of which only the name, the place and the dates matter, and some that are versions of one another."""

from __future__ import annotations

from datetime import date

from ingest.document import Document, Section

OUTLINE = (Section("1", "Inleiding", 1, ("Inleiding",), "body", 0, 5, 10, 10),)


def document(
    name: str,
    title: str,
    day: date | None = None,
    kind: str | None = "beleidskader",
    place: str | None = "Zandwijk",
    **more,
) -> Document:
    return Document(name, title, place, kind, day, None, None, f"{name}.txt", None, "", "x" * 10, OUTLINE, **more)


OLD = document("oud", "Samen oud: Ouderenvisie Zandwijk 2019-2023", date(2019, 3, 1), "visie")
NEW = document("voorstel", "Vaststellen Ouderenvisie Zandwijk 2024-2028 ‘Thuis’", date(2023, 11, 2), "raadsvoorstel")
OTHER = document("sport", "Sportnota Zandwijk 2022", date(2022, 1, 1), "nota")
ELSEWHERE = document("hoogveld", "Ouderenvisie Hoogveld 2025-2029", date(2025, 1, 1), "visie", "Hoogveld")
INDEXED = [OLD, NEW, OTHER, ELSEWHERE]

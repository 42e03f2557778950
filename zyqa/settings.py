"""One frozen Settings. Later sources win: defaults < TOML file < environment (``ZYQA_*``) < command option."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from zyqa.errors import SettingsError

CONFIG = Path("zyqa.toml")


class Settings(BaseSettings):
    """Everything that can be set. Build it with :func:`load`, which turns bad values into SettingsError."""

    model_config = SettingsConfigDict(env_prefix="ZYQA_", frozen=True, extra="forbid")

    library: Path = Field(Path("index"), description="the folder that holds the library")
    corpus: Path = Field(Path("corpus"), description="the folder the library is first built from")
    encoder: str = Field("", description="folder of a sentence-transformers model; empty: the shipped one")
    dictionaries: tuple[Path, ...] = Field((), description="further words, units and kinds of enterprise (TOML files)")
    max_file_mb: int = Field(100, ge=1, description="larger files are not read")
    max_question_chars: int = Field(2000, ge=1, description="longer questions are not answered")
    llm_model: str = Field("", description="name of an OpenAI-compatible model; empty: answer without one")
    llm_base_url: str = Field("", description="where that model is served")
    llm_api_key: str = Field("EMPTY", description="the key it asks for", repr=False)
    llm_timeout: float = Field(60.0, gt=0, description="seconds to wait for the model")
    host: str = Field("127.0.0.1", description="address that serve listens on")
    port: int = Field(7860, ge=0, le=65535, description="port that serve listens on; 0: any free one")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, CONFIG)


def load(**options: Any) -> Settings:
    """The settings in force; ``options`` that are None count as not given.

    Raises:
        SettingsError: an unknown setting, a bad value, or a TOML file that does not parse.
    """
    try:
        return Settings(**{name: value for name, value in options.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"setting {name!r} = {first['input']!r}: {first['msg']}",
            hint=f"known settings: {', '.join(Settings.model_fields)}",
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{CONFIG} is not valid TOML: {error}", hint="mend that line or remove the file") from None

"""All settings, from the environment or a `.env` file. Read once in `run_bot.py` and passed on as a value."""

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import BeforeValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.language.languages import Language


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


OptionalText = Annotated[str | None, BeforeValidator(_none_if_empty)]
OptionalSecret = Annotated[SecretStr | None, BeforeValidator(_none_if_empty)]
OptionalPath = Annotated[Path | None, BeforeValidator(_none_if_empty)]


class Settings(BaseSettings):
    """One variable a field, by the field's name in capitals."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    telegram_bot_token: OptionalSecret = Field(None, description="The bot's token. Without it the playground starts.")
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="The Bot API server; a self-hosted one has another address."
    )
    database_url: OptionalSecret = Field(
        None,
        description="`postgresql+psycopg://…`; without it a SQLite file in DATA_DIR is used.",
    )
    data_dir: Path = Field(Path("data"), description="Where the database and the playground's files live.")
    knowledge_dir: OptionalPath = Field(
        None, description="A folder with a company's own content, laid over the built-in one."
    )
    webhook_url: OptionalText = Field(
        None, description="The public https address of a webhook; without it the bot polls Telegram."
    )
    webhook_listen: str = Field("127.0.0.1:8443", description="Where the webhook listens (host:port).")
    webhook_secret: OptionalSecret = Field(
        None, description="The secret that Telegram sends along with each update; required with WEBHOOK_URL."
    )
    playground_listen: str = Field("127.0.0.1:8080", description="Where the playground's page and Bot API stand.")
    default_language: Language = Field(Language.DE, description="Language of a new team: de or en.")
    default_timezone: str = Field("Europe/Berlin", description="Zone of a new team (IANA name).")
    holiday_region: str = Field("DE", description="Region of a new team: DE, DE-BY, AT-9, CH-ZH …")
    summary_time: str = Field("18:00", description="Local time of a new team's daily summary.")
    messages_per_second: float = Field(30, ge=1, le=1000, description="Telegram's limit for all chats together.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="The least level logged.")
    log_format: Literal["console", "json"] = Field("console", description="`json` for machines.")

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("default_timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is no zone, such as Europe/Berlin")
        return value

    @field_validator("holiday_region")
    @classmethod
    def _region_is_one(cls, value: str) -> str:
        country, _, part = value.upper().partition("-")
        if country not in ("DE", "AT", "CH") or (value.count("-") and not part):
            raise ValueError("is no region, such as DE, DE-BY, AT-9 or CH-ZH")
        return value.upper()

    @field_validator("summary_time")
    @classmethod
    def _time_is_one(cls, value: str) -> str:
        hours, _, minutes = value.partition(":")
        if not (hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60):
            raise ValueError("is no time of day, such as 18:00")
        return f"{int(hours):02}:{int(minutes):02}"

    @field_validator("webhook_listen", "playground_listen")
    @classmethod
    def _address_is_one(cls, value: str) -> str:
        address(value)
        return value

    @model_validator(mode="after")
    def _webhook_has_secret(self) -> "Settings":
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_SECRET is required with WEBHOOK_URL")
        return self

    @property
    def is_playground(self) -> bool:
        """Whether the bot talks to the stand-in instead of Telegram."""
        return self.telegram_bot_token is None

    @property
    def home(self) -> Path:
        """Where this run's files live; the playground never touches those of a run with a token."""
        return self.data_dir / "playground" if self.is_playground else self.data_dir

    @property
    def models(self) -> Path:
        """Where what recognition learnt from a company's own examples is kept."""
        return self.data_dir / "models"

    @property
    def shares_database(self) -> bool:
        """Whether other processes may work on the same database; a SQLite file has one."""
        return not self.database.startswith("sqlite")

    @property
    def database(self) -> str:
        """The database's URL; the playground always has its own file."""
        if self.database_url is not None and not self.is_playground:
            return self.database_url.get_secret_value()
        from bot.storage.engine import sqlite_url  # a command without a database starts without SQLAlchemy

        return sqlite_url(self.home / "roter-faden.sqlite")


def address(value: str) -> tuple[str, int]:
    """(host, port) of `host:port`; raises ValueError."""
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise ValueError("is no address, such as 127.0.0.1:8080")
    return host.strip("[]"), int(port)

"""The hub's settings: one frozen object, read in `__main__` from `hub.toml` and the environment, handed down."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from hub.errors import BadSettings

FOLDER_VARIABLE = "WAYSTATION_HUB_FOLDER"
WITH_PASSWORDS = ("mqtt_url", "database_url", "mail_url")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 — what to refuse without a name
Host = Annotated[str, Field(pattern=r"^[A-Za-z0-9.:_-]{1,253}$")]


class HubSettings(BaseSettings):
    """What may be set; the environment (`WAYSTATION_HUB_…`) wins over the file."""

    model_config = SettingsConfigDict(env_prefix="WAYSTATION_HUB_", frozen=True, extra="forbid")

    folder: Path
    """Where the hub keeps its database, keys, ports and broker store."""
    database_url: str = ""
    """Empty: SQLite in the folder, which migrates by itself."""
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=0, le=65535)
    """0: the port used last time, or a free one; see ports.json."""
    secure_cookies: bool = False
    """Cookies for HTTPS only. Forced off loopback, with a certificate and behind a proxy."""
    trusted_proxy: str = ""
    """Address of the proxy that ends TLS. Empty: none."""
    certificate: Path | None = None
    certificate_key: Path | None = None
    mqtt_host: Host = "127.0.0.1"
    """Where the embedded broker listens. Off loopback it speaks TLS, with a certificate of the hub's own authority."""
    mqtt_port: int = Field(default=1883, ge=0, le=65535)
    """The embedded broker's. 0: as web_port."""
    mqtt_names: tuple[Host, ...] = ()
    """What stations call the broker's machine: a certificate for these is made (ca/server.pem), the first is in a
    station's block. The embedded broker then speaks TLS on loopback too."""
    mqtt_url: str | None = None
    """mqtt://user:password@host:port of a broker somebody else runs. None: the embedded one."""
    mqtt_ca: Path | None = None
    """PEM file of the authority of mqtt_url's broker. None: the hub's own with mqtt_names, otherwise the system's."""
    mqtt_for_stations: str | None = None
    """mqtts://host:port where stations reach the broker of mqtt_url. None: where the hub does."""
    mosquitto: Path | None = None
    """Folder of the Mosquitto behind mqtt_url: the hub writes `passwords` and `acl` there, and sends SIGHUP to the pid
    in its `mosquitto.pid`. None: somebody else admits stations to that broker."""
    ingest_processes: int = Field(default=1, ge=1, le=32)
    """More than one needs PostgreSQL and a broker of mqtt_url that knows shared subscriptions."""
    metrics_port: int = Field(default=0, ge=0, le=65535)
    """Where ingest shows its counters, on loopback. 0: as web_port."""
    keep_evidence_days: int = Field(default=90, ge=1)
    """Evidence windows of spells that are over."""
    keep_quarters_days: int = Field(default=400, ge=31)
    """Quarter-hours, and who came and went in them."""
    keep_states_days: int = Field(default=1827, ge=31)
    """Hours, spells and proofs: five years."""
    keep_notices_days: int = Field(default=400, ge=31)
    """Notices and their receipts, from when they were made."""
    keep_check_ins_days: int = Field(default=90, ge=31)
    """Single check-ins, from when they came; then how many an hour."""
    keep_visitors_days: int = Field(default=30, ge=1)
    """What tells the visitors of a station apart: keyed hashes of cards and phones."""
    keep_words_days: int = Field(default=90, ge=1)
    """What people wrote or photographed with an answer; then only how satisfied they were."""
    rulebook: Literal["anhui_2024", "shanghai_2018"] = "anhui_2024"
    """Of stations added without naming one."""
    home_assistant: bool = False
    """Whether Home Assistant is told of the stations, over the broker (docs/operations.md)."""
    home_assistant_prefix: str = Field(default="homeassistant", pattern=r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$")
    pdf_font: str = Field(default="", max_length=80)
    """Family of the letters in PDFs; without it there are none. Empty: Noto Sans CJK SC, or Noto Serif CJK SC."""
    map_tiles: str = Field(default="", pattern=r"^(https?://[A-Za-z0-9.:-]+/[^\s'\";,<>]*)?$", max_length=300)
    """Where the map gets its tiles: https://host/{z}/{x}/{y}.png, in WGS-84 and Web Mercator. Empty: none, and no
    browser asks another host for anything."""
    map_attribution: str = Field(default="", max_length=200)
    """Whose tiles they are, as their licence wants it said."""
    public_url: str = Field(default="", pattern=r"^(https?://[A-Za-z0-9.:_\[\]-]{1,253}(/[A-Za-z0-9._~/-]*)?)?$")
    """How people's browsers reach the pages, for links in notices. Empty: notices have no links."""
    mail_url: str = Field(default="", pattern=r"^(mailtos?://\S{1,500})?$")
    """The mail server notices go through, in apprise's words: mailtos://user:password@host:587?from=hub@example.org.
    Empty: people cannot give a plain mail address."""
    notice_hosts: tuple[Host, ...] = ()
    """Hosts that webhooks and mail servers of people's own may be on: a form must not reach into the network."""
    notice_gateways: dict[Literal["wecom", "dingtalk", "feishu"], Annotated[str, Field(pattern=r"^https?://\S+$")]] = {}
    """Where these are instead of at their public hosts: an installation of one's own, or a gateway in front of them."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @model_validator(mode="after")
    def _broker_rule(self) -> "HubSettings":
        """The web port obeys the broker's rule: loopback, or a certificate, or a named trusted proxy."""
        if self.web_host not in LOOPBACK and not self.trusted_proxy and self.certificate is None:
            raise ValueError(
                f"web_host {self.web_host} is not loopback: name certificate and certificate_key, or trusted_proxy"
            )
        return self

    @model_validator(mode="after")
    def _whole_tiles(self) -> "HubSettings":
        """An address of tiles names which tile."""
        if self.map_tiles and not all(part in self.map_tiles for part in ("{z}", "{x}", "{y}")):
            raise ValueError("map_tiles names {z}, {x} and {y}, as in https://host/{z}/{x}/{y}.png")
        return self

    @model_validator(mode="after")
    def _one_broker(self) -> "HubSettings":
        """What belongs to the embedded broker, and what to another one."""
        if self.mqtt_url is None:
            for key in ("mqtt_ca", "mqtt_for_stations", "mosquitto"):
                if getattr(self, key) is not None:
                    raise ValueError(f"{key} is about a broker of your own: name it in mqtt_url")
            if self.mqtt_host in EVERYWHERE and not self.mqtt_names:
                raise ValueError(f"mqtt_host {self.mqtt_host}: name in mqtt_names what stations call this machine")
        return self

    @model_validator(mode="after")
    def _several_need_both(self) -> "HubSettings":
        """SQLite has one writer, and the embedded broker no shared subscriptions."""
        if self.ingest_processes > 1 and not (self.database_url.startswith("postgresql") and self.mqtt_url):
            raise ValueError("ingest_processes above 1 needs PostgreSQL in database_url and a broker in mqtt_url")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 — the interface has them
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 — the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then hub.toml."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def url(self) -> str:
        """The database, spelled out."""
        return self.database_url or f"sqlite:///{self.folder / 'hub.db'}"

    @property
    def embedded(self) -> bool:
        """Whether the database is the embedded default."""
        return not self.database_url

    @property
    def certified(self) -> bool:
        """Whether the hub's own authority gives the broker its certificate."""
        return bool(self.mqtt_names) or (self.mqtt_url is None and self.mqtt_host not in LOOPBACK)

    @property
    def cookies_secure(self) -> bool:
        """Whether cookies go over HTTPS only: off loopback, and behind whoever ends TLS."""
        ends_tls = self.certificate is not None or bool(self.trusted_proxy)
        return self.secure_cookies or ends_tls or self.web_host not in LOOPBACK


def load(folder: Path) -> HubSettings:
    """The settings of a hub's folder. Raises BadSettings, naming file and key."""
    folder = folder.absolute()
    file = folder / "hub.toml"

    class _OfFolder(HubSettings):
        model_config = SettingsConfigDict(toml_file=file)

    try:
        _refuse_open_secrets(file)
        return _OfFolder(folder=folder)
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{file}: {error}") from error
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in found["loc"]) or "settings"
        raise BadSettings(f"{file} or WAYSTATION_HUB_{key.upper()}: {key}: {found['msg']}") from error


def _refuse_open_secrets(file: Path) -> None:
    """Raises BadSettings where hub.toml holds a password and others may read it."""
    if not file.exists() or not file.stat().st_mode & 0o077:
        return
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    for key in WITH_PASSWORDS:
        if "@" in str(told.get(key, "")):
            mode = file.stat().st_mode & 0o777
            raise BadSettings(f"{file} holds a password in {key} and has mode {mode:04o}: run chmod 600 {file}")

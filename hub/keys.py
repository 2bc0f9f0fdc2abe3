"""The hub's own secrets: one 0600 file in its folder, made at the first start. Only this module reads or writes it."""

import base64
import hmac
import json
import os
import secrets
import string
from dataclasses import dataclass
from pathlib import Path

import bcrypt
from cryptography.fernet import Fernet, InvalidToken

from hub.errors import BadSettings

KEY_FILE = "hub.keys"
_BEFORE_MAC, _MAC_BYTES = ".", 16
_LETTERS = string.ascii_uppercase + string.ascii_lowercase + string.digits
_BCRYPTS_ALPHABET = bytes.maketrans((_LETTERS + "+/").encode(), ("./" + _LETTERS).encode())


@dataclass(frozen=True, slots=True)
class HubKeys:
    """What only the hub knows."""

    seal: bytes
    """Encrypts the stations' QR keys in the database (Fernet)."""
    broker_password: str
    """Of the hub's own user on the embedded broker."""
    broker_hash: str
    """Its bcrypt, kept: a hash made anew would make the broker drop the hub at every reload."""

    @property
    def reader_password(self) -> str:
        """Home Assistant's, where the hub writes the broker's users: derived, so that it can be told again."""
        return base64.urlsafe_b64encode(self._derived(b"home assistant")).decode().rstrip("=")

    @property
    def reader_hash(self) -> str:
        """Its bcrypt, the same at every reload."""
        salt = base64.b64encode(self._derived(b"home assistant salt")[:16])[:22].translate(_BCRYPTS_ALPHABET)
        return bcrypt.hashpw(self.reader_password.encode(), b"$2b$04$" + salt).decode()

    def _derived(self, what: bytes) -> bytes:
        return hmac.digest(self.broker_password.encode(), b"waystation " + what, "sha256")

    def digest(self, purpose: str, text: str) -> bytes:
        """A MAC of a text, 32 bytes, which nobody else can make; of another purpose it is another."""
        return hmac.digest(hmac.digest(self.seal, b"waystation " + purpose.encode(), "sha256"), text.encode(), "sha256")

    def signed(self, purpose: str, text: str) -> str:
        """The text with a MAC behind it: a page may carry it to a stranger and take it back."""
        return f"{text}{_BEFORE_MAC}{self.digest(purpose, text)[:_MAC_BYTES].hex()}"

    def unsigned(self, purpose: str, signed: str) -> str | None:
        """What was signed for this purpose. None: it was not, or not by this hub."""
        text = signed.rpartition(_BEFORE_MAC)[0]
        return text if hmac.compare_digest(self.signed(purpose, text).encode(), signed.encode()) else None

    def sealed(self, plain: bytes) -> bytes:
        """Encrypted for the database."""
        return Fernet(self.seal).encrypt(plain)

    def opened(self, sealed: bytes) -> bytes:
        """Decrypted. Raises BadSettings where the key file is not the one it was sealed with."""
        try:
            return Fernet(self.seal).decrypt(sealed)
        except InvalidToken as error:
            raise BadSettings(f"{KEY_FILE} is not the key this database was sealed with") from error


def hub_keys(folder: Path) -> HubKeys:
    """The keys of a hub's folder, made where there are none. Raises BadSettings, naming the file."""
    path = folder / KEY_FILE
    if not path.exists():
        _make(folder, path)
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        raise BadSettings(f"{path} is open to others (mode {mode:04o}): chmod 600 it")
    try:
        parts = json.loads(path.read_text())
        return HubKeys(parts["seal"].encode(), parts["broker_password"], parts["broker_hash"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSettings(f"{path} is not a hub's key file: {error!r}") from error


def _make(folder: Path, path: Path) -> None:
    """Write it whole or not at all; where two start at once, the first one's file stands."""
    folder.mkdir(parents=True, exist_ok=True)
    password = secrets.token_urlsafe(32)
    parts = {
        "seal": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "broker_password": password,
        "broker_hash": bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode(),
    }
    draft = folder / f".{KEY_FILE}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(parts, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()

"""What is derived from a station's secret (design.md §4): MQTT password, QR and card key, by HKDF-SHA256 (RFC 5869)."""

import base64
import hashlib
import hmac

SECRET_BYTES = 16


class BadSecret(ValueError):
    """A secret that is not 128 bits of base32."""


def spell_secret(chance: bytes) -> str:
    """A secret as it is printed once and typed into station.toml: base32 of 128 random bits, lower case."""
    if len(chance) != SECRET_BYTES:
        raise BadSecret("a station's secret is 16 random bytes")
    return base64.b32encode(chance).decode().rstrip("=").lower()


def _secret_bytes(secret: str) -> bytes:
    try:
        plain = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    except ValueError as error:
        raise BadSecret("the secret is not the base32 text that `waystation-hub station add` printed") from error
    if len(plain) != SECRET_BYTES:
        raise BadSecret("the secret is too short or too long: it is 26 letters and digits")
    return plain


def _derive(secret: str, info: bytes) -> bytes:
    extracted = hmac.new(bytes(hashlib.sha256().digest_size), _secret_bytes(secret), hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()


def mqtt_password(secret: str) -> str:
    """The station's broker password. Raises BadSecret."""
    return base64.urlsafe_b64encode(_derive(secret, b"waystation mqtt")).decode().rstrip("=")


def card_key(secret: str) -> bytes:
    """The key under which a scanned code is kept, never the code itself, 32 bytes. Raises BadSecret."""
    return _derive(secret, b"waystation card")


def qr_key(secret: str) -> bytes:
    """The key of the station's rotating check-in code, 32 bytes. Raises BadSecret."""
    return _derive(secret, b"waystation qr")

"""The files of the hub's own certificate authority: what lets a station know its broker without buying a certificate.

Only `ca.pem` leaves the machine; the keys are of mode 0600.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from hub import certificates, owned
from hub.errors import BadSettings


@dataclass(frozen=True, slots=True)
class Papers:
    """Where the files are, all PEM."""

    folder: Path

    @property
    def authority(self) -> Path:
        """What a station is given."""
        return self.folder / "ca.pem"

    @property
    def authority_key(self) -> Path:
        """Whoever has it can pose as the hub."""
        return self.folder / "ca.key"

    @property
    def certificate(self) -> Path:
        """What the broker shows."""
        return self.folder / "server.pem"

    @property
    def key(self) -> Path:
        """The broker's."""
        return self.folder / "server.key"


def papers(folder: Path) -> Papers:
    """Those of a hub's folder, whether there are any or not."""
    return Papers(folder / "ca")


def provide(folder: Path, names: Sequence[str], now: datetime) -> Papers:
    """Make what is missing, and the broker's certificate anew where it is due. `names` are hosts or addresses.

    Raises BadSettings where the authority's files are not a pair.
    """
    ours = papers(folder)
    with owned.alone(ours.folder):
        if not ours.authority.exists():
            _found(ours, now)
        certificate, key = _read(ours.authority, ours.authority_key)
        if certificate is None or key is None:
            raise BadSettings(
                f"{ours.authority} and {ours.authority_key} are not a pair: restore both, "
                "or remove both and give every station the next ca.pem"
            )
        shown, _ = _read(ours.certificate, ours.key)
        if shown is None or not certificates.stands(shown, names, certificate, now):
            public = _fresh_key(ours.key).public_key()
            owned.write(ours.certificate, _text(certificates.of_broker(public, names, certificate, key, now)))
    return ours


def _found(ours: Papers, now: datetime) -> None:
    """The key first: one without a certificate was never trusted by anybody."""
    key = _fresh_key(ours.authority_key)
    owned.write(ours.authority, _text(certificates.authority(key, secrets.token_hex(4), now)))


def _read(certificate: Path, key: Path) -> tuple[x509.Certificate | None, ec.EllipticCurvePrivateKey | None]:
    """Both, or neither where they are not a pair of ours."""
    try:
        read = x509.load_pem_x509_certificate(certificate.read_bytes())
        private = serialization.load_pem_private_key(key.read_bytes(), None)
    except (OSError, ValueError):
        return None, None
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.public_key() != read.public_key():
        return None, None
    return read, private


def _fresh_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = ec.generate_private_key(ec.SECP256R1())
    form = serialization.PrivateFormat.PKCS8
    owned.write(path, key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode())
    return key


def _text(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()

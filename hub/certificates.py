"""The certificates of a hub's own authority, as values.

They are valid from 1970 on: a station without a battery clock starts there, and learns the time from the hub.
"""

import ipaddress
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
AUTHORITY_LASTS = timedelta(days=30 * 365)
"""Renewing it means a visit to every station."""
BROKER_LASTS = timedelta(days=5 * 365)
RENEWED_WITH_LEFT = timedelta(days=2 * 365)
"""A hub that was started within three years has a certificate for two more."""


def authority(key: EllipticCurvePrivateKey, number: str, now: datetime) -> x509.Certificate:
    """A hub's authority. `number` tells it from another hub's."""
    name = _name(f"Waystation hub {number}")
    return (
        _unsigned(name, name, key.public_key(), key.public_key(), now + AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )


def of_broker(
    key: EllipticCurvePublicKey,
    names: Sequence[str],
    by: x509.Certificate,
    signing: EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    """A broker's, for these hosts or addresses, signed by the authority."""
    until = min(now + BROKER_LASTS, by.not_valid_after_utc)
    return (
        _unsigned(_name(names[0]), by.subject, key, signing.public_key(), until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_alternatives(names), critical=False)
        .sign(signing, hashes.SHA256())
    )


def stands(certificate: x509.Certificate, names: Sequence[str], by: x509.Certificate, now: datetime) -> bool:
    """Whether a broker's certificate is this authority's, for these names, and lasts until it is looked at again."""
    told = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    lasts = certificate.not_valid_after_utc - now > RENEWED_WITH_LEFT
    return lasts and certificate.issuer == by.subject and told == _alternatives(names)


def _unsigned(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePublicKey,
    signer: EllipticCurvePublicKey,
    until: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(ALWAYS)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _alternatives(names: Sequence[str]) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([_alternative(name) for name in names])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)

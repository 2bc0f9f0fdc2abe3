"""The hub's own authority: made once, its certificate renewed in time, its files in nobody else's hands."""

import socket
import ssl
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from hub.authority import Papers, papers, provide
from hub.errors import BadSettings

NOW = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
NAMES = ["hub.example", "10.1.2.3"]


def known_as(ours: Papers, name: str, ca: Path) -> str:
    """What OpenSSL says to a client that calls the broker so and trusts this authority. Empty: they understand."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ours.certificate, ours.key)
    here, there = socket.socketpair()

    def serve() -> None:
        try:
            context.wrap_socket(there, server_side=True).close()
        except OSError:
            there.close()

    serving = threading.Thread(target=serve)
    serving.start()
    try:
        client = ssl.create_default_context(cafile=str(ca))
        # As strict as later versions of Python are by themselves.
        client.verify_flags |= ssl.VERIFY_X509_STRICT
        client.wrap_socket(here, server_hostname=name).close()
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    finally:
        here.close()
        serving.join(10)
    return ""


def test_the_broker_is_known_by_its_names_to_those_who_have_the_authority(tmp_path: Path) -> None:
    ours, other = provide(tmp_path / "one", NAMES, NOW), provide(tmp_path / "other", NAMES, NOW)
    assert [known_as(ours, name, ours.authority) for name in NAMES] == ["", ""]
    assert "mismatch" in known_as(ours, "elsewhere.example", ours.authority)
    assert known_as(ours, "hub.example", other.authority) != ""


def test_nothing_of_it_is_open_to_others(tmp_path: Path) -> None:
    ours = provide(tmp_path, NAMES, NOW)
    files = [ours.authority, ours.authority_key, ours.certificate, ours.key]
    assert [path.stat().st_mode & 0o777 for path in files] == [0o600] * 4


def test_a_station_whose_clock_starts_in_1970_knows_the_hub(tmp_path: Path) -> None:
    ours = provide(tmp_path, NAMES, NOW)
    for path in (ours.authority, ours.certificate):
        assert x509.load_pem_x509_certificate(path.read_bytes()).not_valid_before_utc.year == 1970


@pytest.mark.parametrize(
    ("later", "names", "renewed"),
    [(3 * YEAR - timedelta(days=1), NAMES, False), (3 * YEAR, NAMES, True), (YEAR, ["hub.example"], True)],
    ids=["lasts", "two years left", "another name"],
)
def test_the_brokers_certificate_is_renewed_and_the_authority_stays(
    tmp_path: Path, later: timedelta, names: list[str], renewed: bool
) -> None:
    ours = provide(tmp_path, NAMES, NOW)
    authority, certificate = ours.authority.read_bytes(), ours.certificate.read_bytes()
    provide(tmp_path, names, NOW + later)
    assert (ours.authority.read_bytes() == authority, ours.certificate.read_bytes() != certificate) == (True, renewed)
    assert known_as(ours, "hub.example", ours.authority) == ""


@pytest.mark.parametrize("name", ["server.pem", "server.key"])
def test_half_a_pair_is_made_whole(tmp_path: Path, name: str) -> None:
    ours = provide(tmp_path, NAMES, NOW)
    (ours.folder / name).write_bytes(provide(tmp_path / "other", NAMES, NOW).folder.joinpath(name).read_bytes())
    provide(tmp_path, NAMES, NOW)
    assert known_as(ours, "hub.example", ours.authority) == ""


def test_an_authority_without_its_key_is_not_replaced_behind_the_stations_backs(tmp_path: Path) -> None:
    ours = provide(tmp_path, NAMES, NOW)
    ours.authority_key.unlink()
    with pytest.raises(BadSettings, match=r"ca\.key"):
        provide(tmp_path, NAMES, NOW)


def test_two_that_begin_at_once_found_one_authority(tmp_path: Path) -> None:
    script = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path; from hub.authority import provide;"
        "print(provide(Path(sys.argv[1]), ['hub.example'], datetime.now(UTC)).authority.read_text())"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = {process.communicate(timeout=30)[0] for process in both}
    assert said == {papers(tmp_path).authority.read_text() + "\n"}

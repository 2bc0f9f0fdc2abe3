"""`waystation-hub station import|export`, and a station added through its page."""

import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from hub.__main__ import app as commands
from hub.errors import BadSettings
from hub.keys import hub_keys
from hub.stations.tables import Station
from shared.keys import qr_key
from tests.databases import Databases
from tests.hub.register.conftest import ENTRY, Register


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(commands, ["station", *words, "--folder", str(folder)])


@pytest.fixture
def folder(tmp_path: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "hub.toml").write_text("mqtt_port = 0\nweb_port = 0\n")
    with databases.of_a_hub() as url:
        monkeypatch.setenv("WAYSTATION_HUB_DATABASE_URL", url)
        yield tmp_path


def test_a_sheet_goes_in_and_comes_out_by_command(folder: Path) -> None:
    sheet = folder / "in.csv"
    sheet.write_bytes("推荐站点名称,地址\n一号站,东路 1 号\n,东路 2 号\n".encode("gbk"))
    looked = run(folder, "import", str(sheet), "--dry-run")
    assert "1 new, 0 changed: would be imported; 0 unchanged; 1 bad" in looked.output
    done = run(folder, "import", str(sheet))
    assert done.exit_code == 1
    assert "row 3, 推荐站点名称: '': This is required." in done.output
    assert "1 new, 0 changed: imported" in done.output
    for name in ("out.xlsx", "out.csv"):
        out = folder / name
        assert "1 stations" in run(folder, "export", str(out)).output
        assert out.stat().st_mode & 0o777 == 0o600
        again = run(folder, "import", str(out))
        assert (again.exit_code, "0 new, 0 changed: imported; 1 unchanged; 0 bad" in again.output) == (0, True)
    assert isinstance(run(folder, "export", str(folder / "out.pdf")).exception, BadSettings)
    sheet.write_bytes(b"\xff\xfe\x80")
    assert isinstance(run(folder, "import", str(sheet)).exception, BadSettings)


def test_a_new_stations_secret_is_shown_once_as_the_command_prints_it(register: Register, tmp_path: Path) -> None:
    district = register.person("district", register.district)
    form = {"name": "新站", "address": "新路 1 号", "rulebook": "anhui_2024", "union": str(register.district)}
    assert "此项必填" in district.refused("/register/new", form | {"address": ""})
    assert "须为开放时间" in district.refused("/register/new", form | {"opening": "nine"})
    assert "您所属工会" in district.refused("/register/new", form | {"union": str(register.other)})
    assert "须为其中之一" in district.refused("/register/new", form | {"rulebook": "mars_2050"})
    answer = district.post("/register/new", form)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    block = unescape(answer.text.partition('<pre class="block" tabindex="0">')[2].partition("</pre>")[0])
    told = tomllib.loads(block)["station"]
    assert told["hub"] == "mqtts://hub.example:8883"
    assert told["ca"] == "hub-ca.pem"
    assert register.told == [register.hub.now], "the broker lets it in"
    station = register.station(told["id"])
    assert (station.standing, station.union) == ("planned", register.district)
    assert hub_keys(tmp_path).opened(station.sealed_qr_key) == qr_key(told["secret"])
    assert told["secret"] not in district.get(f"/stations/{told['id']}/register").text
    assert "已有同名同址的站点" in district.refused("/register/new", form), "sent twice is added once"
    assert len(register.hub.session.exec(select(Station).where(Station.name == "新站")).all()) == 1


def test_another_secret_is_the_administrators_to_issue(register: Register) -> None:
    before = register.station().mqtt_hash
    assert register.person("district", register.district).post(f"{ENTRY}/secret").status_code == 403
    answer = register.person("administrator").post(f"{ENTRY}/secret")
    assert answer.status_code == 200
    assert "secret = " in unescape(answer.text)
    assert register.station().mqtt_hash != before
    assert len(register.trail("station.secret")) == 1

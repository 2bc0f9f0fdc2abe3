"""`station.toml`: what is right is understood, and each mistake has its sentence, all of them at once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from edge.settings import Settings, SettingsError, load
from hub.authority import provide
from shared.text import Text

OPTIONS = {"fridge": ("legal_limit", "warm_after_s"), "microwave": ()}
STATION = """\
[station]
id = "k3v9x2m7qa"
secret = "aaaqeayeaudaocajbifqydiob4"
hub = "mqtt://127.0.0.1:1883"
"""
BUS = """
[[line]]
name = "bus-a"
port = "/dev/serial/by-path/a"
"""
METER = """
[[device]]
name = "fridge-meter"
model = "pzem016"
line = "bus-a"
address = 10
every_s = 5
"""
BOARDS = """
[[device]]
name = "temps"
model = "r4dcb08"
line = "bus-a"
address = 40

[[device]]
name = "io"
model = "di8"
line = "bus-a"
address = 50
"""
RADAR = """
[[device]]
name = "radar"
model = "ld2410"
port = "/dev/serial/by-path/r"
"""
FRIDGE = """
[[facility]]
id = "fridge-1"
label = { zh = "大冰箱", en = "Big fridge" }
wires = { power = "fridge-meter.power", cabinet_temperature = "temps.t1" }
options = { legal_limit = 8 }
"""
REST = """
[[facility]]
id = "room-1"
wires = { presence = "radar.presence" }

[[facility]]
id = "drinking_water-2"
wires = { leak = "io.di4!" }
"""
WHOLE = STATION + BUS + METER + BOARDS + RADAR + FRIDGE + REST


def _load(folder: Path, text: str, mode: int = 0o600) -> Settings:
    path = folder / "station.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return load(path, OPTIONS)


def _problems(folder: Path, text: str, mode: int = 0o600) -> list[str]:
    with pytest.raises(SettingsError) as error:
        _load(folder, text, mode)
    return error.value.problems


def test_a_right_file_is_understood(tmp_path: Path) -> None:
    settings = _load(tmp_path, WHOLE)
    (line,), (radar,) = settings.lines, settings.streams
    assert (settings.station, settings.hub) == ("k3v9x2m7qa", "mqtt://127.0.0.1:1883")
    assert [(d.name, d.address, d.every_s) for d in line.devices] == [
        ("fridge-meter", 10, 5.0),
        ("temps", 40, 5.0),
        ("io", 50, 0.1),
    ]
    assert (line.baudrate, radar.baudrate) == (9600, 115200)
    fridge, room, water = settings.facilities
    assert (fridge.kind, fridge.label.zh, fridge.options) == ("fridge", "大冰箱", {"legal_limit": 8})
    assert fridge.quantities == {"power", "cabinet_temperature"}
    assert room.label == Text("室内环境", "Room")
    assert water.label.zh == "饮用水 2"
    assert [(wire.channel, wire.inverted) for wire in water.wires] == [("di4", True)]
    assert set(settings.drivers) == {"fridge-meter", "temps", "io", "radar"}


def test_the_secret_is_not_shown(tmp_path: Path) -> None:
    assert "aaaqeayeaudaocajbifqydiob4" not in repr(_load(tmp_path, WHOLE))


MISTAKES = [
    ("pzem016", "pzem-16", "[[device]] fridge-meter (line 10): there is no model 'pzem-16'; did you mean pzem016?"),
    ("fridge-meter.power", "fridge-meter.t1", "fridge-meter has no channel t1; it has voltage, current, power"),
    ("fridge-meter.power", "fridge-metre.power", "no device 'fridge-metre'; did you mean fridge-meter?"),
    ("fridge-meter.power", "power", "power = 'power': a wire is \"device.channel\""),
    ("fridge-meter.power", "fridge-meter.voltage", "power is in W, fridge-meter.voltage in V"),
    ("temps.t1", "temps.t1!", "only a contact can be inverted with !"),
    ("presence = ", "leak = ", "room-1 has no quantity leak; it has outdoor_temperature, people, presence"),
    ("cabinet_temperature = ", "cabinet_temprature = ", "'cabinet_temprature' is not a quantity; did you mean cabinet"),
    ("{ power =", '{ "power.1" =', "fridge-1 has no sockets: write power without a number"),
    ("label = ", 'power = "x.y"\nlabel = ', "[[facility]] fridge-1 (line 34): there is no key power"),
    ("{ power =", '{ power = "temps.t1", power =', "station.toml is not TOML"),
    ('id = "fridge-1"', 'id = "frigde-1"', "there is no kind 'frigde'"),
    ('id = "fridge-1"', 'id = "fridge"', "'fridge' is not a facility's id such as fridge-1"),
    ('id = "room-1"', 'id = "fridge-1"', "there are 2 facilities 'fridge-1'"),
    ("legal_limit", "legal_limt", "fridge has no option legal_limt; did you mean legal_limit?"),
    ("address = 40", "address = 10", "line bus-a: fridge-meter and temps have the same address 10"),
    ("address = 40", "address = 248", "[[device]] temps (line 17): address 248 is not between 1 and 247"),
    ("address = 40", "", "[[device]] temps (line 17): address is missing: r4dcb08 is asked by its address"),
    ("address = 40", "adress = 40", "[[device]] temps (line 17): there is no key adress; did you mean address?"),
    ("address = 40", 'address = "x"', "[[device]] temps (line 17): address 'x': Input should be a valid integer"),
    ('model = "di8"\nline = "bus-a"', 'model = "di8"', "[[device]] io (line 23): line is missing: di8 is asked over"),
    ('model = "di8"\nline = "bus-a"', 'model = "di8"\nline = "bus-b"', "no line 'bus-b'; did you mean bus-a?"),
    ('model = "di8"', 'model = "di8"\nport = "/dev/x"', "port and baudrate of di8 are those of its [[line]]"),
    ('model = "ld2410"', 'model = "ld2410"\nline = "bus-a"', "ld2410 has neither line nor address"),
    ('port = "/dev/serial/by-path/r"', "", "[[device]] radar (line 29): port is missing: ld2410 talks unasked"),
    ("by-path/r", "by-path/a", "port /dev/serial/by-path/a belongs to one only, not to line bus-a and device radar"),
    ('name = "io"', 'name = "temps"', "there are 2 devices named 'temps'"),
    ('name = "io"', 'name = "i.o"', "name 'i.o' may have small letters, digits, - and _"),
    ("every_s = 5", "options = { scale = 10 }", "pzem016 has no option scale; it has range_a"),
    ("every_s = 5", "options = { range_a = 50 }", "option range_a is 100 or 10, not 50.0"),
    ("every_s = 5", "every_s = 0", "every_s 0: Input should be greater than or equal to 0.05"),
    ("[[line]]\n", "[[line]]\nbaudrate = 9601\n", "[[line]] bus-a (line 6): baudrate 9601: 9601 is not a baud rate"),
    ("[[line]]\n", '[[line]]\nname = "bus-b"\nport = "/dev/b"\n[[line]]\n', "[[line]] bus-b (line 6): has no devices"),
    ("[[line]]\n", "[line]\n", "[line] is written [[line]], with two brackets"),
    ("[[line]]\n", "[[lines]]\n", "there is no table [lines]; did you mean line?"),
    ("[[line]]\n", "[[line]\n", "station.toml is not TOML: "),
    ("k3v9x2m7qa", "K3V9", "[station]: id 'K3V9' is not ten of a-z and 0-9"),
    ("aaaqeayeaudaocajbifqydiob4", "short", "[station]: the secret"),
    ("mqtt://127.0.0.1:1883", "mqtt://hub.example.org", "is another machine and mqtt:// is not encrypted"),
    ("mqtt://127.0.0.1:1883", "127.0.0.1", "[station]: hub '127.0.0.1' is not mqtt://host:port or mqtts://"),
    ("hub = ", "hubs = ", "[station]: hub is missing"),
]


@pytest.mark.parametrize(("right", "wrong", "sentence"), MISTAKES, ids=[mistake[2][:40] for mistake in MISTAKES])
def test_each_mistake_has_its_sentence(tmp_path: Path, right: str, wrong: str, sentence: str) -> None:
    assert right in WHOLE
    problems = _problems(tmp_path, WHOLE.replace(right, wrong, 1))
    assert any(sentence in problem for problem in problems), problems


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    assert "line 6" in _problems(tmp_path, STATION + "\n[[line]\n")[0]


def test_two_quantities_of_a_facility_are_not_felt_by_one_channel(tmp_path: Path) -> None:
    outlets = '[[facility]]\nid = "outlets-1"\nwires = {{ {} }}\n'
    powers = '"power.1" = "fridge-meter.power", "power.2" = "fridge-meter.power"'
    volts = '"voltage.1" = "fridge-meter.voltage", "voltage.2" = "fridge-meter.voltage"'
    assert _problems(tmp_path, WHOLE + outlets.format(powers)) == [
        "[[facility]] outlets-1 (line 47): power.1 and power.2 are both wired to fridge-meter.power"
    ]
    assert _load(tmp_path, WHOLE + outlets.format(volts)).facilities[-1].kind == "outlets"


def test_a_socket_may_be_written_without_quotes(tmp_path: Path) -> None:
    wires = 'wires = { voltage.1 = "fridge-meter.voltage", power.2 = "fridge-meter.power" }'
    settings = _load(tmp_path, WHOLE + f'[[facility]]\nid = "outlets-1"\n{wires}\n')
    assert settings.facilities[-1].quantities == {"voltage.1", "power.2"}


def test_all_problems_are_told_together_and_each_once(tmp_path: Path) -> None:
    text = WHOLE.replace("pzem016", "pzem").replace("address = 40", "").replace("legal_limit", "legal")
    problems = _problems(tmp_path, text, mode=0o640)
    assert len(problems) == 4, problems
    assert problems[0].endswith(f"mode 0640: run chmod 600 {tmp_path / 'station.toml'}")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o700])
def test_a_secret_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    (problem,) = _problems(tmp_path, WHOLE, mode)
    assert "chmod 600" in problem


def test_the_hubs_authority_is_a_file_beside_it(tmp_path: Path) -> None:
    whole = WHOLE.replace('hub = "mqtt://127.0.0.1:1883"', 'hub = "mqtts://hub.example:8883"\nca = "hub-ca.pem"', 1)
    assert _problems(tmp_path, whole) == [
        "[station]: ca 'hub-ca.pem' cannot be read beside station.toml: No such file or directory; "
        "`waystation-hub ca` prints it"
    ]
    file = tmp_path / "hub-ca.pem"
    file.write_text("-----BEGIN CERTIFICATE-----\nhalf of it")
    assert _problems(tmp_path, whole) == [
        "[station]: ca 'hub-ca.pem' is not a PEM certificate, as `waystation-hub ca` prints it"
    ]
    file.write_text(provide(tmp_path / "hub", ["hub.example"], datetime.now(UTC)).authority.read_text())
    assert _load(tmp_path, whole).ca == file
    assert _load(tmp_path, WHOLE).ca is None
    plain = whole.replace("mqtts://hub.example:8883", "mqtt://127.0.0.1:1883")
    assert _problems(tmp_path, plain) == [
        "[station]: ca 'hub-ca.pem' is for mqtts://, and hub is 'mqtt://127.0.0.1:1883'"
    ]


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"station\.toml cannot be read: No such file"):
        load(tmp_path / "station.toml", OPTIONS)
    (tmp_path / "station.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="is not UTF-8 text"):
        load(tmp_path / "station.toml", OPTIONS)

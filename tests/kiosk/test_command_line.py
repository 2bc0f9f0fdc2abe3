"""What can be asked of `waystation-kiosk`, and what is refused: by name, with exit code 2, never with a traceback."""

import os
from pathlib import Path

import pytest

from kiosk.__main__ import act
from tests.kiosk.glass import in_terminal, terminal
from tests.kiosk.station import furnish

REFUSED = {
    "a folder that is not there": (["run", "--station", "nowhere"], "nowhere: there is no such folder"),
    "no station": (["run"], "--station"),
    "a rate no scanner has": (["run", "--station", ".", "--baud", "9"], "'9' is not a whole number from 1200"),
    "a port that is none": (["serve", "--station", ".", "--port", "x"], "'x' is not a whole number from 0 to 65535"),
    "a glass too narrow": (["picture", "--station", ".", "out.svg", "--columns", "10"], "from 64"),
    "a command there is not": (["sing"], "sing"),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_refused_by_name(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        code: object = act(arguments)
    except SystemExit as refused:
        code = refused.code
    assert code == 2
    assert said in capsys.readouterr().err


def test_a_kiosk_whose_parent_is_gone_before_it_has_begun_does_not_begin(tmp_path: Path) -> None:
    another = os.getppid()
    with terminal(in_terminal(furnish(tmp_path), "--once", "--follow", str(another))) as glass:
        assert glass.ended() == 0
    assert glass.output == b""


@pytest.mark.parametrize("arguments", [[], ["--help"], ["run", "--help"]])
def test_help_names_what_there_is(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        act(arguments)
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "--station" in said if "run" in arguments else all(name in said for name in ("run", "serve", "picture"))

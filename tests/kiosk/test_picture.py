import re
from pathlib import Path

import pytest

from kiosk.__main__ import act
from kiosk.faces import face
from kiosk.picture import CELL_PX, corrected
from shared.records import CheckIn
from tests.kiosk.station import furnish, said


def test_chinese_is_two_cells_wide() -> None:
    svg = '<text class="a" textLength="24.4" clip-path="url(#b-line-0)">签到</text>'
    assert f'textLength="{4 * CELL_PX:.1f}"' in corrected(svg)


def test_latin_and_entities_stay_as_wide_as_they_are() -> None:
    svg = '<text textLength="36.6" clip-path="url(#b-line-0)">a&#160;b</text>'
    assert corrected(svg) == svg


def test_no_other_host_is_asked_for_a_font() -> None:
    face = '@font-face { font-family: "Fira Code"; src: url("https://cdnjs.example/x.woff2"); }'
    svg = f"<style>{face}\n.r {{ font-family: Fira Code; }}</style>"
    assert "https://" not in corrected(svg)
    assert "Noto Sans Mono CJK SC" in corrected(svg)


def test_a_screen_is_drawn_after_pressing_its_tiles(tmp_path: Path) -> None:
    out = tmp_path / "thanks.svg"
    arguments = ["picture", "--station", str(furnish(tmp_path)), str(out), "start", "tile-0", "o-1"]
    assert act(arguments) == 0
    svg = out.read_text()
    assert "签到成功" in svg
    assert not re.search(r"(src|href)=|url\(.?https?:", svg)
    assert said(tmp_path) == [CheckIn(occupation="courier")]


def test_a_tile_that_is_not_there_is_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert act(["picture", "--station", str(furnish(tmp_path)), str(tmp_path / "x.svg"), "nothing"]) == 2
    assert "start" in capsys.readouterr().err


@pytest.mark.parametrize("across", [10, 12, 16, 26])
def test_four_faces_of_one_size_that_differ(across: int) -> None:
    faces = [face(score, across) for score in (4, 3, 2, 1)]
    assert all(len(rows) == across // 2 and {len(row) for row in rows} == {across} for rows in faces)
    assert len({"\n".join(rows) for rows in faces}) == 4

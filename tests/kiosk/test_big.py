"""Big letters: drawn where they fit and the font has them, plain words else."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import glyphs
from kiosk.big import ROWS, big, cells, cut, title
from kiosk.glyphs import glyph
from kiosk.glyphs.__main__ import read, wanted


def test_a_chinese_character_is_sixteen_columns_and_eight_rows() -> None:
    drawn = big("谢谢您", 48)
    assert drawn is not None
    assert len(drawn) == ROWS
    assert all(len(line) == 48 for line in drawn)
    assert {character for line in drawn for character in line} <= set(" ▀▄█")


def test_what_is_too_wide_has_no_big_form_and_what_has_room_is_twice_as_large() -> None:
    assert big("谢谢您", 47) is None
    drawn = big("热", 40, 16)
    assert drawn is not None
    assert (len(drawn), len(drawn[0].strip("\n"))) == (16, 36)


def test_latin_letters_close_up_before_they_are_given_up_and_lose_nothing() -> None:
    apart, closed = big("12351", 40), big("12351", 32)
    assert apart is not None
    assert closed is not None
    assert all(len(line) == 32 for line in closed)
    assert [line.replace(" ", "") for line in closed] == [line.replace(" ", "") for line in apart]
    assert big("12351", 31) is None


def test_what_is_cut_says_so() -> None:
    assert cut("室温三十分钟未降", 9) == "室温三十…"
    assert cells(cut("To be repaired", 6)) == 6


@pytest.mark.parametrize(("width", "left"), [(-3, ""), (0, ""), (1, "…"), (2, "…"), (3, "室…")])
def test_what_has_no_room_at_all_is_cut_to_nothing(width: int, left: str) -> None:
    assert cut("室温三十分钟未降", width) == left


@pytest.mark.parametrize("text", ["", " ", "驿站😀", "驿\n站", "\ufffd"])
def test_a_letter_that_is_not_in_the_font_leaves_the_text_plain(text: str) -> None:
    assert big(text, 200) is None


@pytest.mark.parametrize(
    ("text", "width", "big_rows", "last"),
    [
        ("谢 谢 您", 76, 8, None),
        ("请离开，先保证安全", 76, 8, "先保证安全"),
        ("Leave now. Safety first", 76, 8, "Safety first"),
        ("南京西路户外劳动者接力站", 76, 8, "南京西路户外劳动者接力站"),
        ("南京西路户外劳动者接力站", 30, 0, "南京西路户外劳动者接力站"),
    ],
)
def test_a_title_is_as_big_as_it_can_be(text: str, width: int, big_rows: int, last: str | None) -> None:
    lines = title(text, width, 10, sign="驿站")
    assert len(lines) == big_rows + (last is not None)
    if last is not None:
        assert lines[-1].strip() == last
        assert abs(2 * (len(lines[-1]) - len(last)) + cells(last) - width) <= 1 or big_rows == 0


@pytest.mark.parametrize("name", ["玄武湖驿站", "埇桥区驿站", "硚口驿站", "浉河驿站", "瀍河驿站", "12351"])
def test_the_font_has_the_characters_of_places(name: str) -> None:
    assert big(name, 200) is not None


def test_the_file_holds_what_is_wanted_of_the_font() -> None:
    has = {code for code in range(0x10000) if glyph(chr(code))}
    assert len(has) > 21_000
    assert has <= wanted()


def test_a_hex_file_is_packed_and_read_again() -> None:
    lines = ["0041:0000000018242442427E424242420000\n", "4E00:" + "00" * 14 + "7FFE" + "00" * 16, "1F600:00"]
    found = read(lines, wanted())
    assert set(found) == {0x41, 0x4E00}
    assert glyphs.packed(found) == glyphs.packed(dict(reversed(found.items())))


def test_without_the_file_the_same_words_stand_plain() -> None:
    program = (
        "import kiosk.glyphs as g; g.FILE = 'missing'; from kiosk.big import title; print(title('谢 谢 您', 76, 9))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.strip() == repr([" " * 34 + "谢 谢 您"])


def test_the_licence_lies_beside_the_font() -> None:
    licence = Path(glyphs.__file__).with_name("OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "GNU Unifont" in licence

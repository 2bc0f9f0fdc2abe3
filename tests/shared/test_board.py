"""The files between agent and kiosk: what is read is what stands there, however often it is looked at."""

import json
import os
from pathlib import Path

from msgspec.structs import replace

from shared.board import BOARD, Board, Reader, read_board, write_board
from tests.kiosk.station import board


def test_another_board_in_its_place_is_read_and_none_is_none(tmp_path: Path) -> None:
    reader = Reader(tmp_path / BOARD, Board)
    assert reader.read() is None
    for waiting in (1, 2, 2, 3):
        write_board(tmp_path, replace(board(), waiting=waiting))
        assert [reader.read(), reader.read()] == [replace(board(), waiting=waiting)] * 2
    (tmp_path / BOARD).unlink()
    assert reader.read() is None


def test_a_board_that_could_not_be_read_is_tried_again(tmp_path: Path) -> None:
    reader = Reader(tmp_path / BOARD, Board)
    whole = board().json().decode()
    path = tmp_path / BOARD
    path.write_text("x" * len(whole))
    found = path.stat()
    assert reader.read() is None
    path.write_text(whole)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert reader.read() == board()


def test_the_board_of_an_agent_that_says_nothing_of_boot_and_clock_is_read(tmp_path: Path) -> None:
    said = json.loads(board().json())
    del said["boot"], said["last_good"]
    (tmp_path / BOARD).write_text(json.dumps(said))
    assert read_board(tmp_path) == board()

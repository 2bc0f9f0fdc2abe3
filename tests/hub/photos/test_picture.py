"""Photos: what really is one is kept whole, copies tell nothing of the camera, the rest is refused in words."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Engine, text
from sqlmodel import Session

from hub.photos import store
from hub.photos.picture import LARGEST_BYTES, BadPhoto, developed
from tests.hub.said import NOW
from tests.photos import ORIENTATION, jpeg, png


def test_the_original_stays_byte_for_byte_and_the_copies_lose_what_the_camera_wrote() -> None:
    content = jpeg(place=True)
    picture = developed(content)
    assert picture.original == content
    assert picture.media_type == "image/jpeg"
    with Image.open(BytesIO(content)) as image:
        assert image.getexif().get_ifd(0x8825)
    for copy in (picture.shown, picture.small):
        with Image.open(BytesIO(copy)) as image:
            assert dict(image.getexif()) == {}
            assert "exif" not in image.info


def test_copies_stand_upright_and_are_small() -> None:
    picture = developed(jpeg(2400, 1200, turned=True))
    with Image.open(BytesIO(picture.shown)) as shown, Image.open(BytesIO(picture.small)) as small:
        assert shown.size == (800, 1600)
        assert small.size == (160, 320)
    assert ORIENTATION == 0x0112


@pytest.mark.parametrize(
    "content",
    [b"", b"no photo", b"<svg/>", b"GIF89a" + bytes(40), jpeg()[:200], b"\xff\xd8\xff" * 9],
    ids=["empty", "text", "svg", "gif", "cut off", "noise"],
)  # fmt: skip
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(BadPhoto, match="no photo"):
        developed(content)


def test_too_many_bytes_or_pixels_are_refused_before_they_cost_anything() -> None:
    for content in (bytes(LARGEST_BYTES + 1), png(20_000, 20_000)):
        with pytest.raises(BadPhoto, match="too large"):
            developed(content)


def test_a_photo_with_previews_behind_it_is_a_photo() -> None:
    """As phones write them: a JPEG with an index of more pictures."""
    out = BytesIO()
    Image.new("RGB", (400, 300), "red").save(
        out, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 30), "blue")]
    )
    picture = developed(out.getvalue())
    assert (picture.media_type, picture.width, picture.height) == ("image/jpeg", 400, 300)
    with Image.open(BytesIO(picture.shown)) as shown:
        red, _, blue = shown.convert("RGB").getpixel((200, 150))  # type: ignore[misc]
        assert red > 200 > 100 > blue


def test_what_is_read_as_a_whole_may_not_be_as_large_as_a_jpeg() -> None:
    with pytest.raises(BadPhoto, match="ordinary JPEG"):
        developed(png(5000, 4000))
    assert developed(jpeg(5000, 4000)).width == 5000


def test_a_jpeg_in_passes_is_read_as_a_whole() -> None:
    out = BytesIO()
    Image.new("RGB", (5000, 4000), "red").save(out, "JPEG", progressive=True)
    with pytest.raises(BadPhoto, match="progressive"):
        developed(out.getvalue())


LOOK = """
import re, sys, threading
from pathlib import Path
from hub.photos.picture import developed

def now(what):
    return int(re.search(rf"{what}:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024

content, before = Path(sys.argv[1]).read_bytes(), now("VmRSS")
some = [threading.Thread(target=developed, args=[content]) for _ in range(8)]
for one in some: one.start()
for one in some: one.join()
print(now("VmHWM") - before, now("VmRSS") - before)
"""


def test_many_large_photos_at_once_cost_little_and_leave_nothing(tmp_path: Path) -> None:
    """In a process of its own: a peak is of a process's whole life."""
    sent = tmp_path / "large.jpg"
    sent.write_bytes(jpeg(8192, 6100))
    told = subprocess.run(
        [sys.executable, "-c", LOOK, sent], env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    peak, left = (int(number) for number in told.stdout.split())
    assert peak < 120
    assert left < 40


def test_unreadable_words_of_the_camera_make_no_photo_unreadable() -> None:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff")
    assert developed(out.getvalue()).width == 40


def test_a_changed_byte_is_noticed(engine: Engine, station: str) -> None:
    with Session(engine) as session:
        photo = store.keep(session, station, jpeg(), "王芳", NOW)
        assert store.original_of(session, photo) == jpeg()
        session.connection().execute(text("UPDATE photo_bytes SET original = shown"))
        with pytest.raises(store.Changed, match="digest"):
            store.original_of(session, photo)

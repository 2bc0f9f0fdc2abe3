"""Photos sent ahead of their entries: whole or not at all, once, and only for who fills in the form."""

from hashlib import sha256
from uuid import uuid4

from sqlmodel import select

from hub.inspections.tables import InspectionPhoto, InspectionSignature
from hub.offline.tables import OfflinePhoto
from hub.photos.picture import LARGEST_BYTES
from hub.photos.tables import Photo
from tests.hub.inspections.conftest import Hub
from tests.hub.offline.devices import Device
from tests.photos import jpeg, png


def test_a_photo_goes_ahead_and_lies_with_the_line_once(hub: Hub, phone: Device) -> None:
    content = jpeg(place=True)
    digest = sha256(content).hexdigest()
    id_, answer = phone.photo(content)
    assert (answer.status_code, answer.json()) == (200, {"id": id_, "sha256": digest})
    assert phone.photo(content, id_=id_)[1].status_code == 200
    shown = phone.did("photo", "fridge", photo=id_, sha256=digest)
    assert phone.send(phone.did("look", "fridge", look="no"), shown) == ["applied", "applied"]
    assert phone.send(shown) == ["applied"]
    assert phone.photo(content, id_=id_)[1].status_code == 200
    with hub.session() as session:
        attached = session.exec(select(InspectionPhoto)).one()
        kept = session.get(Photo, attached.photo)
        ahead = session.get(OfflinePhoto, id_)
    assert kept is not None and (kept.sha256, attached.key, attached.matches) == (digest, "fridge", True)
    assert ahead is not None and ahead.content is None
    assert phone.download()["inspections"][0]["sections"] and len(phone.line("fridge")["photos"]) == 1


def test_an_entry_waits_for_its_photo(phone: Device) -> None:
    content = jpeg()
    id_ = str(uuid4())
    shown = phone.did("photo", "fridge", photo=id_, sha256=sha256(content).hexdigest())
    assert phone.send(shown) == ["refused"]
    phone.photo(content, id_=id_)
    assert phone.send(shown) == ["applied"]


def test_what_did_not_arrive_as_it_was_taken_is_not_kept(hub: Hub, phone: Device) -> None:
    content = jpeg()
    changed = content[:-1] + b"\x00"
    id_, answer = phone.photo(changed, digest=sha256(content).hexdigest())
    assert (answer.status_code, answer.json()["message"]) == (422, "照片与拍摄时的校验码不符")
    with hub.session() as session:
        assert session.get(OfflinePhoto, id_) is None
    phone.photo(content, id_=id_)
    # Its entry names another digest than the bytes have.
    assert phone.send(phone.did("photo", "fridge", photo=id_, sha256="0" * 64)) == ["refused"]
    assert phone.photo(jpeg(32, 32), id_=id_)[1].status_code == 409


def test_what_is_no_photo_is_refused(phone: Device) -> None:
    for content in (b"<svg/>", b"MZ" * 500, jpeg()[:100], png(60_000, 60_000)):
        assert phone.photo(content)[1].status_code == 422
    assert phone.photo(b"")[1].status_code == 422
    assert phone.photo(jpeg() + bytes(LARGEST_BYTES))[1].status_code == 413
    assert phone.photo(jpeg(), digest="nonsense")[1].status_code == 422


def test_ten_megabytes_arrive(phone: Device) -> None:
    content = jpeg()
    whole = content + bytes(LARGEST_BYTES - len(content))
    assert phone.photo(whole)[1].status_code == 200


def test_a_photo_is_its_takers_and_of_its_form(hub: Hub, phone: Device, other_phone: Device) -> None:
    content = jpeg()
    id_, _ = phone.photo(content)
    assert other_phone.photo(content, id_=id_)[1].status_code == 409
    taken = other_phone.did("photo", "fridge", photo=id_, sha256=sha256(content).hexdigest())
    assert other_phone.send(taken) == ["refused"]
    stranger = Device(hub, hub.browser("inspector", "wang"), package=phone.package)
    assert stranger.photo(content)[1].status_code == 404
    maintainer = Device(hub, hub.browser("maintainer"), package=phone.package)
    assert maintainer.photo(content)[1].status_code == 403


def test_a_drawn_signature_is_kept_with_the_name(hub: Hub, phone: Device) -> None:
    drawn = png(64, 64)
    id_, answer = phone.photo(drawn)
    assert answer.status_code == 200
    signed = phone.did("sign", signer="inspector", name="张伟", photo=id_, sha256=sha256(drawn).hexdigest())
    refused = phone.did("refuse_to_sign", signer="head", name="", why="不在场")
    assert phone.send(signed, refused) == ["applied", "applied"]
    assert phone.send(signed) == ["applied"]
    with hub.session() as session:
        rows = session.exec(select(InspectionSignature)).all()
    assert [(row.signer, row.name, row.drawing is not None, row.refused) for row in rows] == [
        ("inspector", "张伟", True, None), ("head", "", False, "不在场"),
    ]  # fmt: skip

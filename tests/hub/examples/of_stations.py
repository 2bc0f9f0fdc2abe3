"""Examples of what a station has: machines, alerts, photos, windows, what the register keeps."""

from datetime import timedelta
from hashlib import sha256

from hub.accounts import store as accounts
from hub.accounts.roles import BY_UNION
from hub.maintenance import store as windows
from hub.phone import tokens
from hub.photos import store as photos
from hub.register.tables import CodeRequest
from hub.stations.tables import StationAlias
from shared.door_code import door_code
from tests.hub.example import Site, example
from tests.photos import jpeg


@example("station")
def station(site: Site) -> object:
    return site.station.id


@example("code", under="/c/")
def door_code_now(site: Site) -> object:
    """On the kiosk's screen."""
    return door_code(give_key(site), site.station.id, site.hub.now)


@example("token", under="a field")
def form_token(site: Site) -> object:
    """Of a phone that scanned it."""
    return tokens.issued(site.keys, tokens.FormToken(site.station.id, "phone", site.hub.now, site.station.id))


def give_key(site: Site) -> bytes:
    """A QR key, sealed as the hub keeps it."""
    key = sha256(site.station.id.encode()).digest()
    site.station.sealed_qr_key = site.sealed(key)
    site.hub.add(site.station)
    return key


@example("facility")
def facility(site: Site) -> object:
    options = {"legal_limit": 8.0}
    site.hub.facility(
        "fridge-1", site.station.id, quantities=["cabinet_temperature", "power"], options=options,
    )  # fmt: skip
    return "fridge-1"


@example("alert")
def alert(site: Site) -> object:
    return site.hub.alert(station=site.station.id).id


@example("question")
def question(site: Site) -> object:
    id_ = f"asked-at-{site.station.id}"
    return site.hub.question("fridge-1", id_, station=site.station.id).id


@example("photo")
def photo(site: Site) -> object:
    row = photos.keep(site.hub.session, site.station.id, jpeg(), "王芳", site.hub.now)
    site.hub.session.commit()
    return row.id


@example("window")
def window(site: Site) -> object:
    now = site.hub.now
    row = windows.file(
        site.hub.session, site.station.id, None, now, now + timedelta(hours=2), "换滤芯", "王芳", now
    )  # fmt: skip
    site.hub.session.commit()
    return row.id


@example("code_request")
def code_request(site: Site) -> object:
    row = CodeRequest(station=site.station.id, area="0554", requested_by="王芳", requested_at=site.hub.now)
    return site.hub.add(row).id


@example("alias", under="a field")
def alias(site: Site) -> object:
    row = StationAlias(station=site.station.id, system="环卫", value=site.station.id, since=site.hub.now, by="王芳")
    return site.hub.add(row).id


@example("revoked")
def revoked(site: Site) -> object:
    """The very place, given up."""
    id_ = f"gone{site.station.id[4:]}"
    site.hub.station(
        id_, f"旧{site.station.name}", heard=False, rulebook=site.station.rulebook, union=site.station.union,
        industry=site.station.industry, revoked_at=site.hub.now - timedelta(days=1),
    )  # fmt: skip
    for person in site.people.values():
        if site.ours and person.role not in BY_UNION:
            accounts.name_station(site.hub.session, person, id_)
    return id_

"""Examples of what belongs to people and unions: accounts, tokens, roads, rosters, sheets they sent."""

from datetime import timedelta

from hub.accounts import store as accounts
from hub.accounts import token_store
from hub.accounts.roles import Role
from hub.accounts.scopes import Scope
from hub.duty.tables import DutyChange, DutyRoster, DutyShift
from hub.feedback.tables import FeedbackRow
from hub.notices.kinds import Kind
from hub.notices.tables import Road
from hub.register import import_store
from hub.unions import store as unions
from hub.unions.trees import Level
from tests.hub.example import Each, Site, example

SHEET = "推荐站点名称,地址\r\n新桥驿站,新桥路 1 号\r\n".encode("utf-8-sig")


@example("user", of_station=False)
def user(site: Site) -> object:
    return site.hub.user(f"同事{site.station.id}", Role.INSPECTOR).id


@example("union", of_station=False)
def union(site: Site) -> object:
    row = unions.add(site.hub.session, f"区工会{site.station.id}", Level.DISTRICT)
    site.hub.session.commit()
    return row.id


@example("recommending", under="a field")
def home(site: Site) -> object:
    """One's own union."""
    return (
        Each({role: one.union or site.station.union for role, one in site.owners().items()})
        if site.ours
        else site.station.union
    )


@example("person", under="a field")
def colleague(site: Site) -> object:
    name = f"检查的人{site.station.id}"
    return site.hub.user(name, Role.INSPECTOR, everywhere=False, union=site.station.union).id


@example("union_of_station", under="a field")
def union_of_station(site: Site) -> object:
    return site.station.union


@example("industry_of_station", under="a field")
def industry_of_station(site: Site) -> object:
    return site.station.industry


@example("maintainer", under="a field")
def maintainer(site: Site) -> object:
    return site.number(Role.MAINTAINER)


@example("token", under="/account")
def token(site: Site) -> object:
    session = site.hub.session
    made = {
        role: token_store.make(session, one, f"{role} {site.station.id}", [Scope.READ], site.hub.now, _DAY)[0].id
        for role, one in site.owners().items()
    }
    session.commit()
    return Each(made)


@example("roster")
def roster(site: Site) -> object:
    return site.hub.add(DutyRoster(name="值班", station=site.station.id, created_at=site.hub.now)).id


@example("shift")
def shift(site: Site) -> object:
    row = DutyShift(
        roster=site.made["roster"], level=1, weekday=2, start=0, end=1440, user=site.number(Role.MAINTAINER)
    )  # fmt: skip
    return site.hub.add(row).id


@example("change")
def change(site: Site) -> object:
    return site.hub.add(DutyChange(roster=site.made["roster"], level=1, day=site.due, start=0, end=1440)).id


@example("road")
def road(site: Site) -> object:
    """Nobody listens at the other end."""
    address = site.sealed(b"json://127.0.0.1:9/secret-hash")

    def made(user: int) -> object:
        told = {"name": "群", "kind": Kind.WEBHOOK, "sealed": address, "shown": "…", "created_at": site.hub.now}
        return site.hub.add(Road(user=user, **told)).id

    return Each({role: made(accounts.identity(one)) for role, one in site.owners().items()})


@example("batch")
def batch(site: Site) -> object:
    session = site.hub.session
    made = {
        role: import_store.keep(session, one, "站点.csv", SHEET, site.station.rulebook, site.hub.now).id
        for role, one in site.owners().items()
    }
    session.commit()
    return Each(made)


_DAY = timedelta(days=1)


@example("answer", under="/stations/{station}/visits")
def answer(site: Site) -> object:
    """What somebody wrote."""
    at = site.hub.now
    row = FeedbackRow(
        id=f"said-at-{site.station.id}", station=site.station.id, at=at, score=2, text="水不热", method="phone",
        received_at=at, undated=False,
    )  # fmt: skip
    return site.hub.add(row).id


@example("drawing", of_station=False)
def drawing(_site: Site) -> object:
    return "days"

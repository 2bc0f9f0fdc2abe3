"""Everything the pages of one station's entry show, read at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.formats import local
from hub.register import fields, store
from hub.register.flags import Entry, flags
from hub.register.reach import Reach, reach
from hub.register.rules import Which
from hub.register.tables import CodeRequest, DailyLog, PostedRules
from hub.rulebook import rulebooks
from hub.stations import codes, heads
from hub.stations import store as stations
from hub.stations.extras import extras
from hub.stations.store import NO_SECRET
from hub.stations.tables import Facility, Station, StationAlias, StationExtra, StationHead, UnitRow
from hub.stations.words import EXTRA_LABELS, Extra, ExtraState
from shared.opening import Opening
from shared.text import Text

CALLERS = (Action.EDIT_STATION, Action.WORK_ON_ALERTS, Action.KEEP_STATION)
"""Who must be able to call a head: others see the number masked."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """One station in the register."""

    station: Station
    filed: Mapping[str, str]
    """For the form."""
    said: Sequence[tuple[Text, Text]]
    """For reading: label and value."""
    reach: Reach
    opening: Opening
    today: date
    head: StationHead | None
    former: Sequence[StationHead]
    phone: str
    """Of the head, as this user may see it."""
    facilities: Sequence[Facility]
    units: Mapping[str, UnitRow]
    aliases: Sequence[StationAlias]
    request: CodeRequest | None
    refusal: CodeRequest | None
    ruled: bool
    """Whether codes follow a rule here; else they are free text."""
    flags: Sequence[Text]
    connectable: bool
    """Whether it has a secret."""


@dataclass(frozen=True, slots=True)
class DailyView:
    """What a head keeps up, day by day."""

    station: Station
    today: date
    line: DailyLog | None
    """Today's. None: not written yet."""
    log: Sequence[DailyLog]
    posted: Mapping[Which, PostedRules]
    extras: Mapping[Extra, StationExtra]
    head: StationHead | None


def entry(session: Session, user: User, station: Station, now: datetime) -> EntryView:
    """What the register holds of a station."""
    everybody = heads.history(session, station.id)
    standing = next((row for row in everybody if row.until is None), None)
    standings = stations.facilities(session, station.id)
    shown = standing is not None and any(may(user.role, action) for action in CALLERS)
    phone = "" if standing is None else standing.phone if shown else heads.masked(standing.phone)
    return EntryView(
        station=station,
        filed=fields.shown(station.model_dump()),
        said=fields.said(station.model_dump()),
        reach=reach(session, user),
        opening=Opening.of(station.opening),
        today=local(now).date(),
        head=standing,
        former=[row for row in everybody if row.until is not None],
        phone=phone,
        facilities=standings,
        units=stations.units(session, [station.id]).get(station.id, {}),
        aliases=codes.aliases(session, station.id),
        request=store.open_request(session, station.id),
        refusal=store.last_refusal(session, station.id),
        ruled=codes.ruled(station.rulebook),
        flags=flags_of(session, station, standings, standing is not None, local(now).date()),
        connectable=station.mqtt_hash != NO_SECRET,
    )


def daily(session: Session, station: Station, now: datetime) -> DailyView:
    """The pages of a station's days."""
    today = local(now).date()
    lines = store.log(session, station.id, today)
    return DailyView(
        station=station,
        today=today,
        line=lines[0] if lines and lines[0].day == today else None,
        log=lines,
        posted=store.posted(session, station.id),
        extras=extras(session, [station.id]).get(station.id, {}),
        head=heads.head(session, station.id),
    )


def needs_code(station: Station) -> bool:
    """Whether it has no official code though the region's rule asks for one (AH-26)."""
    book = rulebooks().get(station.rulebook)
    rule = None if book is None else book.codes
    return rule is not None and station.code is None and station.kind not in rule.exempt


def flags_of(
    session: Session, station: Station, standing: Sequence[Facility], has_head: bool, today: date
) -> list[Text]:
    """What a person has to see to at this station."""
    offered = extras(session, [station.id]).get(station.id, {})
    return flags(
        Entry(
            has_head=has_head,
            placed=station.latitude is not None,
            needs_code=needs_code(station),
            area_m2=station.area_m2,
            kinds={facility.kind for facility in standing},
            posted={which: row.posted_on for which, row in store.posted(session, station.id).items()},
            expired=[
                EXTRA_LABELS[one]
                for one, row in offered.items()
                if row.expires_on is not None and row.expires_on < today
            ],
            missing=[EXTRA_LABELS[one] for one, row in offered.items() if row.state == ExtraState.MISSING],
            waiver=station.waiver,
        ),
        today,
    )

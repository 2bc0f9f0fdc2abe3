"""What a station judged, as values of rows. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.opening import whole_hour
from shared.records import Minute, Profile, Proof, Spell
from shared.states import State

Row = dict[str, Any]
HourKey = tuple[datetime, str, str]
"""Hour, station, facility."""
_MASKS = (State.OK, State.DEGRADED, State.DOWN, State.EXCLUDED)


def fold_minute(folded: dict[HourKey, list[int]], station: str, fact: Minute) -> None:
    """OR a minute into the masks of its hour; unknown is what nobody has said, so it leaves no bit."""
    hour = whole_hour(fact.minute)
    bit = 1 << fact.minute.minute
    for facility, state in fact.states.items():
        if state is State.UNKNOWN:
            continue
        key = (hour, station, facility)
        masks = folded.get(key)
        if masks is None:
            masks = folded[key] = [0, 0, 0, 0]
        masks[_MASKS.index(state)] |= bit


def hour_rows(folded: Mapping[HourKey, list[int]]) -> list[Row]:
    """The folded masks."""
    return [
        {
            "hour": hour,
            "station": station,
            "facility": facility,
            "ok": ok,
            "degraded": degraded,
            "down": down,
            "excluded": excluded,
        }
        for (hour, station, facility), (ok, degraded, down, excluded) in folded.items()
    ]


def spell_row(station: str, spell: Spell) -> Row:
    """One revision of a spell."""
    return {
        "id": spell.spell,
        "station": station,
        "facility": spell.facility,
        "revision": spell.revision,
        "state": str(spell.state),
        "since": spell.since,
        "until": spell.until,
        "confirmed_at": spell.confirmed_at,
        "rule": spell.rule,
        "rule_version": spell.rule_version,
        "cause": str(spell.cause),
        "grade": int(spell.grade),
        "why_zh": spell.why.zh,
        "why_en": spell.why.en,
        "values": spell.values,
        "limits": spell.limits,
        "traces": [trace.model_dump(mode="json") for trace in spell.traces],
    }


def proof_row(station: str, record: str, proof: Proof) -> Row:
    """Function shown."""
    return {
        "id": record,
        "station": station,
        "facility": proof.facility,
        "rule": proof.rule,
        "rule_version": proof.rule_version,
        "mode": proof.mode,
        "grade": int(proof.grade),
        "proved_at": proof.proved_at,
        "values": proof.values,
    }


def profile_row(station: str, record: str, profile: Profile, at: datetime) -> Row:
    """How a facility is judged, as it was said `at`."""
    return {
        "station": station,
        "facility": profile.facility,
        "at": at,
        "record": record,
        "unit": profile.unit,
        "learning_since": profile.learning_since,
        "replaced_at": profile.replaced_at,
        "thresholds": [threshold.model_dump(mode="json") for threshold in profile.thresholds],
        "baselines": [baseline.model_dump(mode="json") for baseline in profile.baselines],
    }

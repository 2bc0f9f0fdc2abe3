"""Official station codes of Anhui: an attribute of a station, never its id (工会驿站运维服务规范 4.5).

Eleven digits: 12, the telephone area code padded to four, a local sequence of five; `s` marks a micro station, `d` a
mobile one. Other regions' codes are free text.
"""

import re
from dataclasses import dataclass
from typing import Literal

StationKind = Literal["normal", "micro", "mobile", "construction_site"]

PROVINCE = "12"
"""安徽行政区划排序编号 (4.5.2)."""
AREA_CODES = frozenset(
    {"0550", "0551", "0552", "0553", "0554", "0555", "0556", "0557", "0558", "0559"}
    | {"0561", "0562", "0563", "0564", "0566"}
)
"""Telephone area codes in use in Anhui; 0565 went into 0551 in 2012, Fuyang and Bozhou share 0558."""
SUFFIXES: dict[StationKind, str] = {"normal": "", "micro": "s", "mobile": "d"}
_FORM = re.compile(r"(?P<province>[0-9]{2})(?P<area>[0-9]{4})(?P<sequence>[0-9]{5})(?P<suffix>[sd]?)")


class BadCode(ValueError):
    """A code the rule does not allow; the message says which part and why."""


@dataclass(frozen=True, slots=True)
class StationCode:
    """A code taken apart."""

    area: str
    sequence: int
    kind: StationKind

    def __str__(self) -> str:
        return f"{PROVINCE}{self.area}{self.sequence:05d}{SUFFIXES[self.kind]}"


def parse(text: str) -> StationCode:
    """A code taken apart. Raises BadCode."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise BadCode(f"{text!r}: a code is eleven digits, then s for a micro or d for a mobile station (4.5.2–4.5.4)")
    if match["province"] != PROVINCE:
        raise BadCode(f"{text!r}: a code of Anhui starts with {PROVINCE} (4.5.2)")
    if match["area"] not in AREA_CODES:
        raise BadCode(f"{text!r}: {match['area']} is not a telephone area code of Anhui (4.5.2)")
    if match["sequence"] == "00000":
        raise BadCode(f"{text!r}: sequences count from 00001 (4.5.2, example)")
    kind = next(kind for kind, suffix in SUFFIXES.items() if suffix == match["suffix"])
    return StationCode(match["area"], int(match["sequence"]), kind)


def compact(code: str | None, kind: StationKind) -> str | None:
    """A code as it is kept, checked against the kind of station. Raises BadCode.

    A building site may go without (4.5.1); a suffix and a kind cannot disagree.
    """
    if code is None or not code.strip():
        if kind == "construction_site":
            return None
        raise BadCode("every station but a building site has a code (4.5.1)")
    parsed = parse(code.strip())
    if kind == "construction_site":
        if parsed.kind != "normal":
            raise BadCode(f"{code!r}: a building site's code has no suffix")
    elif parsed.kind != kind:
        raise BadCode(f"{code!r} is the code of a {parsed.kind} station, not of a {kind} one (4.5.3, 4.5.4)")
    return str(parsed)


def padded_area(telephone: str) -> str:
    """A telephone area code of three digits gets a leading zero (4.5.2): 021 becomes 0021."""
    if not (telephone.isascii() and telephone.isdigit() and len(telephone) in (3, 4) and telephone.startswith("0")):
        raise BadCode(f"{telephone!r} is not a telephone area code")
    return telephone.zfill(4)


def next_sequence(given: list[int]) -> int:
    """The next of an area, codes of stations that left included, so that codes stay contiguous (4.5.5)."""
    following = max(given, default=0) + 1
    if following > 99_999:
        raise BadCode("this area code has no sequence left")
    return following

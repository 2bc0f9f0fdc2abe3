"""What a form says a user is to be, and the jurisdiction that makes. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal

from fastapi import Depends, Form

from hub.accounts.roles import BY_UNION, ROLE_LABELS, Role
from hub.accounts.store import BadUser, Jurisdiction
from hub.formats import SHANGHAI, local
from shared.text import Text

Where = Literal["stations", "union", "everywhere"]
WHERE_LABELS: dict[Where, Text] = {
    "stations": Text("只有逐个指定的站点", "Only stations named one by one"),
    "union": Text("一个工会及其下级的站点", "A union's stations, with all unions below"),
    "everywhere": Text("全部站点", "All stations"),
}
LONGEST = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class AskedUser:
    """The fields as they were sent."""

    role: Role
    where: Where
    union: int | None
    until: date | None
    """The last day, in Shanghai. None: no end."""

    def jurisdiction(self, stations: tuple[str, ...], now: datetime) -> Jurisdiction:
        """With the stations named to them so far. Raises BadUser."""
        if self.where != "stations" and self.role not in BY_UNION:
            said = ROLE_LABELS[self.role]
            zh, en = f"{said.zh}只看逐个指定的站点", f"{said.en}: sees stations named one by one only"
            raise BadUser("where", Text(zh, en))
        if self.where == "union" and self.union is None:
            raise BadUser("union", Text("请选择工会", "choose a union"))
        union = self.union if self.where == "union" else None
        return Jurisdiction(self.where == "everywhere", union, stations, self._end(now))

    def _end(self, now: datetime) -> datetime | None:
        if self.until is None:
            return None
        if not local(now).date() <= self.until <= (local(now) + LONGEST).date():
            raise BadUser("until", Text("截止日期为今天起十年之内", "the last day is within ten years from today"))
        return datetime.combine(self.until + timedelta(days=1), time(), SHANGHAI).astimezone(UTC)


def asked_user(
    role: Annotated[Role, Form()],
    where: Annotated[Where, Form()] = "stations",
    union: Annotated[int | None, Form(ge=1, le=2**31 - 1)] = None,
    until: Annotated[date | None, Form()] = None,
) -> AskedUser:
    """From a form."""
    return AskedUser(role, where, union, until)


AskedUserDep = Annotated[AskedUser, Depends(asked_user)]


def last_day(expires_at: datetime | None) -> date | None:
    """The last whole day on which an account opens something. None: no end."""
    return None if expires_at is None else (local(expires_at) - timedelta(microseconds=1)).date()

"""What stands on a station's poster, Chinese first and English small beside it. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from hub.formats import WEEKDAYS
from hub.stations.roster import pledge
from shared.opening import Opening
from shared.text import Text

SIGN = Text("户外劳动者驿站", "Rest station for outdoor workers")
SCAN = Text("手机扫码", "Scan with your phone")
DEEDS: tuple[Text, ...] = (
    Text("签到", "Check in"),
    Text("评价", "Rate"),
    Text("报修", "Report a fault"),
    Text("投诉", "Complain"),
)
OPEN_HOURS = Text("开放时间", "Open")
PLEDGE = Text("服务公约", "Service pledge")
CALL = Text("服务咨询、监督电话（24 小时）", "Questions and complaints, around the clock")
NO_DAYS = Text("以现场通知为准", "As posted on site")
FREE = Text("不用登录，不用写姓名", "No account, no name")
NUMBER, PLAQUE = Text("编号", "No."), Text("牌号", "Plaque")
VERSION, PRINTED = Text("版本", "Version"), Text("打印", "Printed")
VERSION_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Poster:
    """One sheet of A4."""

    name: Text
    address: str
    hours: Text
    hotline: str
    pledge: Sequence[Text]
    numbers: Sequence[tuple[Text, str]]
    """What the station is numbered by."""
    link: str
    """What the code says."""
    printed_on: date

    @property
    def version(self) -> str:
        """Another one as soon as anything on it is another: one sees whether what hangs there is still right."""
        said = asdict(self) | {"printed_on": None}
        return sha256(repr(said).encode()).hexdigest()[:VERSION_LENGTH].upper()


def poster(
    name: Text,
    address: str,
    opening: Opening,
    hotline: str,
    code: str | None,
    plaque: str | None,
    link: str,
    today: date,
) -> Poster:
    """Of a station as it is filed; the pledge is the one its kiosk shows."""
    numbers = [(label, value) for label, value in ((NUMBER, code), (PLAQUE, plaque)) if value]
    return Poster(name, address, hours(opening), hotline, pledge(opening), numbers, link, today)


def hours(opening: Opening) -> Text:
    """每天 09:00–17:00; 周一至周五 …; the days one by one where they are no row."""
    days = sorted(set(opening.weekdays))
    if not days:
        return NO_DAYS
    span = f"{opening.start}–{opening.end}"
    zh, en = WEEKDAYS["zh"], WEEKDAYS["en"]
    if len(days) == len(zh):
        return Text(f"每天 {span}", f"Every day {span}")
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return Text(f"{zh[days[0]]}至{zh[days[-1]]} {span}", f"{en[days[0]]}–{en[days[-1]]} {span}")
    return Text(f"{'、'.join(zh[day] for day in days)} {span}", f"{', '.join(en[day] for day in days)} {span}")

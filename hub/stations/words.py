"""What is filed of a station by choice, and what the choices are called. Pure."""

from enum import StrEnum

from shared.station_code import StationKind
from shared.text import Text


class Standing(StrEnum):
    """How far a station is. One that left keeps its row and its code; it is revoked (`Station.revoked_at`)."""

    PLANNED = "planned"
    OPEN = "open"
    PAUSED = "paused"


class Staffing(StrEnum):
    """Whether somebody is there (AH-19)."""

    MANNED = "manned"
    PART = "part"
    UNMANNED = "unmanned"


class Access(StrEnum):
    """Whom it serves (SH-07)."""

    ALL = "all"
    SANITATION_ONLY = "sanitation_only"


STANDING_LABELS: dict[Standing, Text] = {
    Standing.PLANNED: Text("筹建中", "Planned"),
    Standing.OPEN: Text("运行中", "Running"),
    Standing.PAUSED: Text("暂停服务", "Paused"),
}
STAFFING_LABELS: dict[Staffing, Text] = {
    Staffing.MANNED: Text("有人值守", "Manned"),
    Staffing.PART: Text("部分时段有人", "Partly manned"),
    Staffing.UNMANNED: Text("无人值守", "Unmanned"),
}
ACCESS_LABELS: dict[Access, Text] = {
    Access.ALL: Text("全体户外职工", "All outdoor workers"),
    Access.SANITATION_ONLY: Text("仅环卫工", "Sanitation workers only"),
}


class Carrier(StrEnum):
    """What houses a station (SH-05)."""

    BANK = "bank"
    TELECOM_SHOP = "telecom_shop"
    SUPERMARKET = "supermarket"
    PHARMACY = "pharmacy"
    RESTAURANT = "restaurant"
    EXPRESS_HOTEL = "express_hotel"
    UNIVERSITY_GATE = "university_gate"
    SERVICE_CENTRE = "service_centre"
    PARTY_SERVICE_CENTRE = "party_service_centre"
    BASIC_STATION = "basic_station"
    OTHER = "other"


class FiledService(StrEnum):
    """服务项目 of annex 2, in its order (SH-49)."""

    WATER = "water"
    CLIMATE = "climate"
    MEALS = "meals"
    CHARGING = "charging"
    REST = "rest"
    OTHER = "other"


class Extra(StrEnum):
    """The X of 6+X (SH-18), and the toilet (SH-19)."""

    WIFI = "wifi"
    FIRST_AID = "first_aid"
    BOOKS = "books"
    TOILET = "toilet"


class ExtraState(StrEnum):
    """Whether an extra is there. `missing`: the station offers it, and it is gone or used up."""

    AVAILABLE = "available"
    MISSING = "missing"


CARRIER_LABELS: dict[Carrier, Text] = {
    Carrier.BANK: Text("银行", "Bank"),
    Carrier.TELECOM_SHOP: Text("通讯营业网店", "Telecom shop"),
    Carrier.SUPERMARKET: Text("超市卖场", "Supermarket"),
    Carrier.PHARMACY: Text("药房", "Pharmacy"),
    Carrier.RESTAURANT: Text("饭店", "Restaurant"),
    Carrier.EXPRESS_HOTEL: Text("快捷酒店", "Express hotel"),
    Carrier.UNIVERSITY_GATE: Text("高校门卫", "University gate"),
    Carrier.SERVICE_CENTRE: Text("区职工服务中心", "Service centre"),
    Carrier.PARTY_SERVICE_CENTRE: Text("街镇党建服务中心", "Party service centre"),
    Carrier.BASIC_STATION: Text("基层服务站", "Basic-level station"),
    Carrier.OTHER: Text("其他", "Other"),
}
SERVICE_LABELS: dict[FiledService, Text] = {
    FiledService.WATER: Text("饮水供给", "Drinking water"),
    FiledService.CLIMATE: Text("避暑取暖", "Cooling and heating"),
    FiledService.MEALS: Text("餐食加热", "Meal heating"),
    FiledService.CHARGING: Text("手机充电", "Phone charging"),
    FiledService.REST: Text("休息如厕", "Rest and toilet"),
    FiledService.OTHER: Text("其他服务项目", "Other services"),
}
EXTRA_LABELS: dict[Extra, Text] = {
    Extra.WIFI: Text("免费 wifi", "Free Wi-Fi"),
    Extra.FIRST_AID: Text("外伤急救药箱", "First-aid kit"),
    Extra.BOOKS: Text("书报架", "Book and paper rack"),
    Extra.TOILET: Text("卫生间", "Toilet"),
}
KIND_LABELS: dict[StationKind, Text] = {
    "normal": Text("普通站点", "Normal station"),
    "micro": Text("微站点", "Micro station"),
    "mobile": Text("流动站点", "Mobile station"),
    "construction_site": Text("建设工地站点", "Building-site station"),
}
FORMER_CODE = "原编号"
"""System of the alias that keeps a code's form before the kind of the station changed."""

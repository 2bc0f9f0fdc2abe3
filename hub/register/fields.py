"""The fields of a station's filing: annex 2 in its order, then what the rules ask beside it. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hub.register import reading
from hub.register.reading import Reader
from hub.register.wrong import MISSING
from hub.stations.words import (
    ACCESS_LABELS,
    CARRIER_LABELS,
    SERVICE_LABELS,
    STAFFING_LABELS,
    Access,
    Carrier,
    FiledService,
    Staffing,
)
from shared.text import Text

LARGEST_AREA_M2 = 10_000.0
ABOUT_THREE_M2 = 2.5
"""“3 平方米左右” (chapter 2.1); the band is ours (D4-19)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the filing: an attribute of `Station` by the same name."""

    name: str
    label: Text
    read: Reader
    shown: Callable[[Any], str] = lambda value: "" if value is None else str(value)
    """As a person reads and types it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was typed, read: values of the fields that are right, reasons at those that are not."""

    values: Mapping[str, Any]
    wrong: Mapping[str, Text]


def _yes(value: bool) -> str:
    return "是" if value else "否"


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.7g}" if abs(value) < 1000 else f"{value:g}"


def _degrees(value: float | None) -> str:
    return "" if value is None else repr(value)


def called(labels: Mapping[Any, Text]) -> Callable[[str], str]:
    """The Chinese name of a choice."""
    return lambda value: labels[value].zh if value in labels else value


NAME = Field("name", Text("推荐站点名称", "Name"), reading.text(80, required=True))
ADDRESS = Field("address", Text("地址", "Address"), reading.text(200))
AREA = Field("area_m2", Text("站点区域面积(m²)", "Area (m²)"), reading.measure(0.1, LARGEST_AREA_M2), _figure)
SERVICES = Field(
    "services", Text("服务项目", "Services"), reading.several(SERVICE_LABELS),
    lambda value: "、".join(SERVICE_LABELS[FiledService(one)].zh for one in value),
)  # fmt: skip
PLANNED = Field("planned_on", Text("计划完成时间", "Planned completion"), reading.day)
OTHER_SERVICES = Field("other_services", Text("其他服务项目说明", "Which other services"), reading.text(200))
SHARED = Field("area_shared", Text("共享区域", "Shared area"), reading.flag, _yes)
AREA_NOTE = Field("area_note", Text("共享说明", "Shared with whom"), reading.text(200))
NAME_EN = Field("name_en", Text("英文名称", "English name"), reading.text(120))
PLAQUE = Field("plaque_number", Text("铭牌编号", "Plaque number"), lambda typed: reading.text(40)(typed) or None)
CARRIER = Field(
    "carrier", Text("依托单位类型", "Housed in"), reading.choice(CARRIER_LABELS, empty=""), called(CARRIER_LABELS)
)
CARRIER_NOTE = Field("carrier_note", Text("其他依托单位", "Which other place"), reading.text(80))
STAFFING = Field(
    "staffing", Text("值守", "Staffing"), reading.choice(STAFFING_LABELS, empty=Staffing.UNMANNED),
    called(STAFFING_LABELS),
)  # fmt: skip
ACCESS = Field(
    "access", Text("服务对象", "Serves"), reading.choice(ACCESS_LABELS, empty=Access.ALL), called(ACCESS_LABELS)
)
LATITUDE = Field("latitude", Text("纬度", "Latitude"), reading.measure(3, 54), _degrees)
LONGITUDE = Field("longitude", Text("经度", "Longitude"), reading.measure(73, 136), _degrees)

FILED: tuple[Field, ...] = (
    NAME, ADDRESS, AREA, SERVICES, PLANNED, OTHER_SERVICES, SHARED, AREA_NOTE, NAME_EN, PLAQUE, CARRIER, CARRIER_NOTE,
    STAFFING, ACCESS, LATITUDE, LONGITUDE,
)  # fmt: skip
_NAMED: Mapping[str, Mapping[Any, Text]] = {
    "carrier": CARRIER_LABELS, "staffing": STAFFING_LABELS, "access": ACCESS_LABELS,
}  # fmt: skip
BY_NAME: Mapping[str, Field] = {field.name: field for field in FILED}


def checked(typed: Mapping[str, str]) -> Checked:
    """Every filed field of what was typed; one that is absent is empty."""
    values, wrong = reading.every(typed, {field.name: field.read for field in FILED})
    return Checked(values, across(values) | wrong)


def shown(values: Mapping[str, Any]) -> dict[str, str]:
    """What is filed, as a person would type it."""
    return {field.name: field.shown(values[field.name]) for field in FILED}


def said(values: Mapping[str, Any]) -> list[tuple[Text, Text]]:
    """What is filed, for reading in either language: each field's label and value, empty ones left out."""
    found = []
    for field in FILED:
        value = values[field.name]
        if value in (None, "", [], False):
            continue
        if field.name in _NAMED:
            text = _NAMED[field.name][value]
        elif field is SERVICES:
            offered = [SERVICE_LABELS[FiledService(one)] for one in value]
            text = Text("、".join(one.zh for one in offered), ", ".join(one.en for one in offered))
        else:
            text = Text("是", "Yes") if value is True else Text(field.shown(value), field.shown(value))
        found.append((field.label, text))
    return found


def across(values: Mapping[str, Any]) -> dict[str, Text]:
    """What single fields cannot know."""
    wrong: dict[str, Text] = {}
    if values.get("area_shared") and not values.get("area_note"):
        wrong["area_note"] = Text(
            "共享区域须说明与谁共享（管理办法第二章）。", "A shared area says with whom it is shared."
        )
    if values.get("carrier") == Carrier.OTHER and not values.get("carrier_note"):
        wrong["carrier_note"] = MISSING
    if FiledService.OTHER in values.get("services", []) and not values.get("other_services"):
        wrong["other_services"] = MISSING
    for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if values.get(one) is None and values.get(other) is not None and one in values:
            wrong[one] = Text("经度和纬度须同时填写。", "Latitude and longitude go together.")
    return wrong

"""The roles a user may have, and what they are called. Pure."""

from enum import StrEnum

from shared.text import Text


class Role(StrEnum):
    """What a user is for."""

    ADMINISTRATOR = "administrator"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    INDUSTRY = "industry"
    STATION_HEAD = "station_head"
    MAINTAINER = "maintainer"
    INSPECTOR = "inspector"
    THIRD_PARTY = "third_party"
    AUDITOR = "auditor"


ROLE_LABELS: dict[Role, Text] = {
    Role.ADMINISTRATOR: Text("管理员", "Administrator"),
    Role.PROVINCE: Text("省总工会", "Province"),
    Role.CITY: Text("市总工会", "City"),
    Role.DISTRICT: Text("区县总工会", "County or district"),
    Role.INDUSTRY: Text("产业工会或共建单位", "Industry or co-building union"),
    Role.STATION_HEAD: Text("站长", "Station head"),
    Role.MAINTAINER: Text("维护员", "Maintainer"),
    Role.INSPECTOR: Text("检查员", "Inspector"),
    Role.THIRD_PARTY: Text("第三方评价", "Third party"),
    Role.AUDITOR: Text("纪检监督", "Auditor"),
}
BY_UNION = frozenset(Role) - {Role.STATION_HEAD, Role.THIRD_PARTY}
"""Who sees the stations of a union; the others see only stations named to them one by one."""
TIME_LIMITED = frozenset({Role.THIRD_PARTY})
"""Whose account must end by itself (AH-41)."""

"""What an inspection is for. Pure."""

from enum import StrEnum

from shared.text import Text


class Purpose(StrEnum):
    """Of one assignment."""

    MONTHLY = "monthly"
    SPOT = "spot"
    CITY = "city"
    THIRD_PARTY = "third_party"


PURPOSES: dict[Purpose, Text] = {
    Purpose.MONTHLY: Text("每月自查", "Monthly self-check"),
    Purpose.SPOT: Text("区级抽查", "District spot-check"),
    Purpose.CITY: Text("市级考评", "City evaluation"),
    Purpose.THIRD_PARTY: Text("第三方评价", "Third-party evaluation"),
}

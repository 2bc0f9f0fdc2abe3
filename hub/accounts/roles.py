"""The roles a user may have, and what they are called. Pure."""

from enum import StrEnum

from shared.text import Text


class Role(StrEnum):
    """What a user is for."""

    ADMINISTRATOR = "administrator"
    INSPECTOR = "inspector"
    MAINTAINER = "maintainer"


ROLE_LABELS: dict[Role, Text] = {
    Role.ADMINISTRATOR: Text("管理员", "Administrator"),
    Role.INSPECTOR: Text("检查员", "Inspector"),
    Role.MAINTAINER: Text("维护员", "Maintainer"),
}

"""What the requests about inspections have in common: which one, and the facts of a deed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Form, Path

from hub.accounts.tables import User
from hub.errors import HubError
from hub.inspections import store
from hub.inspections.deeds import Deed
from hub.inspections.door_code import LONGEST
from hub.inspections.presence import Place
from hub.inspections.tables import Inspection
from hub.sessions import SessionDep
from hub.signed_in import SeesInspections
from shared.text import Text

LARGEST = 2**31 - 1
Number = Annotated[int, Path(ge=1, le=LARGEST, examples=[1])]
Key = Annotated[str, Path(max_length=40, examples=["fridge"])]
DoorCode = Annotated[str, Form(max_length=20)]
"""The rotating code as somebody typed it."""
Carried = Annotated[str, Form(max_length=LONGEST)]
"""What the phone's page brings of a code that was scanned."""
NO_LINE = Text("考评表里没有这一项。", "The form has no such line.")


def visible_inspection(session: SessionDep, user: SeesInspections, number: Number) -> Inspection:
    """The inspection. Raises HubError 404, the same whether it is absent or not the asker's to see."""
    row = store.visible(session, user, number)
    if row is None:
        raise HubError(404, Text("没有这次检查。", "There is no such inspection."))
    return row


VisibleInspection = Annotated[Inspection, Depends(visible_inspection)]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a form says beside its answer."""

    version: int | None
    spent_s: int | None
    place: Place | None

    def deed(self, who: User, now: datetime) -> Deed:
        """Done by this user now."""
        return Deed(who, now, now, self.version, "online", self.place, self.spent_s)


def facts_of_form(
    version: Annotated[int | None, Form(ge=0, le=LARGEST)] = None,
    spent_s: Annotated[int | None, Form(ge=0, le=86_400)] = None,
    latitude: Annotated[float | None, Form(ge=-90, le=90)] = None,
    longitude: Annotated[float | None, Form(ge=-180, le=180)] = None,
    accuracy_m: Annotated[float | None, Form(ge=0, le=1_000_000)] = None,
) -> Facts:
    """From the form's hidden fields; a program may leave them out."""
    told = latitude is not None and longitude is not None and accuracy_m is not None
    place = Place(latitude or 0.0, longitude or 0.0, accuracy_m or 0.0) if told else None
    return Facts(version, spent_s, place)


FormFacts = Annotated[Facts, Depends(facts_of_form)]

"""Every form is taken once when it is filled in well, and sent twice it does what it does once."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session, func, select

from hub.accounts.roles import Role
from hub.database import all_tables
from tests.hub.examples.of_people import SHEET
from tests.hub.good_forms import PHOTO_OF, good_form
from tests.hub.matrix import OURS, Matrix, world  # noqa: F401 — a fixture
from tests.hub.operations import Operation, operations
from tests.hub.requests_made import PHOTO
from tests.hub.test_matrix import PUBLIC

WRITING = [one for one in operations() if not one.is_read and one.name not in PUBLIC]
TAKEN = (200, 201, 303)
NOT_AS_IT_STANDS = {
    "POST /alerts/{alert}/close": "only once it is proven that it works again",
    "POST /inspections/{number}/second-answers": "no device brought another answer",
    "POST /inspections/{number}/submit": "not every line is decided",
    "POST /stations/{station}/register/code-request": "this region has no code rule",
    "POST /stations/{station}/register/facilities/{facility}/remove": "its wiring reports it",
}  # fmt: skip
"""Forms that are refused at the station of the examples, with the reason."""
ADDS_AGAIN = {
    "POST /register/import": "each look at a sheet is a preview of its own, for a day",
    "POST /account/tokens": "a token is told once: the one before cannot be told again, and is revoked by its number",
    "POST /stations/{station}/register/facilities": "a station may have two of a kind",
}  # fmt: skip
"""More than the trail grows when the same is sent again, and why that is right."""


@pytest.fixture
def found(world: Matrix) -> Iterator[Matrix]:  # noqa: F811
    asked = world.asked_by(Role.ADMINISTRATOR)
    asked.come_back()
    with asked.undone():
        yield asked


@pytest.mark.parametrize("operation", WRITING, ids=lambda one: one.name)
def test_a_form_is_taken_and_the_same_once_more_adds_nothing(operation: Operation, found: Matrix) -> None:
    address, form = found.address(operation, OURS), good_form(found, operation)
    files = {"photo": ("photo.jpg", PHOTO, "image/jpeg")} if operation.name in PHOTO_OF else {}
    files |= {"file": ("站点.csv", SHEET, "text/csv")} if operation.name == "POST /register/import" else {}
    first = found.send(operation, address, form, files=files)
    if operation.name in NOT_AS_IT_STANDS:
        assert first.status_code in (404, 409, 422), NOT_AS_IT_STANDS[operation.name]
        return
    assert first.status_code in TAKEN, first.text
    before = rows(found)
    again = found.send(operation, address, form, files=files)
    assert again.status_code < 500
    added = {name for name, count in rows(found).items() if count > before[name]} - {"trail"}
    assert bool(added) is (operation.name in ADDS_AGAIN), added


def rows(found: Matrix) -> dict[str, int]:
    with Session(found.app.state.engine) as session:
        return {
            table.name: session.exec(select(func.count()).select_from(table)).one()
            for table in all_tables().sorted_tables
        }

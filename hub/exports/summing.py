"""From a filled-in form to its numbers. Pure."""

from collections.abc import Iterator

from hub.exports.tables import InspectionSum, LineSum
from hub.formats import local
from hub.inspections.sheet import Sheet, SheetLine

MARKS = ("lowest", "up", "down", "blind_up", "blind_down")


def summed(sheet: Sheet) -> tuple[InspectionSum, list[LineSum]]:
    """Its row, and the rows of its lines that stand out. Raises ValueError for a form that was never submitted."""
    head = sheet.head
    if head.submitted_at is None:
        raise ValueError(f"inspection {head.id} is open")
    here, lines = local(head.submitted_at), list(sheet.lines())
    month = here.year * 100 + here.month
    marked = [
        LineSum(inspection=head.id, key=one.item.key, what=what, station=head.station, month=month, reason=why)
        for one in lines
        for what, why in _marks(one)
    ]
    count = {what: sum(one.what == what for one in marked) for what in MARKS}
    with_points = [one for one in lines if _proposed(one) is not None and one.line.points is not None]
    blind = [one for one in with_points if one.line.blind]
    row = InspectionSum(
        inspection=head.id, version=head.version, station=head.station, month=month,
        inspector=head.submitted_by or "", total=sheet.total.points, possible=sheet.total.possible,
        highest=sheet.total.highest, lowest_lines=count["lowest"],
        observable=sum(not one.line.by_hand for one in lines), proposed=len(with_points),
        seen=len(with_points) - len(blind), up=count["up"], down=count["down"], blind=len(blind),
        blind_same=len(blind) - count["blind_up"] - count["blind_down"],
    )  # fmt: skip
    return row, marked


def _proposed(one: SheetLine) -> int | None:
    """The points that stood against the person's: of two proposals those after the test."""
    proposal = one.entry.second or one.entry.proposal
    return None if proposal is None else proposal.points


def _marks(one: SheetLine) -> Iterator[tuple[str, str]]:
    points, proposed = one.line.points, _proposed(one)
    if points is None:
        return
    if points == min(one.item.points):
        yield "lowest", ""
    if proposed is not None and points != proposed:
        way = "up" if points > proposed else "down"
        yield (f"blind_{way}" if one.line.blind else way), str(one.line.reason or "")

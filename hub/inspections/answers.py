"""From the row that is kept of a line to the line. Pure."""

from collections.abc import Sequence

from pydantic import TypeAdapter

from hub.inspections.blind import is_blind
from hub.inspections.prefill import ItemProposal
from hub.inspections.sealing import Sealed, unseal
from hub.inspections.sheet import Entry, Picture, by_hand
from hub.inspections.tables import InspectionItem
from hub.inspections.three_minutes import Done
from hub.inspections.workflow import Line, Look, Reason
from hub.rulebook import Item

TESTS: TypeAdapter[Done] = TypeAdapter(Done)


def entry_of(item: Item, kept: InspectionItem | None, photos: Sequence[Picture], nonce: str, closed: bool) -> Entry:
    """What is kept of the line; None: nobody has begun it. Raises BrokenSeal."""
    hand = by_hand(item)
    blind = not hand and is_blind(nonce, item.key)
    if kept is None:
        return Entry(Line(by_hand=hand, submitted=closed, blind=blind), photos=tuple(photos))
    proposal = _unsealed(kept.proposal, kept.seal)
    second = _unsealed(kept.second_proposal, kept.second_seal)
    latest = second or proposal
    line = Line(
        by_hand=hand,
        submitted=closed,
        blind=blind,
        look=None if kept.look is None else Look(kept.look),
        looked_at=kept.looked_at,
        revealed_at=kept.revealed_at,
        proposed=None if latest is None else latest.points,
        points=kept.points,
        not_applicable=kept.not_applicable,
        decided_at=kept.decided_at,
        decided_by=kept.decided_by,
        reason=None if kept.override_reason is None else Reason(kept.override_reason),
        note=kept.note,
    )
    return Entry(
        line,
        version=kept.version,
        looked_by=kept.looked_by,
        revealed_by=kept.revealed_by,
        sealed=proposal,
        seal=kept.seal,
        second_sealed=second,
        second_seal=kept.second_seal,
        test=None if kept.test is None else TESTS.validate_python(kept.test),
        photos=tuple(photos),
    )


def _unsealed(content: dict[str, object] | None, seal: str | None) -> ItemProposal | None:
    return None if content is None or seal is None else unseal(Sealed(content, seal))

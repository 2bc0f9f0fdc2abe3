"""A form as it goes out, in the words of who takes it along. Pure: the evidence is drawn by whoever calls."""

from collections.abc import Callable
from uuid import UUID

from hub.formats import moment
from hub.inspections.prefill import ItemProposal
from hub.inspections.presence import PRESENCES, Presence
from hub.inspections.sealing import Sealed, unseal
from hub.inspections.sheet import Head, SheetLine
from hub.inspections.signing import Signature
from hub.offline import given
from hub.offline.package import Carried
from shared.text import Language, Text

Draw = Callable[[Carried, SheetLine, ItemProposal], str]
"""The evidence as HTML, escaped."""


def inspection(one: Carried, language: Language, draw: Draw) -> given.GivenInspection:
    """For the API."""
    head, rubric = one.sheet.head, one.sheet.rubric
    values = (head.name.say(language), head.number, head.union)
    return given.GivenInspection(
        id=head.id,
        station=given.GivenStation(id=head.station, name=head.name.say(language), address=one.station.address or ""),
        title=rubric.title.say(language),
        clause=rubric.clause,
        head=[(label.say(language), value) for label, value in zip(rubric.head, values, strict=False)],
        total_text=rubric.total.say(language),
        due=one.due,
        submitted=head.submitted_at is not None,
        presence=None if one.row.arrived_at is None else _presence(head, language),
        remark=head.remark,
        signatures={signature.signer: _signed(signature, language) for signature in one.signatures},
        sections=[
            given.GivenSection(
                key=section.key,
                text=section.text.say(language),
                lines=[_line(one, line, language, draw) for line in lines],
            )
            for section, lines in one.sheet.sections
        ],
        charts=_charts(one),
        second_answers=[UUID(entry.id) for entry in one.second_answers],
    )


def _presence(head: Head, language: Language) -> str:
    parts = (PRESENCES[Presence(head.presence)], head.code_seen)
    return " · ".join(part.say(language) for part in parts if part is not None)


def chart(station: str, facility: str, *, dark: bool) -> str:
    """The address of one drawing, for a phone."""
    return f"/stations/{station}/facilities/{facility}/chart.svg?wide=0{'&dark=1' if dark else ''}"


def _charts(one: Carried) -> list[str]:
    drawn = sorted({evidence.evidence.facility for proposal in _shown(one) for evidence in proposal.facilities})
    return [chart(one.station.id, facility, dark=dark) for facility in drawn for dark in (False, True)]


def _shown(one: Carried) -> list[ItemProposal]:
    revealed = [line.entry.proposal for line in one.sheet.lines() if line.entry.proposal is not None]
    return [*revealed, *(unseal(sealed) for sealed in one.sealed.values())]


def _line(one: Carried, shown: SheetLine, language: Language, draw: Draw) -> given.GivenLine:
    item, line, entry = shown.item, shown.line, shown.entry
    test = shown.test
    return given.GivenLine(
        key=item.key,
        text=item.text.say(language),
        points=list(item.points),
        by_hand=line.by_hand,
        blind=line.blind,
        may_skip=one.sheet.may_skip(item.key),
        version=entry.version,
        look=line.look,
        looked_at=line.looked_at,
        revealed_at=line.revealed_at,
        proposal=_proposal(one, shown, draw),
        decided=line.decided,
        given=line.points,
        decided_at=line.decided_at,
        reason=line.reason,
        note=line.note,
        marked=item.key in one.marked,
        after_look=_before(one, item.key, language),
        tested_at=None if entry.test is None else entry.test.at,
        test_how=None if test is None else test.how.say(language),
        test_fields=[
            given.GivenFigure(
                name=figure.name, label=figure.label.say(language), unit=figure.unit, low=figure.low,
                high=figure.high, step=figure.step, usual=figure.usual,
            )
            for figure in (() if test is None else test.figures)
        ],
        facilities=[
            given.GivenFacility(id=facility.id, label=facility.label_en if language == "en" else facility.label_zh)
            for facility in one.facilities
            if facility.kind == item.kind
        ],
        photos=[given.GivenPhoto(id=picture.id) for picture in entry.photos],
    )  # fmt: skip


def _proposal(one: Carried, shown: SheetLine, draw: Draw) -> given.GivenProposal | None:
    """As it was revealed; else the one that may be revealed. None: neither, as of a blind line."""
    entry = shown.entry
    if entry.proposal is not None and entry.seal is not None:
        return given.GivenProposal(seal=entry.seal, points=shown.line.shown, html=draw(one, shown, entry.proposal))
    sealed: Sealed | None = one.sealed.get(shown.item.key)
    if sealed is None:
        return None
    proposal = unseal(sealed)
    return given.GivenProposal(seal=sealed.digest, points=proposal.points, html=draw(one, shown, proposal))


def _before(one: Carried, key: str, language: Language) -> list[str]:
    """The points of last time, and what is still open."""
    said, last = [], one.earlier.get(key)
    if last is not None:
        zh, en = ("不适用", "not applicable") if last.points is None else (f"{last.points} 分", f"{last.points} points")
        at = moment(last.at, language=language)
        said.append(Text(f"上次（{at}）：{zh}", f"Last time ({at}): {en}").say(language))
        if last.note:
            said.append(last.note)
    still = (Text(f"未整改：{found.zh}", f"Still open: {found.en}") for found in one.findings.get(key, ()))
    return [*said, *(text.say(language) for text in still)]


def _signed(signature: Signature, language: Language) -> str:
    at = moment(signature.at, language=language)
    if signature.refused is None:
        return f"{signature.name} · {at}"
    return f"{signature.name} · {signature.refused} · {at}" if signature.name else f"{signature.refused} · {at}"

"""The pages of evidence behind a form: who, when, what was proposed and why, photos, signatures, versions. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from hub.exports import words
from hub.exports.evidence_blocks import proposal_blocks
from hub.exports.paper import Block, Facts, Heading, Items, Paper, Paragraph, Picture, annex_of
from hub.exports.stamps import stamp as _stamp
from hub.findings.lines import item_of
from hub.findings.tables import Finding
from hub.findings.words import OWNERS, STAGES, Owner, Stage
from hub.inspections.presence import PRESENCES, Presence
from hub.inspections.purposes import PURPOSES, Purpose
from hub.inspections.sheet import Head, Sheet, SheetLine
from hub.inspections.signing import SIGNERS, Signature
from hub.inspections.tables import InspectionVersion
from hub.inspections.workflow import LOOKS, REASONS
from shared.text import Language, Text


@dataclass(frozen=True, slots=True)
class Whole:
    """One inspection with all that belongs to it."""

    sheet: Sheet
    signatures: Sequence[Signature] = ()
    versions: Sequence[InspectionVersion] = ()
    findings: Sequence[Finding] = ()


def paper_of(whole: Whole, language: Language) -> Paper:
    """The form as it is printed; the annex is always Chinese, the appendix in this language."""
    sheet = whole.sheet
    total = sheet.total.points if sheet.total.complete else None
    return Paper(annex_of(sheet, total), list(_appendix(whole, language)), language)


def _appendix(whole: Whole, language: Language) -> Iterator[Block]:
    say, when = partial(Text.say, language=language), partial(_stamp, language=language)
    sheet = whole.sheet
    yield Heading(say(words.APPENDIX), 2)
    yield Facts([(say(name), value) for name, value in _head_facts(sheet, language)])
    yield Paragraph(say(words.READING))
    if whole.signatures:
        yield Heading(say(words.SIGNATURES))
    for one in whole.signatures:
        if one.refused is not None:
            said = f"{say(words.REFUSED)}：{one.refused}"
        else:
            said = one.name if one.drawing else f"{one.name}（{say(words.TYPED)}）"
        yield Facts([(say(SIGNERS[one.signer]), f"{said} · {when(one.at)} · {one.by}")])
        if one.drawing:
            yield Picture(one.drawing, f"{say(SIGNERS[one.signer])} {one.name}")
    if sheet.head.remark:
        yield Heading(say(words.REMARK))
        yield Paragraph(sheet.head.remark)
    for shown in sheet.lines():
        yield from _line(shown, language)
    if whole.findings:
        yield Heading(say(words.FINDINGS))
        yield Items([_finding(one, language) for one in whole.findings])
    if whole.versions:
        yield Heading(say(words.VERSIONS))
        yield Items(
            [
                f"{one.number} · {when(one.at)} · {one.by} · {one.why or say(words.FIRST)} · SHA-256 {one.digest}"
                for one in whole.versions
            ]
        )


def _head_facts(sheet: Sheet, language: Language) -> Iterator[tuple[Text, str]]:
    say, when = partial(Text.say, language=language), partial(_stamp, language=language)
    head, total = sheet.head, sheet.total
    yield words.NUMBER, str(head.id)
    yield words.PURPOSE, say(PURPOSES[Purpose(head.purpose)])
    source = head.owner.source
    parts = (say(head.owner.title), source.number, sheet.rubric.clause)
    yield words.EDITION, " · ".join(part for part in parts if part)
    if head.adopted:
        yield words.EDITION, _adopted(head, language)
    yield words.STARTED, f"{head.started_by} · {when(head.started_at)}"
    if head.submitted_at is None:
        yield words.SUBMITTED, say(words.RETURNED if head.returned_at else words.DRAFT)
    else:
        yield words.SUBMITTED, f"{head.submitted_by} · {when(head.submitted_at)}"
        looked = head.confirmed_at is not None
        yield words.SECOND_LOOK, f"{head.confirmed_by} · {when(head.confirmed_at)}" if looked else say(words.NOT_YET)
        yield words.VERSION, str(head.version)
    place = say(PRESENCES[Presence(head.presence)])
    if head.distance_m is not None and head.accuracy_m is not None:
        place += f"（{head.distance_m:.0f} m ± {head.accuracy_m:.0f} m）"
    if head.code_seen is not None:
        place += f" · {say(head.code_seen)}"
    yield words.PRESENCE, place
    yield words.RAW, f"{total.points} / {total.highest}"
    if total.possible != total.highest:
        yield words.POSSIBLE, str(total.possible)
        yield words.SCALED, f"{total.scaled:.1f} / {total.highest}"


def _adopted(head: Head, language: Language) -> str:
    return Text(
        f"本站适用《{head.rulebook.title.zh}》，其中没有考评表；所属工会采用此表",
        f"The station's own rulebook, “{head.rulebook.title.en}”, has no form; its union adopted this one",
    ).say(language)


def _line(shown: SheetLine, language: Language) -> Iterator[Block]:
    say, when = partial(Text.say, language=language), partial(_stamp, language=language)
    line, entry = shown.line, shown.entry
    if not line.decided and line.look is None and not entry.photos:
        return
    yield Heading(say(shown.item.text))
    facts: list[tuple[str, str]] = []
    if line.look is not None:
        facts.append((say(words.LOOK), f"{say(LOOKS[line.look])} · {entry.looked_by} · {when(line.looked_at)}"))
    if line.decided:
        given = say(words.NOT_APPLICABLE) if line.points is None else str(line.points)
        facts.append((say(words.POINTS), f"{given} · {line.decided_by} · {when(line.decided_at)}"))
    else:
        facts.append((say(words.POINTS), say(words.UNDECIDED)))
    if line.reason is not None:
        facts.append((say(words.OVERRIDDEN), say(REASONS[line.reason])))
    if line.note:
        facts.append((say(words.NOTE), line.note))
    if entry.test is not None:
        done = entry.test
        result = say(words.PASSED if done.passed else words.FAILED)
        facts.append((say(words.TEST), f"{done.rule} · {result} · {say(done.why)} · {done.by} · {when(done.at)}"))
    yield Facts(facts)
    if line.blind:
        yield Paragraph(say(words.BLIND))
    if entry.proposal is not None:
        yield from proposal_blocks(words.PROPOSED, entry.proposal, entry.seal or "", entry.revealed_by, line, language)
    if entry.second is not None:
        yield from proposal_blocks(words.PROPOSED_AGAIN, entry.second, entry.second_seal or "", None, line, language)
    for photo in entry.photos:
        arrived = "" if photo.matches is None else f" · {say(words.MATCHES if photo.matches else words.DIFFERS)}"
        told = f"{say(words.PHOTO)} · {photo.taken_by} · {when(photo.taken_at)}{arrived} · SHA-256 {photo.sha256}"
        yield Picture(photo.id, told)


def _finding(one: Finding, language: Language) -> str:
    item = item_of(one.rubric, one.item)
    about = one.text if item is None else " · ".join(part for part in (item.text.say(language), one.text) if part)
    stage, owner = STAGES[Stage(one.stage)].say(language), OWNERS[Owner(one.owner)].say(language)
    return f"{one.id} · {about} · {stage} · {owner} · {_stamp(one.due_at, language=language)}"

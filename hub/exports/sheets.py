"""One inspection, or many, as tables: what spreadsheets get. Pure."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from hub.cells import Cell
from hub.exports.listing import ListedInspection
from hub.exports.models import INSPECTIONS, InspectionFile
from hub.exports.workbook import Table
from hub.formats import iso
from hub.inspections.models import LineSaid
from hub.rulebook import rulebooks
from shared.text import Language, Text

FORM = Text("考评表", "Form")
EVIDENCE = Text("依据", "Evidence")
LOG = Text("记录", "Log")
FINDINGS = Text("整改", "Findings")
OVERRIDES = Text("改分", "Overrides")
PHOTOS = Text("照片", "Photos")


def tables_of(file: InspectionFile, language: Language) -> list[Table]:
    """The form, its evidence, photos, findings, and every answer with old, new and reason."""
    said = file.inspection
    return [
        Table(FORM.say(language), FORM_HEAD, form_rows(file)),
        Table(EVIDENCE.say(language), EVIDENCE_HEAD, _evidence(said.lines, language)),
        Table(
            PHOTOS.say(language),
            ("key", "photo", "sha256", "taken_by", "taken_at", "matches"),
            [
                (line.key, one.id, one.sha256, one.taken_by, one.taken_at, one.matches)
                for line in file.lines
                for one in line.photos
            ],
        ),
        Table(FINDINGS.say(language), FINDING_HEAD, [finding_row(one) for one in file.findings]),
        Table(LOG.say(language), LOG_HEAD, log_rows(file)),
    ]


FORM_HEAD = (
    "inspection", "station", "name", "number", "union", "section", "key", "item", "look", "proposed", "points",
    "not_applicable", "blind", "overridden", "reason", "note", "decided_by", "decided_at", "seal",
)  # fmt: skip


def form_rows(file: InspectionFile) -> Iterator[Sequence[Cell]]:
    said, more = file.inspection, {line.key: line for line in file.lines}
    book = rulebooks()[said.rubric]
    parts = book.rubric.sections if book.rubric else ()
    sections = {item.key: section.text.zh for section in parts for item in section.items}
    for line in said.lines:
        beside = more[line.key]
        proposal = beside.second_proposal or line.proposal
        yield (
            said.id, said.station, said.name.zh, said.number, said.union, sections.get(line.key), line.key,
            line.text.zh, line.look, None if proposal is None else proposal.points, line.points,
            beside.not_applicable, beside.blind, line.overridden, line.reason, line.note, line.decided_by,
            line.decided_at, line.seal,
        )  # fmt: skip
    yield (said.id, said.station, said.name.zh, said.number, said.union, None, "total", "总分", None, None, said.total)


EVIDENCE_HEAD = (
    "key", "facility", "points", "rule", "confidence", "why", "window_start", "window_end", "service", "ok", "degraded",
    "down", "unknown", "excluded", "available", "at_worst", "at_best", "coverage", "down_events", "longest_down",
    "proofs", "computed_at", "seal",
)  # fmt: skip


def _evidence(lines: Iterable[LineSaid], language: Language) -> Iterator[Sequence[Cell]]:
    for line in lines:
        for one in [] if line.proposal is None else line.proposal.facilities:
            minutes, figures, window = one.evidence.minutes, one.figures, one.evidence.window
            yield (
                line.key, one.facility, one.points, one.rule, one.confidence, one.why.say(language), window.start,
                window.end, minutes.service, minutes.ok, minutes.degraded, minutes.down, minutes.unknown,
                minutes.excluded, figures.available, figures.at_worst, figures.at_best, figures.coverage,
                minutes.down_events, minutes.longest_down, len(one.evidence.proofs),
                None if line.proposal is None else line.proposal.computed_at, line.seal,
            )  # fmt: skip


LOG_HEAD = ("at", "who", "what", "key", "old", "new", "reason")


def log_rows(file: InspectionFile) -> list[Sequence[Cell]]:
    """Who changed what, when, from what to what, why."""
    return [(one.at, one.who, one.what, one.key, one.old, one.new, one.reason) for one in file.inspection.trail]


FINDING_HEAD = (
    "id", "station", "item", "facility", "text", "severity", "owner", "stage", "made_at", "made_by", "due_at",
    "fixed_at", "fixed_by", "verified_at", "verified_by", "closed_at", "opened_again",
)  # fmt: skip


def finding_row(one: object) -> Sequence[Cell]:
    """Of a `FindingSaid` or a `Finding`: both have these names."""
    return [getattr(one, name) for name in FINDING_HEAD]


LIST_HEAD = (
    "id", "station", "name", "number", "union", "rubric", "purpose", "state", "started_at", "started_by",
    "submitted_at", "submitted_by", "confirmed_by", "total", "possible", "version",
)  # fmt: skip


def item_keys(rubric: str | None) -> list[str]:
    """The columns of points: one form's lines, or those of all forms."""
    books = [book for name, book in rulebooks().items() if rubric is None or name == rubric]
    return list(dict.fromkeys(item.key for book in books if book.rubric for item in book.rubric.items()))


def list_row(one: ListedInspection, keys: Sequence[str]) -> Sequence[Cell]:
    """One inspection, its points in their columns."""
    points: dict[str, Cell] = {line.key: "n/a" if line.not_applicable else line.points for line in one.lines}
    return [*(getattr(one, name) for name in LIST_HEAD), *(points.get(key) for key in keys)]


OVERRIDE_HEAD = ("inspection", "station", "name", "key", "points", "reason", "note", "decided_by")


def override_rows(one: ListedInspection) -> Iterator[Sequence[Cell]]:
    """Where somebody decided otherwise than proposed."""
    for line in one.lines:
        if line.overridden:
            yield (one.id, one.station, one.name, line.key, line.points, line.reason, line.note, line.decided_by)


def json_pieces(found: Iterable[ListedInspection], now: datetime) -> Iterator[bytes]:
    """`InspectionsFile`, one inspection at a time."""
    head = json.dumps({"format": INSPECTIONS, "made_at": iso(now)})
    yield (head[:-1] + ', "inspections": [').encode()
    for number, one in enumerate(found):
        yield ((",\n" if number else "\n") + one.model_dump_json()).encode()
    yield b"\n]}\n"

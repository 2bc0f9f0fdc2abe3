"""A sealed proposal on paper: rule, window, minutes, availability with its bounds, coverage, confidence, faults, proofs
and the seal. Pure.
"""

from collections.abc import Iterator
from functools import partial

from hub.exports import words
from hub.exports.paper import Block, Drawing, Facts, Heading, Items, Paragraph
from hub.exports.stamps import percent, stamp
from hub.exports.timeline import timeline
from hub.inspections.evidence import Evidence, OpenSpell, Proven
from hub.inspections.prefill import ItemProposal, Proposal
from hub.inspections.wording import MODES
from hub.inspections.workflow import Line
from shared.states import CAUSE_LABELS, STATE_LABELS
from shared.text import Language, Text

NO_FIGURES = ("R0", "R1")
"""Rules that look at no minutes."""
PROOFS_PRINTED = 5


def proposal_blocks(
    title: Text, proposal: ItemProposal, seal: str, by: str | None, line: Line, language: Language
) -> Iterator[Block]:
    """What was proposed for a line, of each of its facilities, and what it was sealed with."""
    say, when = partial(Text.say, language=language), partial(stamp, language=language)
    points = say(words.NONE) if proposal.points is None else str(proposal.points)
    sealed = " · ".join(part for part in (when(line.revealed_at) if by else when(proposal.computed_at), by) if part)
    facts = [(say(title), f"{points} · {say(words.RULE)} {proposal.rule}"), (say(words.SEALED), sealed)]
    if proposal.confidence is not None:
        facts.append((say(words.CONFIDENCE), say(words.CONFIDENCES[proposal.confidence])))
    yield Facts([*facts, (say(words.SEAL), seal)])
    if [one.why for one in proposal.facilities] != [proposal.why]:
        yield Paragraph(say(proposal.why))
    for one in proposal.facilities:
        yield from _facility(one, language)


def _facility(one: Proposal, language: Language) -> Iterator[Block]:
    say, when = partial(Text.say, language=language), partial(stamp, language=language)
    evidence, figures = one.evidence, one.figures
    points = say(words.NONE) if one.points is None else str(one.points)
    yield Heading(f"{say(evidence.label)} {evidence.facility} · {points}", 4)
    yield Paragraph(say(one.why))
    if one.rule in NO_FIGURES:
        return
    bounds = f"{percent(figures.available)}（{percent(figures.at_worst)} – {percent(figures.at_best)}）"
    longest = Text(f"{evidence.minutes.longest_down} 分钟", f"{evidence.minutes.longest_down} min").say(language)
    yield Facts(
        [
            (say(words.RULE), f"{one.rule} · {when(one.computed_at)}"),
            (say(words.WINDOW), f"{when(evidence.window.start)} – {when(evidence.window.end)}"),
            (say(words.MINUTES), _minutes(evidence, language)),
            (say(words.AVAILABLE), bounds),
            (say(words.COVERAGE), percent(figures.coverage)),
            (say(words.CONFIDENCE), "–" if one.confidence is None else say(words.CONFIDENCES[one.confidence])),
            (say(words.OUTAGES), f"{evidence.minutes.down_events} · {longest}"),
            (say(words.NOW), say(STATE_LABELS[evidence.now])),
        ]
    )
    yield Drawing(timeline(evidence), say(words.CHART))
    proofs = [_proof(proof, language) for proof in evidence.proofs[:PROOFS_PRINTED]]
    more = len(evidence.proofs) - len(proofs)
    told = "; ".join([*proofs, *([f"+ {more}"] if more else [])]) or say(words.NO_PROOFS)
    yield Facts([(say(words.PROOFS), told)])
    if evidence.spells:
        yield Items([_spell(spell, language) for spell in evidence.spells])
    if evidence.statements:
        said = [f"{say(one.by)} · {say(one.answer)} · {when(one.at)}" for one in evidence.statements]
        yield Facts([(say(words.SAID), "; ".join(said))])
    if evidence.reports:
        told = "; ".join(
            " · ".join([say(one.problem), when(one.at), *([say(words.BY_THE_WALL)] if one.by_the_wall else [])])
            for one in evidence.reports
        )
        yield Facts([(say(words.REPORTED), told)])


def _minutes(evidence: Evidence, language: Language) -> str:
    parts = [f"{STATE_LABELS[state].say(language)} {count}" for state, count in evidence.minutes.by_state()]
    return f"{evidence.minutes.service} = {' + '.join(parts)}"


def _spell(spell: OpenSpell, language: Language) -> str:
    until = words.LASTS.say(language) if spell.until is None else stamp(spell.until, language=language)
    return " · ".join(
        (
            STATE_LABELS[spell.state].say(language), spell.why.say(language), CAUSE_LABELS[spell.cause].say(language),
            f"{stamp(spell.since, language=language)} – {until}", f"{words.RULE.say(language)} {spell.rule}",
        )
    )  # fmt: skip


def _proof(proof: Proven, language: Language) -> str:
    mode = f" {MODES[proof.mode].say(language)}" if proof.mode in MODES and proof.mode else ""
    return f"{stamp(proof.at, language=language)} {proof.rule} E{int(proof.grade)}{mode}"

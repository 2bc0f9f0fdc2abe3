"""The soak's account finds what it is there to find."""

from collections.abc import Sequence

import pytest

from shared.facility import DANGER
from shared.moment import ClockQuality
from shared.records import CheckIn, Fact, FaultReport, Feedback, Record, Retraction
from tests.kiosk.painted import painted
from tests.kiosk.station import NOW
from tests.kiosk.told import NotConsistent, Told

HERE, HAPPY = CheckIn(occupation="courier"), Feedback(score=4)
SMOKE = FaultReport(subject="fridge-1", problem="danger", danger=True)
FIRST, SECOND = ("今天您是第 1 位。喝口水", "You are number 2 today. ")
FACE, PROBLEM = "您的评价已记下：非常满意  \x1b[0m", f"Kept: Fridge, {DANGER.label.en}\x1b[0m"


def named(number: int) -> str:
    return f"0199a7c1-0000-7000-8000-{number:012x}"


def records(*facts: Fact) -> list[Record]:
    return [
        Record(id=named(number), at=NOW, boot="b", uptime=number, clock=ClockQuality.SYNCED, fact=fact)
        for number, fact in enumerate(facts)
    ]


def told(*texts: str) -> Told:
    account = Told()
    for text in texts:
        account.read(text.encode())
    return account


@pytest.mark.parametrize(
    ("texts", "facts"),
    [
        ((), ()),
        ((FIRST, SECOND), (HERE, HERE)),
        ((FIRST,), (HERE, Retraction(of=named(0)), HERE)),
        ((FACE, PROBLEM), (HAPPY, SMOKE)),
        ((), (Feedback(score=1),)),
    ],
)
def test_what_was_told_and_kept_is_consistent(texts: Sequence[str], facts: Sequence[Fact]) -> None:
    told(*texts).judge(records(*facts), 0)


@pytest.mark.parametrize(
    ("texts", "facts", "wrong"),
    [
        ((FIRST, SECOND), (HERE,), "not counted"),
        ((FIRST,), (HERE, HERE), "nobody was told"),
        ((FACE,), (Feedback(score=1),), "nothing of it is kept"),
        ((), (HAPPY,), "nobody was told"),
        ((PROBLEM,), (), "nothing of it is kept"),
        ((), (SMOKE,), "nobody was told"),
        ((FIRST,), (HERE, Retraction(of=named(7))), "undo of nothing"),
    ],
)
def test_what_is_amiss_is_found(texts: Sequence[str], facts: Sequence[Fact], wrong: str) -> None:
    with pytest.raises(NotConsistent, match=wrong):
        told(*texts).judge(records(*facts), 0)


def test_lines_are_read_off_a_terminals_bytes() -> None:
    assert painted("\x1b[2J\x1b[3;5H轻触\x1b[1;31m!\x1b[1;1Htop\r\n\x1b[2Cx".encode()) == ["top", "  x", "    轻触!"]

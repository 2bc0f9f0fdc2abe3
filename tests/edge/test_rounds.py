"""Whose turn it is: fair, never too soon after silence, and a dead device costs the others little."""

from edge.rounds import LATE_S, Health, Rounds


def _miss(rounds: Rounds, device: str, now: float, *, may_come: bool = True) -> float:
    """Fails the device until the poll is missed. Returns when."""
    while True:
        now = max(now, rounds._turns[device].due)
        if rounds.failed(device, now, now + 0.4, may_come=may_come):
            return now + 0.4


def test_the_longest_overdue_goes_first_so_a_fast_device_starves_nobody() -> None:
    rounds, now, asked = Rounds({"fast": 0.1, "a": 1.0, "b": 1.0}, 0.0), 0.0, list[str]()
    while now < 10:
        device, due = rounds.next()
        now = max(now, due) + 0.2
        asked.append(device)
        rounds.answered(device, now)
    assert min(asked.count("a"), asked.count("b")) >= 9
    assert asked.count("fast") > asked.count("a")


def test_a_device_on_time_keeps_its_phase() -> None:
    rounds, dues = Rounds({"io": 0.1}, 0.0), []
    for _ in range(50):
        _device, due = rounds.next()
        dues.append(round(due, 6))
        rounds.answered("io", due + 0.03)
    assert dues == [round(number / 10, 6) for number in range(50)]


def test_a_silent_device_is_not_asked_again_while_its_answer_may_come() -> None:
    rounds = Rounds({"a": 1.0, "b": 5.0}, 0.0)
    assert rounds.failed("a", 0.0, 0.4, may_come=True) is False
    assert rounds.next() == ("b", 0.0)
    rounds.answered("b", 0.5)
    assert rounds.next() == ("a", LATE_S)


def test_a_garbled_answer_is_asked_for_again_at_once() -> None:
    rounds = Rounds({"a": 5.0}, 0.0)
    assert rounds.failed("a", 0.0, 0.4, may_come=False) is False
    assert rounds.next() == ("a", 0.4)


def test_a_device_degrades_goes_offline_is_probed_rarely_and_comes_back() -> None:
    rounds, now = Rounds({"a": 1.0}, 0.0), 0.0
    now = _miss(rounds, "a", now)
    assert rounds.health("a") is Health.DEGRADED
    for _ in range(2):
        now = _miss(rounds, "a", now)
    assert rounds.health("a") is Health.OFFLINE
    gaps = []
    for _ in range(6):
        last, now = now, _miss(rounds, "a", now)
        gaps.append(round(now - last, 1))
    assert gaps == [5.4, 10.4, 20.4, 30.4, 30.4, 30.4]
    assert rounds.answered("a", now) is True
    assert rounds.health("a") is Health.OK
    assert rounds.next()[1] == now + 1.0


def test_one_bad_answer_is_no_missed_poll() -> None:
    rounds = Rounds({"a": 1.0}, 0.0)
    rounds.failed("a", 0.0, 0.1, may_come=False)
    assert rounds.answered("a", 0.2) is False
    assert rounds.health("a") is Health.OK


def test_a_port_that_is_gone_says_nothing_of_its_devices() -> None:
    rounds = Rounds({"a": 0.1}, 0.0)
    for second in range(30):
        rounds.unheard("a", float(second))
    assert rounds.health("a") is Health.OK
    rounds.all_due(30.0)
    assert rounds.next() == ("a", 30.0)

"""A month added up: days, hours, footfall beside it, satisfaction; gaps stay gaps."""

from datetime import UTC, datetime, timedelta

from sqlmodel import select

from hub import keeping
from hub.accounts import store as accounts
from hub.checkins import store as checkins
from hub.checkins.tables import CheckInCountRow, CheckInRow
from hub.exports.months import Span
from hub.feedback import store as feedback
from hub.formats import local
from hub.settings import HubSettings
from hub.telemetry import store as telemetry
from hub.visits import store
from hub.visits.gathering import added_up, beside, bounds
from hub.visits.lanes import added
from hub.visits.sums_store import Wanted, by_month, together
from hub.visits.tables import VisitMonth
from hub.visits.view import month_view
from shared.opening import local_midnight
from tests.hub.visits import came
from tests.hub.visits.came import STATION, check_in, passed, said

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
JULY = 202607


def view(hub, filtered=True, station=STATION):
    month = store.month_said(hub.session, station, JULY)
    return month_view(JULY, added_up(month, filtered), hub.now.date())


def test_a_month_begins_at_midnight_in_shanghai(furnished):
    start, end = bounds(JULY)
    assert (start, end) == (datetime(2026, 6, 30, 16, tzinfo=UTC), datetime(2026, 7, 31, 16, tzinfo=UTC))
    assert bounds(202612)[1] == datetime(2026, 12, 31, 16, tzinfo=UTC)
    check_in(furnished, start - MINUTE)
    check_in(furnished, start)
    assert next(day.number for day in view(furnished).days) == 1
    assert view(furnished).number == 1


def test_raw_and_filtered_differ_by_bursts_and_by_nothing_else(furnished):
    midnight = local_midnight(furnished.now)
    for step in range(10):
        check_in(furnished, midnight + timedelta(seconds=step * 5), burst=step > 2)
    check_in(furnished, midnight + HOUR, retracted=True)
    # Counted: three without a mark, then one each twenty seconds.
    assert (view(furnished, False).number, view(furnished).number) == (10, 4)


def test_a_day_nobody_knows_of_is_a_gap_and_one_without_visitors_is_a_zero(hub):
    hub.station()
    hub.facility("fridge-1")
    hub.minutes("fridge-1", days=3)
    days = {day.on.day: day for day in view(hub).days}
    assert [day.heard for day in days.values()] == [0] * 11 + [1] * 4
    assert days[14].number == 0
    assert max(days) == 15, "days to come are not there at all"


def test_only_hours_counted_on_both_sides_are_compared(furnished):
    midnight = local_midnight(furnished.now)
    passed(furnished, midnight + 9 * HOUR, entered=4, undirected=2)
    for _ in range(3):
        check_in(furnished, midnight + 9 * HOUR + 5 * MINUTE)
    check_in(furnished, midnight + 11 * HOUR)  # nothing counts there now
    compared = view(furnished).compared
    assert (compared.check_ins, compared.entered, compared.undirected) == (3, 4, 2)
    assert (compared.lowest, compared.share) == (50.0, 75.0)


def test_more_check_ins_than_people_flags_the_hour(furnished):
    midnight = local_midnight(furnished.now)
    passed(furnished, midnight + 9 * HOUR, entered=1, undirected=1)
    for number in range(3):
        check_in(furnished, midnight + 9 * HOUR + number * MINUTE)
    month = store.month_said(furnished.session, STATION, JULY)
    assert [(one.check_ins, one.entered, one.flagged) for one in beside(month, True)] == [(3, 1, True)]
    assert view(furnished).days[-1].flagged == 1


def test_satisfaction_has_its_n_and_its_interval_and_leaves_bursts_out(furnished):
    for score in (4, 4, 3, 2):
        said(furnished, furnished.now - HOUR, score, tags=["food"] if score == 2 else [])
    said(furnished, furnished.now - HOUR, 1, burst=True)
    said(furnished, furnished.now - HOUR, 1, retracted=True)
    rate = view(furnished).satisfied
    assert (rate.k, rate.n) == (3, 4)
    assert [round(bound, 3) for bound in rate.interval] == [0.301, 0.954]  # Wilson by hand
    assert view(furnished, False).satisfied.n == 5
    assert [(label.en, n) for label, n in view(furnished).tags] == [("Microwave, fridge", 1)]
    assert view(furnished).by_hour[0][0] == 13


def test_occupations_and_methods_nobody_knows_are_other_and_tap(furnished):
    check_in(furnished, furnished.now, "astronaut")
    check_in(furnished, furnished.now, "unsaid", method="card")
    names = {label.en: n for label, n in view(furnished).occupations}
    assert (names["Other"], names["Not said (card)"]) == (1, 1)


def test_the_figures_outlive_the_check_ins(furnished, tmp_path):
    """After 90 days only hours are left: days, hours, occupations and what counts are the same."""
    came.busy_weeks(furnished)
    before = {filtered: view(furnished, filtered).tally for filtered in (True, False)}
    later = furnished.now + 120 * DAY
    engine = furnished.session.get_bind()
    keeping.sweep(engine, HubSettings(folder=tmp_path), "me", lambda: later, lambda _s: False)
    furnished.session.expire_all()
    assert furnished.session.exec(select(CheckInCountRow)).first() is not None
    for filtered, tally in before.items():
        after = added_up(store.month_said(furnished.session, STATION, JULY), filtered)
        for name in ("day", "cell", "occupation", "method", "beside"):
            assert after[name] == tally[name], name


def test_however_small_the_slices_in_which_they_are_forgotten_the_same_ones_count(furnished):
    """What counts of a burst depends on what came just before it, also where that is forgotten in another slice."""
    hub = furnished
    nine = local_midnight(hub.now) - DAY + 9 * HOUR
    for station, step in ((STATION, 7), ("p7v9x2m7qb", 11)):
        for number in range(60):
            at = nine + timedelta(minutes=59, seconds=step * number)
            # Half of it was long on its way.
            received = at + (number % 2) * 3 * HOUR
            check_in(hub, at, station=station, burst=number > 2, received_at=received)
            check_in(hub, at + 2 * HOUR, station=station, burst=number > 2)
    before = {one: view(hub, True, one).tally for one in (STATION, "p7v9x2m7qb")}
    old = hub.now + 90 * DAY
    while checkins.count_old(hub.session, old, 7):
        hub.session.commit()
        for station, tally in before.items():
            assert view(hub, True, station).tally["cell"] == tally["cell"], "at any time in between"
    assert not hub.session.exec(select(CheckInRow)).all()


def test_the_sum_of_stations_is_the_total_whatever_changes_later(furnished):
    hub = furnished
    hub.user()
    user = accounts.find_user(hub.session, "王芳")
    hub.station("p7v9x2m7qb", "桥头驿站")
    came.busy_weeks(hub)
    came.busy_weeks(hub, station="p7v9x2m7qb", days=5, seed=8)
    came.added_up(hub)
    for filtered in (True, False):
        tally, places = together(hub.session, Wanted(user, filtered), JULY)
        assert (
            tally.total("day")
            == sum(place[1] for place in places)
            == sum(view(hub, filtered, place[0]).number for place in places)
        )
        year = by_month(hub.session, Wanted(user, filtered), Span(202508, JULY))
        assert year[JULY].number == tally.total("day")
        assert year[JULY].station == "2"
    row = check_in(hub, hub.now - MINUTE)
    came.added_up(hub)
    more, _ = together(hub.session, Wanted(user, True), JULY)
    assert more.total("day") == view(hub).number + view(hub, True, "p7v9x2m7qb").number
    checkins.mark_retracted(hub.session, {(row.id, STATION)})
    hub.session.commit()
    came.added_up(hub)
    assert together(hub.session, Wanted(user, True), JULY)[0].total("day") == more.total("day") - 1


def test_what_is_said_marks_its_month_and_adding_up_again_changes_nothing(furnished):
    row = said(furnished, furnished.now, 4)
    came.added_up(furnished)
    assert store.catch_up(furnished.session, furnished.now) == 0
    feedback.mark_retracted(furnished.session, {(row.id, STATION)})
    assert store.catch_up(furnished.session, furnished.now) == 1
    store.fold(furnished.session, STATION, JULY, furnished.now)
    furnished.session.commit()
    found = furnished.session.exec(select(VisitMonth).where(VisitMonth.month == JULY)).all()
    assert [(one.filtered, one.answers) for one in found] == [(False, 0), (True, 0)]


def test_what_was_marked_first_is_added_up_first_however_much_goes_on_being_marked(furnished):
    hub = furnished
    stations = [hub.station(f"{letter}7v9x2m7qb", f"{letter} 驿站").id for letter in "azb"]
    for minute, station in enumerate((*stations[1:], stations[0])):
        check_in(hub, hub.now + minute * MINUTE, station=station)
    added_up_so_far = []
    for minute in range(3):
        check_in(hub, hub.now + (10 + minute) * MINUTE, station=stations[0])
        assert store.catch_up(hub.session, hub.now + minute * MINUTE, most=1) == 1
        newest = max(hub.session.exec(select(VisitMonth)), key=lambda row: row.folded_at)
        hub.session.commit()
        added_up_so_far.append(newest.station)
    assert added_up_so_far == [stations[1], stations[2], stations[0]]


def test_every_station_is_added_up_once_a_day_and_once_after_the_month_though_nobody_came(furnished):
    def looked_at(now):
        found = store.look_again(furnished.session, now, 10)
        return found + (store.look_again(furnished.session, now, 10) if found else 0)

    assert looked_at(furnished.now) == 2, "July, and June once"
    assert looked_at(furnished.now + HOUR) == 0
    assert looked_at(furnished.now + DAY) == 1
    end = bounds(JULY)[1]
    passed(furnished, end - HOUR, entered=4)
    assert looked_at(end + HOUR) == 1, "August has begun, and of July more may come"
    assert looked_at(end + 7 * HOUR) == 1
    kept = furnished.session.get_one(VisitMonth, (True, JULY, STATION))
    furnished.session.refresh(kept)
    assert added([kept.figures]).total("entered") == 4


def test_where_people_only_come_in_it_is_added_up_within_an_hour_or_two_and_no_more_often(furnished):
    hub = furnished
    hub.station("p7v9x2m7qb", "桥头驿站")
    came.added_up(hub)

    def entered(station=STATION):
        kept = hub.session.get_one(VisitMonth, (True, JULY, station))
        hub.session.refresh(kept)
        return added([kept.figures]).total("entered")

    passed(hub, hub.now, entered=3)
    passed(hub, hub.now, entered=0, station="p7v9x2m7qb")
    assert store.look_again(hub.session, hub.now + 30 * MINUTE, 10) == 0, "it was added up just now"
    assert store.look_again(hub.session, hub.now + HOUR, 10) == 1, "nobody passed at the other"
    assert entered() == 3
    assert store.look_again(hub.session, hub.now + HOUR + MINUTE, 10) == 0


def test_footfall_that_comes_late_marks_its_month_and_what_comes_in_time_does_not(furnished):
    came.added_up(furnished)
    june = local_midnight(furnished.now) - 20 * DAY
    for start, marked in ((furnished.now - 15 * MINUTE, 0), (june, 1)):
        row = {
            "start": start, "station": STATION, "facility": "entrance-1", "entered": 7, "left": 7, "undirected": 0,
            "occupancy": None, "quality": "good",
        }  # fmt: skip
        telemetry.put_counts(furnished.session, [row], furnished.now)
        assert store.catch_up(furnished.session, furnished.now) == marked


def test_the_page_says_how_old_the_oldest_figure_is(furnished, maintainer):
    hub = furnished
    hub.station("p7v9x2m7qb", "桥头驿站")
    for station, back in ((STATION, 19 * HOUR), ("p7v9x2m7qb", HOUR)):
        store.fold(hub.session, station, JULY, hub.now - back)
    hub.session.commit()
    page = maintainer.get("/visits").text
    assert "这些数字累计于" in page
    oldest, newest = (f"{local(hub.now - back):%H:%M}" for back in (19 * HOUR, HOUR))
    said = page.partition("这些数字累计于")[2][:60]
    assert said.index(oldest) < said.index(newest)
    told = maintainer.get("/api/visits").json()
    assert [datetime.fromisoformat(told[name]) for name in ("added_up_at", "added_up_last")] == [
        hub.now - 19 * HOUR, hub.now - HOUR,
    ]  # fmt: skip

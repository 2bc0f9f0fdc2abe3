"""What users may do, by role: the one table of it. Pure.

Which stations they may do it at is another question: `hub.stations.store.seen_by`.
"""

from enum import StrEnum

from hub.accounts.roles import Role


class Action(StrEnum):
    """What a route needs; each route names one."""

    SEE = "see"
    """Stations, facilities, alerts, questions of one's own stations."""
    ANSWER_QUESTIONS = "answer_questions"
    EDIT_STATION = "edit_station"
    """The register: filed fields, calendar, head, codes, import."""
    KEEP_STATION = "keep_station"
    """What a station head keeps up: daily log, posted rules, extras."""
    COMMIT_CODES = "commit_codes"
    """Give official codes; others may only ask for one (AH-27)."""
    REVOKE_STATIONS = "revoke_stations"
    """Take a station off, and its plaque back (AH-49, SH-44)."""
    ISSUE_SECRETS = "issue_secrets"
    """Give a station another secret for its device."""
    REPLACE_UNIT = "replace_unit"
    WORK_ON_ALERTS = "work_on_alerts"
    """Acknowledge, assign, comment, prove, resolve, say that one is on site."""
    FILE_MAINTENANCE = "file_maintenance"
    """Times in which a station or a facility is worked on."""
    SEE_ALERT_NUMBERS = "see_alert_numbers"
    SEE_DUTY = "see_duty"
    """Who is on duty when."""
    EDIT_DUTY = "edit_duty"
    """Duty rosters, and where the notices of a roster go."""
    HAVE_ROADS = "have_roads"
    """Being on duty, and saying where one's own notices go."""
    ASSIGN_INSPECTIONS = "assign_inspections"
    INSPECT = "inspect"
    SEE_INSPECTIONS = "see_inspections"
    REVIEW_INSPECTIONS = "review_inspections"
    """The second look."""
    CORRECT_INSPECTIONS = "correct_inspections"
    """Other points on a closed form, with why."""
    RAISE_FINDINGS = "raise_findings"
    """Write one down by hand."""
    WORK_ON_FINDINGS = "work_on_findings"
    """Take up, report fixed."""
    VERIFY_FINDINGS = "verify_findings"
    """Verify, send back, close, open again, hand over."""
    SEE_COMPLAINTS = "see_complaints"
    """Read complaints and consultations, without the contact of who wrote them."""
    WORK_ON_COMPLAINTS = "work_on_complaints"
    """Answer those one is named for, tell the person, make a finding of one."""
    ASSIGN_COMPLAINTS = "assign_complaints"
    """Sort, name who answers, answer oneself, close, open again, note the upload to 12351."""
    SEE_SUMMARIES = "see_summaries"
    """What many inspections say together, and a station's whole file."""
    SEE_PROPOSALS = "see_proposals"
    SEE_TRAIL = "see_trail"
    EDIT_USERS = "edit_users"
    EDIT_UNIONS = "edit_unions"
    OWN_ACCOUNT = "own_account"
    """Password, language, tokens of oneself."""


_UNIONS = frozenset({Role.PROVINCE, Role.CITY, Role.DISTRICT, Role.INDUSTRY})
_ALL = frozenset(Role)
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_INSIDE = _ALL - {Role.THIRD_PARTY}

ALLOWED: dict[Action, frozenset[Role]] = {
    Action.SEE: _ALL,
    Action.ANSWER_QUESTIONS: _ADMINISTRATOR | {Role.STATION_HEAD, Role.MAINTAINER, Role.DISTRICT},
    Action.EDIT_STATION: _ADMINISTRATOR | _UNIONS,
    Action.KEEP_STATION: _ADMINISTRATOR | {Role.STATION_HEAD, Role.DISTRICT},
    Action.COMMIT_CODES: _ADMINISTRATOR | {Role.PROVINCE},
    Action.REVOKE_STATIONS: _ADMINISTRATOR | {Role.CITY},
    Action.ISSUE_SECRETS: _ADMINISTRATOR,
    Action.REPLACE_UNIT: _ADMINISTRATOR | {Role.MAINTAINER, Role.DISTRICT},
    Action.WORK_ON_ALERTS: _ADMINISTRATOR | {Role.MAINTAINER},
    Action.FILE_MAINTENANCE: _ADMINISTRATOR | {Role.MAINTAINER, Role.DISTRICT},
    Action.SEE_ALERT_NUMBERS: _ADMINISTRATOR | _UNIONS | {Role.MAINTAINER, Role.AUDITOR},
    Action.SEE_DUTY: _ADMINISTRATOR | _UNIONS | {Role.STATION_HEAD, Role.MAINTAINER, Role.AUDITOR},
    Action.EDIT_DUTY: _ADMINISTRATOR | {Role.CITY, Role.DISTRICT},
    Action.HAVE_ROADS: _ADMINISTRATOR | _UNIONS | {Role.STATION_HEAD, Role.MAINTAINER},
    Action.ASSIGN_INSPECTIONS: _ADMINISTRATOR | _UNIONS,
    Action.INSPECT: _ADMINISTRATOR | {Role.INSPECTOR, Role.THIRD_PARTY},
    Action.SEE_INSPECTIONS: _ALL,
    Action.REVIEW_INSPECTIONS: _ADMINISTRATOR | _UNIONS | {Role.INSPECTOR},
    Action.CORRECT_INSPECTIONS: _ADMINISTRATOR | _UNIONS | {Role.INSPECTOR, Role.THIRD_PARTY},
    Action.RAISE_FINDINGS: _ADMINISTRATOR | _UNIONS | {Role.INSPECTOR, Role.THIRD_PARTY, Role.STATION_HEAD},
    Action.WORK_ON_FINDINGS: _ADMINISTRATOR | _UNIONS | {Role.STATION_HEAD, Role.MAINTAINER},
    Action.VERIFY_FINDINGS: _ADMINISTRATOR | _UNIONS | {Role.INSPECTOR},
    Action.SEE_COMPLAINTS: _INSIDE,
    Action.WORK_ON_COMPLAINTS: _ADMINISTRATOR | _UNIONS | {Role.STATION_HEAD},
    Action.ASSIGN_COMPLAINTS: _ADMINISTRATOR | _UNIONS,
    Action.SEE_SUMMARIES: _ADMINISTRATOR | _UNIONS | {Role.AUDITOR},
    Action.SEE_PROPOSALS: _ADMINISTRATOR,
    Action.SEE_TRAIL: _ADMINISTRATOR | {Role.AUDITOR},
    Action.EDIT_USERS: _ADMINISTRATOR,
    Action.EDIT_UNIONS: _ADMINISTRATOR,
    Action.OWN_ACCOUNT: _ALL,
}


def may(role: str | None, action: Action) -> bool:
    """Whether somebody of this role may do it somewhere; None is a stranger."""
    return role in ALLOWED[action]

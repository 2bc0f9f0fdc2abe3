"""A form that is taken, for every operation that needs more than the document says.

`test_good_forms.py` shows that each is; the others that write are taken with what the document says must be there.
"""

from collections.abc import Mapping

from tests.hub.matrix import OURS, Matrix
from tests.hub.operations import Operation

FIELDS: dict[str, Mapping[str, object]] = {
    "POST /alerts/{alert}/assign": {"to": "某maintainer"},
    "POST /alerts/{alert}/promise": {"promised_at": "2026-07-16T10:00"},
    "POST /alerts/{alert}/comment": {"text": "看过了"},
    "POST /alerts/{alert}/resolve": {"text": "换了温控器"},
    "POST /alerts/{alert}/unit": {"make": "美的", "model": "BCD-215", "serial": "SN-1"},
    "POST /stations/{station}/maintenance": {"end": "2026-07-15T18:00", "reason": "换滤芯"},
    "POST /inspections/{number}/arrive": {"latitude": 31.2, "longitude": 121.4, "accuracy_m": 12},
    "POST /inspections/{number}/items/{key}/test": {"cabinet": 4},
    "POST /inspections/{number}/items/{key}/finding": {"wanted": "true"},
    "POST /inspections/{number}/remark": {"remark": "已知晓"},
    "POST /inspections/{number}/sign": {"signer": "inspector", "name": "王检查"},
    "POST /inspections/{number}/refuse-to-sign": {"name": "李站长", "reason": "不在场"},
    "POST /inspections/{number}/items/{key}/correct": {
        "points": 6, "why": "看错了", "note": "见照片", "reason": "seen_on_site"
    },
    "POST /stations/{station}/findings": {"text": "门把手松动"},
    "POST /findings/{finding}/fix": {"note": "已修好"},
    "POST /findings/{finding}/send_back": {"note": "没有修好"},
    "POST /findings/{finding}/reopen": {"note": "又坏了"},
    "POST /findings/{finding}/hand_over": {"owner": "maintainer", "severity": "high", "note": "要换零件"},
    "POST /complaints/{complaint}/assign": {"owner": "某district"},
    "POST /complaints/{complaint}/answer": {"text": "已经换了温控器"},
    "POST /complaints/{complaint}/reply": {"note": "电话告知"},
    "POST /complaints/{complaint}/reopen": {"note": "又坏了"},
    "POST /complaints/{complaint}/finding": {"text": "冰箱不冷"},
    "POST /complaints/uploaded": {"month": "2026-07", "receipt": "R-7"},
    "POST /users": {"name": "新来的人", "role": "maintainer", "where": "everywhere"},
    "POST /users/{user}": {"role": "maintainer", "where": "everywhere"},
    "POST /unions": {"level": "city", "name": "新的市工会"},
    "POST /unions/{union}": {"name": "改名的区工会"},
    "POST /account/password": {
        "old": "a long enough one", "new": "quite another long one", "again": "quite another long one"
    },
    "POST /account/tokens": {"name": "账单", "scopes": "read", "days": 30},
    "POST /register/new": {
        "name": "新站", "address": "东路 1 号", "rulebook": "anhui_2024", "kind": "normal",
        "opening": "每天 9:00-17:00",
    },
    "POST /stations/{station}/register/code": {"code": "HP-7"},
    "POST /stations/{station}/register/standing": {"standing": "paused"},
    "POST /stations/{station}/register/revoke": {"reason": "房屋拆迁", "sure": "yes"},
    "POST /register/revoked/{revoked}/plaque": {"returned_on": "2026-07-10", "receiver": "刘工"},
    "POST /stations/{station}/register": {"name": "河边驿站", "address": "中山路 2 号"},
    "POST /stations/{station}/register/head": {"name": "李梅", "phone": "13812345678"},
    "POST /stations/{station}/register/aliases": {"system": "邮政", "value": "Y-9"},
    "POST /stations/{station}/register/hours": {"start": "08:00", "end": "18:00", "weekdays": [0, 1, 2]},
    "POST /stations/{station}/register/closures": {"first": "2026-08-01", "last": "2026-08-02", "reason": "装修"},
    "POST /stations/{station}/register/facilities": {"kind": "microwave", "label": "微波炉"},
    "POST /stations/{station}/register/facilities/{facility}/unit": {"make": "美的", "model": "B", "serial": "SN-2"},
    "POST /stations/{station}/daily": {"day": "2026-07-15", "cleaned": "yes", "who": "赵姐"},
    "POST /stations/{station}/daily/rules": {"version": "2026 版", "posted_on": "2026-07-01"},
    "POST /stations/{station}/daily/extras": {"state": "available"},
    "POST /duty": {"name": "市值班"},
    "POST /duty/{roster}/shifts": {"level": 1, "weekday": [0, 1], "start": "08:00", "end": "20:00"},
    "POST /duty/{roster}/changes": {"level": 1, "day": "2026-07-20", "person": "nobody", "note": "放假"},
    "POST /notices": {"name": "班组群", "address": "https://oapi.dingtalk.com/robot/send?access_token=" + "a" * 64},
}  # fmt: skip
PHOTO_OF = {
    "POST /alerts/{alert}/resolve", "POST /inspections/{number}/items/{key}/photos",
    "POST /stations/{station}/daily/rules",
}  # fmt: skip
"""Forms that need a photo."""
NAMING = {
    "POST /inspections/assign": ("station", "person"), "POST /register/new": ("union",), "POST /duty": ("union",),
    "POST /inspections/{number}/arrive-by-code": ("code",),
    "POST /stations/{station}/register": ("union", "industry"), "POST /duty/{roster}/shifts": ("person",),
}  # fmt: skip
"""Fields that name something of the station asked about."""


def good_form(found: Matrix, operation: Operation) -> dict[str, object]:
    """The fields with which the operation is taken at our station."""
    own: dict[str, object] = {
        "station": OURS, "person": found.made("person"), "union": found.made("union_of_station"),
        "industry": found.made("industry_of_station"), "code": found.made("code", "/c/"),
    }  # fmt: skip
    if operation.name == "POST /duty/{roster}/shifts":
        own["person"] = found.made("maintainer")
    return dict(FIELDS.get(operation.name, {})) | {name: own[name] for name in NAMING.get(operation.name, ())}

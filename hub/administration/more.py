"""Where the rest of the hub is, by what one wants to do: for each role what it may use. Pure."""

from dataclasses import dataclass

from hub.accounts.actions import Action, may
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Link:
    """A page, what it is called, and what it is for."""

    address: str
    title: Text
    purpose: Text
    needs: Action


GROUPS: tuple[tuple[Text, tuple[Link, ...]], ...] = (
    (
        Text("站点", "Stations"),
        (
            Link(
                "/map",
                Text("地图", "Map"),
                Text("站点在哪里，各自什么状态", "Where stations are, and their state"),
                Action.SEE,
            ),
            Link(
                "/questions",
                Text("问题", "Questions"),
                Text("规则问人：没开还是坏了", "What rules ask people: off, or broken?"),
                Action.SEE,
            ),
            Link(
                "/visits",
                Text("签到与满意度", "Visits and satisfaction"),
                Text("多少人来、什么时候、满意吗", "How many come, when, and how they like it"),
                Action.SEE,
            ),
            Link(
                "/complaints",
                Text("投诉与咨询", "Complaints and questions"),
                Text("谁来答复、何时到期、上传 12351", "Who answers by when, upload to 12351"),
                Action.SEE_COMPLAINTS,
            ),
            Link(
                "/register",
                Text("登记", "Register"),
                Text("备案信息，批量导入和导出", "Filed facts, import and export"),
                Action.SEE,
            ),
        ),
    ),
    (
        Text("报警与维护", "Alerts and repairs"),
        (
            Link(
                "/alerts/numbers",
                Text("报警统计", "Alerts in numbers"),
                Text("多少、多久、哪些反复", "How many, how long, which come back"),
                Action.SEE_ALERT_NUMBERS,
            ),
            Link(
                "/duty",
                Text("值班", "Duty"),
                Text("谁在什么时间接报警", "Who takes alerts, and when"),
                Action.SEE_DUTY,
            ),
            Link(
                "/notices",
                Text("通知", "Notices"),
                Text("发到哪里，送达了没有", "Where they go, and whether they arrived"),
                Action.HAVE_ROADS,
            ),
        ),
    ),
    (
        Text("检查", "Inspections"),
        (
            Link(
                "/summaries",
                Text("检查汇总", "Summaries"),
                Text("按站点、工会、月份的得分", "Points by station, union and month"),
                Action.SEE_SUMMARIES,
            ),
        ),
    ),
    (
        Text("管理", "Administration"),
        (
            Link(
                "/users",
                Text("用户", "Users"),
                Text("谁能登录，管哪些站点", "Who may sign in, and for which stations"),
                Action.EDIT_USERS,
            ),
            Link(
                "/unions",
                Text("工会", "Unions"),
                Text("属地和产业两棵树", "The two trees: territory and industry"),
                Action.EDIT_UNIONS,
            ),
            Link(
                "/trail",
                Text("日志", "Trail"),
                Text("谁在何时做了什么，有没有被改动", "Who did what and when, and whether it was tampered with"),
                Action.SEE_TRAIL,
            ),
        ),
    ),
    (
        Text("我的", "Mine"),
        (
            Link(
                "/account",
                Text("我的账户", "My account"),
                Text("密码、语言、程序用的令牌", "Password, language, tokens for programs"),
                Action.OWN_ACCOUNT,
            ),
        ),
    ),
)


def links_for(role: str) -> list[tuple[Text, list[Link]]]:
    """The groups somebody of this role may use anything of."""
    found = [(title, [link for link in links if may(role, link.needs)]) for title, links in GROUPS]
    return [(title, links) for title, links in found if links]

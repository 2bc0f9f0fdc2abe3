"""What the actions of the trail are called. Pure."""

from shared.text import Text

WHAT: dict[str, Text] = {
    "account.sign_in": Text("登录", "Signed in"),
    "account.lock": Text("密码多次错误，锁定", "Locked after wrong passwords"),
    "account.password": Text("更换自己的密码", "Changed own password"),
    "account.sign_out_everywhere": Text("退出所有浏览器", "Signed out everywhere"),
    "token.make": Text("新建令牌", "Made a token"),
    "token.revoke": Text("撤销令牌", "Revoked a token"),
    "user.add": Text("添加用户", "Added a user"),
    "user.change": Text("修改角色或范围", "Changed role or place"),
    "user.station_named": Text("指定站点", "Named a station"),
    "user.station_removed": Text("取消指定站点", "Took a station back"),
    "user.password": Text("重设密码", "Gave a new password"),
    "user.disable": Text("停用用户", "Disabled a user"),
    "user.enable": Text("启用用户", "Enabled a user"),
    "user.close": Text("退出其浏览器并撤销令牌", "Ended sessions and tokens"),
    "union.add": Text("添加工会", "Added a union"),
    "union.rename": Text("工会改名", "Renamed a union"),
    "union.move": Text("移动工会", "Moved a union"),
    "question.answer": Text("回答问题", "Answered a question"),
    "unit.replace": Text("更换机器", "Replaced a machine"),
}


def said(what: str) -> Text:
    """The action in words; as it is written where it has none."""
    return WHAT.get(what, Text(what, what))

"""Every sentence of the attendant's screens, in both languages."""

from shared.moment import ClockQuality
from shared.text import Text

CODE_ASK = Text("值守员：请输入四位动态码", "Attendant: the four digits, please")
CODE_WHERE = Text("动态码在中心的本站页面上，十分钟一换", "The hub's page of this station shows them; they change")
CODE_WRONG = Text("不对，还可以试 {n} 次", "Wrong. {n} more tries")
CODE_SHUT = Text("输错三次，{n} 分钟后再试", "Three wrong codes: try again in {n} min")
CODE_NO_KEYS = Text("本机还没有密钥：监测程序没有在这里运行过", "There are no keys yet: the monitor has never run here")
CODE_NO_CLOCK = Text("时钟不对，动态码无法核对", "The clock is wrong: no code can be checked")
ERASE = Text("退 格", "Erase")
CLEAR = Text("清 空", "Clear")

LEAVE = Text("退 出", "Leave")
WAITING = Text("待上传 {n} 条", "{n} records wait")
OLDEST = Text("最早 {time}", "since {time}")
NO_OUTBOX = Text("本机存储读不出来", "The store of this kiosk cannot be read")
LASTS = Text("断网还能存 {n} 小时", "lasts {n} h without network")
ONLINE = Text("● 中心在线", "● The hub hears us")
CONFIRMED = Text("最近确认 {time}", "last confirmed {time}")
OFFLINE = Text("▲ 中心没有听到本站", "▲ The hub does not hear us")
OFFLINE_FOR = Text("▲ 中心已 {since}没有听到本站", "▲ Not heard by the hub for {since}")
CLOCKS: dict[ClockQuality, Text] = {
    ClockQuality.SYNCED: Text("时钟已对时", "clock synchronised"),
    ClockQuality.PLAUSIBLE: Text("时钟没有对时", "clock not synchronised"),
    ClockQuality.WRONG: Text("时钟不对", "clock wrong"),
}
VERSION = Text("版本 {version}", "version {version}")
DISK = Text("磁盘剩 {n} GB", "{n} GB of disk left")
NO_MONITOR = Text("监测程序没有消息：请让技术人员查看", "No word from the monitor: a technician must look")
NO_MONITOR_FOR = Text(
    "监测程序已 {since}没有消息：请让技术人员查看",
    "No word from the monitor for {since}: a technician must look",
)
WELL = Text("● 没有发现问题", "● Nothing is wrong")
CODE_TOO_LONG = Text(
    "手机二维码在本屏放不下：平台网址太长，请换短网址或放大屏幕行列数",
    "The code for phones does not fit: the hub's address is too long for so few rows",
)
TROUBLE = Text("▲ {what}", "▲ {what}")

QUESTIONS = Text("待答问题 {n}", "Questions {n}")
QUESTIONS_ASK = Text("请到设备前看一看，再回答", "Please go and look, then answer")
NO_QUESTIONS = Text("现在没有问题要回答", "There is nothing to answer")
ANSWERED = Text("已记下：{what}", "Kept: {what}")
TOUCH_TEST = Text("触摸测试", "Touch test")
TOUCH_ASK = Text("每一格都点一下：{n} / {all}", "Touch every field: {n} of {all}")
TOUCH_FINE = Text("● 每一格都好", "● Every field works")
CLEANING = Text("清洁屏幕", "Clean screen")
CLEANING_NOW = Text("现在可以擦屏幕，触摸不起作用", "Clean the glass now: it does not feel you")
RESTART = Text("重启程序", "Restart")

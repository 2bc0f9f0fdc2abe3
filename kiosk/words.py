"""Every sentence on the glass, in both languages. No text promises what the system does not do."""

from shared.text import Text

NO_NAME = Text("户外劳动者驿站", "Workers' rest station")
TAGLINE = Text("累了进来歇歇脚，免费使用，无需登记", "Come in and rest. Free for everyone, no sign-up")
START = "轻 触 屏 幕 开 始"
START_EN = "Touch to start"
HOTLINE_FOOT = Text("服务热线", "Hotline")
VISITS = Text("今天签到 {n} 人次", "{n} check-ins today")
ENTERED = Text("今天约 {n} 人次进站", "About {n} visits today")

ONLINE = Text("在线", "Online")
OFFLINE = Text("离线", "Offline")
BACK = Text("返 回", "Back")
TO_START = Text("返回首屏", "To start")
DONE = Text("完 成", "Done")
SUBMIT = Text("提 交", "Submit")
OTHER_LANGUAGE = Text("English", "中 文")
CONTRAST = Text("高 对 比", "Contrast")
COLOURS = Text("普通颜色", "Colours")
LARGE = Text("大 字", "Large text")
USUAL_SIZE = Text("普通字号", "Smaller")
SIGN = "驿站"

CHECK_IN = Text("签 到", "Check in")
CHECK_IN_HINT = Text("点一下职业就好", "One tap, no name")
CHECK_IN_ASK = Text("点一下您的职业，就完成签到", "Tap what you do: that is the check-in")

FEEDBACK = Text("服务评价", "Feedback")
FEEDBACK_HINT = Text("四张脸，一下就好", "One tap")
FEEDBACK_ASK = Text("今天的服务，您满意吗？", "How was the station today?")
SCORES: dict[int, Text] = {
    4: Text("非常满意", "Very good"),
    3: Text("满 意", "Good"),
    2: Text("不太满意", "Not so good"),
    1: Text("不 满 意", "Bad"),
}
REASONS_ASK = Text("哪里没做好？", "What went wrong?")
REASONS_NOTE = Text("可多选，不选原因也算数", "Choose any; it counts without a reason")

FAULT = Text("设备报修", "Report a fault")
FAULT_HINT = Text("两下就好", "Two taps")
FAULT_ASK = Text("哪样东西坏了？", "What is broken?")
NETWORK = Text("网 络", "Network")
PROBLEM_ASK = Text("{what}：怎么了？", "{what}: what is wrong?")
DANGER_NOTE = Text(
    "有危险时请先离开，再拨 {hotline} / 119",
    "In danger leave first, then call {hotline} / 119",
)

BOARD = Text("设施状态", "What works now")
BOARD_HINT = Text("现在能用什么", "Right now")
IN_USE = Text("使用中", "In use")
NO_BOARD = Text("现在没有设备数据：本机没有收到监测程序的消息", "No data: nothing has been heard from the monitor")
NOT_NOW = Text("暂停使用", "Paused")
"""Of what is excluded, by a power cut or by work on it: inspectors do not count it, and nobody can use it."""
MORE_THINGS = Text("另有 {n} 项", "{n} more")
NOT_KNOWN = Text("未知", "Not known")
UPDATED = Text("数据更新于 {time}（{age}）", "Data of {time} ({age})")
UPDATED_UNDATED = Text("数据更新：{age}", "Data: {age}")
STALE = Text("数据已过时（{age}），所示只是最后读数", "The data are old ({age}): these are the last readings")
LAST_KNOWN = Text("最后：{word}", "Last: {word}")
TAKEN_UP = Text("已有人处理", "Being looked after")
PROMISED = Text("预计 {time} 前修好", "To be repaired by {time}")
JUST_NOW = Text("刚刚", "just now")
MINUTES_AGO = Text("{n} 分钟前", "{n} min ago")
HOURS_AGO = Text("{n} 小时前", "{n} h ago")
DAYS_AGO = Text("{n} 天前", "{n} days ago")
UNKNOWN_AGE = Text("时间不明", "age not known")

PLEDGE = Text("服务承诺", "Our pledge")
PLEDGE_HINT = Text("我们答应您的", "What we promise")
NO_PLEDGE = Text("本站还没有收到服务承诺的文字", "The pledge has not reached this station yet")
PRIVACY = Text("签到不记姓名、手机号、人脸", "Checking in keeps no name, phone number or face")

HOTLINE = Text("维权热线", "Hotline")
HOTLINE_HINT = Text("咨询 维权 投诉", "Advice and complaints")
HOTLINE_WHAT = Text("工会职工服务热线\n咨询、维权、投诉", "The union's service line\nadvice, rights, complaints")
EMERGENCIES = Text("紧急情况\n110 报警   120 急救   119 火警", "Emergency: 110 police\n120 ambulance   119 fire")

THANKS = Text("谢 谢 您", "Thank you")
CHECKED_IN = Text("签到成功：{what}   {time}", "Checked in: {what}   {time}")
NTH = Text("今天您是第 {n} 位。喝口水，歇一歇。", "You are number {n} today. Have a drink, take a rest.")
FEEDBACK_KEPT = Text("您的评价已记下：{what}", "Your answer is kept: {what}")
FAULT_KEPT = Text("已记下：{what}，{problem}", "Kept: {what}, {problem}")
DANGER_TITLE = Text("请离开，先保证安全", "Leave now. Safety first")
DANGER_CALL = Text("请拨 {hotline} / 119", "Call {hotline} / 119")
KEPT_ONLINE = Text("已存在本机，正在上传", "Stored here and being sent")
KEPT_OFFLINE = Text("已存在本机，联网后自动上传", "Stored here; it is sent when the network is back")
KEPT_UNSENT = Text("已存在本机，尚未上传", "Stored here, not sent yet")
ALSO_FEEDBACK = Text("顺便评价一下", "Give feedback too")
UNDO = Text("点错了，撤销（{n}）", "Undo ({n})")
UNDONE = Text("已撤销", "Undone")
NOT_UNDONE = Text("没有撤销", "Not undone")
NOT_UNDONE_NOTE = Text("刚才那一条仍算数", "That one still counts")
NOT_UNDONE_DANGER = Text("没有撤销，报告仍算数", "Not undone: the report stands")
UNDONE_NOTE = Text("刚才那一条不算数", "That one does not count")

NOT_KEPT = Text("没 有 存 上", "Not stored")
FULL = Text("本机存储已满，刚才这一条没有记下", "The store of this kiosk is full: what you said was not kept")
BUSY = Text("本机存储正忙，刚才这一条没有记下，请再试一次", "This kiosk is busy: not kept, please try again")
BROKEN = Text("本机存储出了问题，刚才这一条没有记下", "The store of this kiosk failed: what you said was not kept")
DANGER_NOT_KEPT = Text("刚才的报告没有存上，谁也不会收到", "Your report was not stored: nobody will get it")
DANGER_TELL = Text("请一定打电话，也告诉值班员", "So please do call, and tell the attendant")
ASK_FOR_HELP = Text("请告诉值班员，或拨 {hotline}", "Please tell the attendant, or call {hotline}")

STILL_THERE = Text("您 还 在 吗？", "Are you still there?")
STILL_NOTE = Text("无操作将返回首屏", "The start screen comes back by itself")
STAY = Text("继 续 使 用", "Stay")
LEAVE = Text("结 束", "Leave")

PHONE = Text("手机扫码", "Scan with a phone")
PHONE_CHECK_IN = Text("手机扫码签到", "Scan to check in")
PHONE_LEFT = Text("手机扫码签到   剩 {n} 秒", "Scan to check in: {n} s left")
PHONE_MORE = Text("手机扫码写几句   剩 {n} 秒", "Scan to write more: {n} s left")
PHONE_WRITE = Text("用手机写", "Write by phone")
PHONE_HOW = Text("用手机相机或微信扫一扫", "Point your phone's camera at it")
PHONE_FREE = Text("免登录，不用装软件", "No account, no app")
PHONE_WHAT = Text("可签到、评价\n可投诉、咨询", "Check in, say more, complain, ask")
SECONDS_LEFT = Text("剩 {n} 秒，到时换新码", "{n} s left, then a new code")
NO_CODE = Text("现在没有二维码，请点职业签到", "No code at present: please tap what you do")
NO_ROOM_CHECK_IN = Text("本屏放不下二维码，请点职业签到", "No room for a code here: please tap what you do")
NO_ROOM_MORE = Text("本屏放不下二维码，要多说请拨 {hotline}", "To say more call {hotline}: no room for a code here")
SCAN_TO_CALL = Text("扫码一键拨号", "Scan to call")
KEPT_90 = Text("不记姓名手机号；明细存 90 天，之后只留人数", "No name or phone. Kept 90 days, then only counts")
KEPT_90_SHORT = Text("不记姓名手机号，明细只存 90 天", "No name or phone; kept 90 days")
CARD_HINT = Text("有工会卡？放到扫码口也能签到", "A union card? Hold it to the scanner")

BY_CARD = Text("刷卡签到", "by card")
CARD_AGAIN = Text("您已经签到过了，不重复计数", "You are checked in already: not counted twice")
CARD_AGAIN_TITLE = Text("已 经 签 到", "Checked in")
CARD_ASIDE = Text("刷卡签到已记下", "Card check-in kept")
CARD_NO_KEYS = Text(
    "本机现在不能读卡，请点职业签到",
    "Cards cannot be read here at present: please tap what you do",
)
GOODS = Text(
    "这是商品条码，没有签到。如果是您的卡，请点职业签到",
    "That is the code of goods: not checked in. If it is your card, please tap your occupation",
)
NOT_A_CARD = Text("这不是卡号，没有签到", "That is not a card: no check-in was made")
NOT_COUNTED = Text("没 有 签 到", "Not checked in")

WAIT_A_MOMENT = Text("刚记下一条，请过 {n} 秒再点", "Just kept one: please tap again in {n} s")
WORKS_NOW = Text("现在能用：{what}", "Working now: {what}")
BACK_IN = Text("{n} 秒后返回", "back in {n} s")
UNDO_DANGER = Text("误报，撤销（{n}）", "False alarm ({n})")
UNDO_DANGER_READ = Text("真的不危险吗？（{n}）", "Is it safe? ({n})")
UNDO_DANGER_SURE = Text("确认不危险，再点一次（{n}）", "Sure? Tap again ({n})")
PLUS_ONE = Text("已有人报修“{problem}”，再报一次 = +1 同样遇到", 'Reported already: "{problem}". Again adds one')
PLUS_ONE_KEPT = Text("已有人报修，您的这次记为 +1 同样遇到", "Reported already: yours is kept as one more")

DANGER_STORED = Text("报告已存在本机", "The report is stored here")
DANGER_WAY = Text("正在上传，请同时拨打电话", "Being sent. Please call as well")
DANGER_NOT_SENT = Text("尚未送达，请拨电话", "Nobody has it yet. Please call")
DANGER_AT_HUB = Text("平台已收到报告", "The service platform has it")
DANGER_NOT_TOLD = Text("还没有通知到值班员", "The person on duty is not told yet")
DANGER_TOLD = Text("已通知值班员（{time}）", "The person on duty was told ({time})")
DANGER_TOLD_ONCE = Text("值班员接到过通知（{time}）", "The person on duty has been told ({time})")
DANGER_TOLD_BEFORE = Text("值班员此前已接到通知（{time}）", "The person on duty had been told ({time})")

ELSEWHERE = Text("卫生 用品 其他", "Room, other")
FAULT_NOTE = Text("缺水、缺纸杯、卫生、安全隐患也可以报", "No water, no cups, dirt and hazards too")
SAID_DANGER = Text("报危险", "Unsafe?")
SAID_BROKEN = Text("已报修", "Reported")
"""What people say of a thing, where its state would stand: a fault, or danger."""
DANGER_AT = Text("有人报告危险：{what}，请远离", "Danger reported: {what}. Keep away")
SOMEWHERE = Text("本站某处", "somewhere here")
SENSED = Text("监测：{word}", "Sensors: {word}")
SAID_AND_SENSED = Text("{said}，监测：{word}", "{said}; sensors: {word}")
REPORTED_AT = Text("已报修 {time}", "Reported {time}")
NOTICED = Text("已知故障", "Noticed")
NOTICED_AT = Text("已知故障 {time}", "Noticed {time}")
"""Of what the readings show and nobody has reported."""
KNOWN_OF = Text("{what}：{became}", "{what}: {became}")
KNOWN_OF_THAT = Text("{what}“{problem}”：{became}", '{what} "{problem}": {became}')
PROMISED_SHORT = Text("预计 {time}", "By {time}")
OVERDUE_SHORT = Text("已逾期 {time}", "Late: {time}")
OVERDUE = Text("已过预计时间 {time}", "Overdue since {time}")
WORKED_ON = Text("维护中，至 {time}", "Maintenance until {time}")
WORK_COMING = Text("{time} 起维护：{what}", "Maintenance from {time}: {what}")
WHOLE_STATION = Text("全站", "the whole station")
CLOSED_TODAY = Text("今天不开放", "Closed today")
CLOSED_HOURS = Text("现在不在开放时间（{start}–{end}）", "Closed at this hour (open {start}–{end})")
DONE_SAID_THAT = Text("{n} 人反映{what}“{problem}”，{day} {became}", '{n} said of {what} "{problem}": {became} {day}')
DONE_SAID = Text("{n} 人说{what}有问题，{day} {became}", "{n} said {what} had a fault: {became} {day}")
DONE_AT = Text("{what} {day} {became}", "{what}: {became} {day}")
SOLVED = Text("已解决", "solved")
REPAIRED = Text("已修好", "repaired")
WORKS_AGAIN = Text("恢复正常", "works again since")
CLOSED_DAYS = Text("{first} 至 {last} 不开放", "Closed {first} to {last}")
OPEN_DAYS = Text("开放：{days} {start} 至 {end}", "Open {days} {start} to {end}")
EVERY_DAY = Text("每天", "every day")
WEEKDAYS = (
    Text("周一", "Mon"),
    Text("周二", "Tue"),
    Text("周三", "Wed"),
    Text("周四", "Thu"),
    Text("周五", "Fri"),
    Text("周六", "Sat"),
    Text("周日", "Sun"),
)
CALL_US = Text("监督：不满意请打 {hotline}，或点服务评价", "Not satisfied? Call {hotline}, or tap Feedback")
RETENTION = Text("签到明细存 90 天，之后只留人数", "Check-ins are kept 90 days, then only counted")

CHECK_IN_SIGN = Text("签到", "Check in")
FEEDBACK_SIGN = Text("评价", "Feedback")
FAULT_SIGN = Text("报修", "Fault")
HOTLINE_SIGN = Text("热线", "Hotline")
BOARD_SIGN = Text("设施", "Status")
PLEDGE_SIGN = Text("承诺", "Pledge")
REASONS_SIGN = Text("原因", "Why?")
SATISFIED_SIGN = Text("满意吗？", "Feedback")
PHONE_SIGN = Text("扫码", "Phone")
OCCUPATION_SIGNS: dict[str, str] = {
    "sanitation": "环卫",
    "courier": "快递",
    "warden": "协管",
    "food_rider": "送餐",
    "taxi_driver": "出租",
    "logistics_driver": "物流",
    "auxiliary_police": "辅警",
    "other": "其他",
}
"""Two characters for large letters; the regulation's word stands beneath them."""
MORE = Text("更 多", "More")
START_SIGN = "开始"

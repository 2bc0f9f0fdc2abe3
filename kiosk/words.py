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
TO_START = Text("返回首屏", "Start screen")
CANCEL = Text("取 消", "Cancel")
DONE = Text("完 成", "Done")
SUBMIT = Text("提 交", "Submit")
OTHER_LANGUAGE = Text("English", "中 文")
CONTRAST = Text("高 对 比", "Contrast")
COLOURS = Text("普通颜色", "Colours")
HOME = Text("请选择", "What would you like to do?")

CHECK_IN = Text("签 到", "Check in")
CHECK_IN_HINT = Text("点一下职业就好", "One tap, no name")
CHECK_IN_ASK = Text("点一下您的职业，就完成签到", "Tap what you do: that is the check-in")
CHECK_IN_NOTE = Text("不记姓名和手机号", "No name and no phone number is kept")

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
REASONS_NOTE = Text("可多选，也可直接点提交", "Choose any, or just submit")

FAULT = Text("设备报修", "Report a fault")
FAULT_HINT = Text("两下就好", "Two taps")
FAULT_ASK = Text("哪样东西坏了？", "What is broken?")
NETWORK = Text("网 络", "Network")
SOMETHING_ELSE = Text("其 他", "Something else")
REPORTED = Text("已报修", "Reported")
PROBLEM_ASK = Text("{what}：怎么了？", "{what}: what is wrong?")
DANGER_NOTE = Text(
    "有危险时请先离开，再拨 {hotline} / 119",
    "In danger leave first, then call {hotline} / 119",
)

BOARD = Text("设施状态", "What works now")
BOARD_HINT = Text("现在能用什么", "Right now")
IN_USE = Text("使用中", "In use")
NO_BOARD = Text("现在没有设备数据：本机没有收到监测程序的消息", "No data: nothing has been heard from the monitor")
NOT_KNOWN = Text("未知", "Not known")
UPDATED = Text("数据更新于 {time}（{age}）", "Data of {time} ({age})")
STALE = Text("数据已过时（{age}），以下只是最后读数", "The data are old ({age}): these are the last readings")
LAST_KNOWN = Text("最后：{word}", "Last: {word}")
CLOSED = Text("现在不在开放时间", "Closed at this hour")
TAKEN_UP = Text("已有人处理", "Being looked after")
PROMISED = Text("预计 {time} 前修好", "To be repaired by {time}")
JUST_NOW = Text("刚刚", "just now")
MINUTES_AGO = Text("{n} 分钟前", "{n} min ago")
HOURS_AGO = Text("{n} 小时前", "{n} h ago")
UNKNOWN_AGE = Text("时间不明", "age not known")

PLEDGE = Text("服务承诺", "Our pledge")
PLEDGE_HINT = Text("我们答应您的", "What we promise")
NO_PLEDGE = Text("本站还没有收到服务承诺的文字", "The pledge has not reached this station yet")
PRIVACY = Text("签到不记姓名、手机号、人脸", "Checking in keeps no name, phone number or face")
OPEN = Text("开放时间 {start} 至 {end}", "Open {start} to {end}")

HOTLINE = Text("维权热线", "Hotline")
HOTLINE_HINT = Text("咨询 维权 投诉", "Advice and complaints")
HOTLINE_WHAT = Text("工会职工服务热线：咨询、维权、投诉", "Union service line: advice, rights, complaints")
EMERGENCIES = Text("紧急情况：110 报警   120 急救   119 火警", "Emergency: 110 police   120 ambulance   119 fire")

THANKS = Text("谢 谢 您", "Thank you")
CHECKED_IN = Text("签到成功：{what}   {time}", "Checked in: {what}   {time}")
NTH = Text("今天您是第 {n} 位。喝口水，歇一歇。", "You are number {n} today. Have a drink, take a rest.")
FEEDBACK_KEPT = Text("您的评价已记下：{what}", "Your answer is kept: {what}")
FAULT_KEPT = Text("已记下：{what}，{problem}", "Kept: {what}, {problem}")
DANGER_TITLE = Text("请离开，先保证安全", "Leave now. Safety first")
DANGER_CALL = Text("请拨 {hotline} / 119", "Call {hotline} / 119")
DANGER_ONLINE = Text("报告已存在本机，正在上传；请同时拨打电话", "The report is stored and being sent. Call as well")
DANGER_OFFLINE = Text("现在离线，报告尚未送达：请拨打电话", "Offline: nobody has the report yet. Please call")
KEPT_ONLINE = Text("已存在本机，正在上传", "Stored here and being sent")
KEPT_OFFLINE = Text("已存在本机，联网后自动上传", "Stored here; it is sent when the network is back")
ALSO_FEEDBACK = Text("顺便评价一下", "Give feedback too")
UNDO = Text("点错了，撤销（{n}）", "Undo ({n})")
UNDONE = Text("已撤销", "Undone")
UNDONE_NOTE = Text("刚才那一条不算数", "That one does not count")

NOT_KEPT = Text("没 有 存 上", "Not stored")
FULL = Text("本机存储已满，刚才这一条没有记下", "The store of this kiosk is full: what you said was not kept")
BUSY = Text("本机存储正忙，刚才这一条没有记下，请再试一次", "This kiosk is busy: not kept, please try again")
BROKEN = Text("本机存储出了问题，刚才这一条没有记下", "The store of this kiosk failed: what you said was not kept")
ASK_FOR_HELP = Text("请告诉值班员，或拨 {hotline}", "Please tell the attendant, or call {hotline}")

STILL_THERE = Text("您 还 在 吗？", "Are you still there?")
STILL_NOTE = Text("无操作将返回首屏", "The start screen comes back by itself")
STAY = Text("继 续 使 用", "Stay")
LEAVE = Text("结 束", "Leave")

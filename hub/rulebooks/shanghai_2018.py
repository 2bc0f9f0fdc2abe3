"""Shanghai: 户外职工爱心接力站管理办法（试行）, 沪工援〔2018〕03号, 27 February 2018, in force on issue (附则一).

The rubric is annex 3, 户外职工爱心接力站抽查考评表, word for word and in its order. Annex 1 (the pledge) and annex 4
(the flow chart of complaints) are not part of the text we have.
"""

from datetime import date

from hub.rulebook import Award, Duty, Item, Rubric, Rulebook, Sanction, Section, Setting, Source
from shared.text import Text

HARDWARE = (10, 6, 2)  # 附件3 硬件设施
PEOPLE_AND_PLACE = (5, 3, 1)  # 附件3 服务人员, 站点环境


def _hardware(key: str, zh: str, en: str, kind: str) -> Item:
    return Item(key, Text(zh, en), HARDWARE, "附件3 硬件设施", kind)


def _by_hand(key: str, zh: str, en: str, clause: str) -> Item:
    return Item(key, Text(zh, en), PEOPLE_AND_PLACE, clause)


STAFF = "附件3 服务人员"
PLACE = "附件3 站点环境"

RUBRIC = Rubric(
    title=Text("户外职工爱心接力站抽查考评表", "Spot-check form for care stations of outdoor workers"),
    clause="附件3",
    head=(
        Text("站点名称", "Station"),
        Text("站点编号", "Station number"),
        Text("所属工会", "Union"),
    ),
    columns=(Text("考核项目", "Part"), Text("具体项目内容", "Item"), Text("评价", "Points")),
    sections=(
        Section(
            "hardware",
            Text("硬件设施", "Equipment"),
            (
                _hardware(
                    "air_conditioner",
                    "提供能够正常使用的冷暖空调",
                    "Provides a normally usable heating and cooling air conditioner",
                    "air_conditioner",
                ),
                _hardware("fridge", "提供能够正常使用的冰箱", "Provides a normally usable fridge", "fridge"),
                _hardware(
                    "microwave",
                    "提供能够正常使用的微波炉",
                    "Provides a normally usable microwave",
                    "microwave",
                ),
                _hardware(
                    "drinking_water",
                    "提供能够正常使用的饮用水设备或茶桶",
                    "Provides normally usable drinking water equipment or a tea bucket",
                    "drinking_water",
                ),
                _hardware(
                    "outlets",
                    "提供能够正常使用的充电用插座",
                    "Provides normally usable outlets for charging",
                    "outlets",
                ),
                _hardware(
                    "tables",
                    "提供户外职工休息用餐的桌椅",
                    "Provides tables and chairs for resting and eating",
                    "tables",
                ),
            ),
        ),
        Section(
            "staff",
            Text("服务人员", "Staff"),
            (
                _by_hand(
                    "staff_friendly",
                    "工作人员待人应主动热情、态度亲切",
                    "Staff are attentive and kind",
                    STAFF,
                ),
                _by_hand("staff_language", "工作人员使用文明用语", "Staff speak politely", STAFF),
                _by_hand(
                    "staff_on_duty",
                    "工作人员在岗提供相应服务",
                    "Staff are on duty and give the services",
                    STAFF,
                ),
                _by_hand(
                    "staff_check_in",
                    "工作人员引导户外职工二维码签到",
                    "Staff guide workers to check in by QR code",
                    STAFF,
                ),
            ),
        ),
        Section(
            "environment",
            Text("站点环境", "Surroundings"),
            (
                _by_hand(
                    "plaque",
                    "铭牌设置在室外醒目位置",
                    "The plaque hangs outdoors where it catches the eye",
                    PLACE,
                ),
                _by_hand(
                    "pledge",
                    "《服务公约》设置在室内醒目位置",
                    "The service pledge hangs indoors where it catches the eye",
                    PLACE,
                ),
                _by_hand("clean", "保持环境清洁", "The place is kept clean", PLACE),
                _by_hand("area", "服务区域在 3 平方米左右", "The service area is about 3 square metres", PLACE),
            ),
        ),
    ),
    total=Text("总分", "Total"),
)

# One entry after the other, as the regulation lists them.
# fmt: off
DUTIES = (
    Duty("self_check",
         Text("日常自查小组每月自查本区域本系统所有站点",
              "The self-check team checks all its stations every month"),
         owner="district", every="month", times=1, modal="must", clause="第四章二（一）", share=(1, 1)),
    Duty("district_spot_check",
         Text("区级抽查小组每月不定期随机抽查，不低于三分之一",
              "The district spot-checks at random, at least one third"),
         owner="district", every="month", times=1, modal="must", clause="第四章二（二）", share=(1, 3)),
    Duty("city_spot_check",
         Text("市级考评小组每年原则上不少于两次随机抽查",
              "The city spot-checks at random, in principle twice a year"),
         owner="city", every="year", times=2, modal="should", clause="第四章二（三）"),
    Duty("quarterly_publication",
         Text("每季度在12351平台发布自查及抽查结果", "Results are published on the 12351 platform every quarter"),
         owner="centre", every="quarter", times=1, modal="must", clause="第四章三（一）"),
    Duty("half_year_report",
         Text("每半年汇总随机抽查考评情况并发布", "Spot checks are summarised and published every half year"),
         owner="centre", every="half_year", times=1, modal="must", clause="第四章三（二）"),
)

SANCTIONS = (
    Sanction("rectify", Text("责令整改", "Ordered to rectify"), "not as promised", ends=False, clause="第五章二"),
    Sanction("cancel",
             Text("取消站点资格、收回铭牌", "Qualification cancelled, plaque taken back"),
             "severe", ends=True, clause="第五章二"),
)

AWARDS = (
    Award("station_of_the_year",
          Text("年度优秀户外职工爱心接力站", "Outstanding care station of the year"),
          share_percent=(5, 8), clause="第五章一"),
    Award("star_head", Text("明星站长", "Star station head"), share_percent=None, clause="第五章一"),
    Award("partner_of_the_year",
          Text("年度优秀公益合作伙伴", "Outstanding partner of the year"),
          share_percent=None, clause="第五章一"),
)

SETTINGS = (
    Setting(1, "points_meaning", "works | limited | missing", "附件3",
            Text("最高分：已提供且能正常使用；中间分：已提供，但使用受限或经常不可用；最低分：未提供或不能使用",
                 "Highest: provided and works; middle: with limits or often out; lowest: missing or not working")),
    Setting(1, "proposal_mode", "min", "附件3 硬件设施",
            Text("“能够正常使用”既看观测期也看当前，取较低者",
                 "'Normally usable' looks at the window and at the present; the lower counts")),
    Setting(2, "cooling_months", "6 7 8 9", "附件3 硬件设施",
            Text("夏季须验证制冷", "Cooling is proven in summer")),
    Setting(2, "heating_months", "12 1 2", "附件3 硬件设施", Text("冬季须验证制热", "Heating is proven in winter")),
    Setting(5, "official_code", "free text", "第二章二（二）",
            Text("铭牌编号为自由文本，不生成11位编码", "The plaque number is free text; no 11-digit code is made")),
    Setting(6, "not_applicable_allowed", False, "附件3 服务人员",
            Text("考评表没有“不适用”，无人值守站点同样逐项打分",
                 "The form knows no 'not applicable', also for unmanned stations")),
    Setting(7, "self_check_owner", "district", "第四章二（一）",
            Text("由区、局（产业）工会小组自查", "The district or industry union's team checks")),
    Setting(8, "city_sample_percent", 100, "第四章二（三）",
            Text("市级抽查数量未规定，默认全部列入抽取范围",
                 "The city's sample size is not given; all stations may be drawn")),
    Setting(9, "sample_base", "active stations located in the district, frozen at the draw", "第四章二（二）",
            Text("三分之一以抽取时本区域内全部在用站点为基数",
                 "One third of all active stations located in the district")),
    Setting(10, "draw", "pure random", "第四章二（二）", Text("完全随机抽取，不分层", "Drawn purely at random")),
    Setting(12, "sanction_ladder", "rectify cancel", "第五章二",
            Text("先责令整改，严重的取消资格", "Rectify first, cancel when severe")),
    Setting(14, "award_rounding", "from ceil to floor", "第五章一",
            Text("名额下限向上取整，上限向下取整；为空时由上一级评选",
                 "Lower bound rounded up, upper down; empty: one level up")),
    Setting(15, "default_hours", "09:00-17:00", "第二章二（四）",
            Text("未报备开放时间的按9:00—17:00计", "Without filed hours, 9:00 to 17:00 counts")),
    Setting(16, "map_edit", "at once, flagged until approved", "第三章三",
            Text("电子地图即时修改，审核前标注", "The map changes at once, flagged until audited")),
    Setting(17, "reopening", "new record, new number", "第五章二",
            Text("被取消的站点重新开放按新站点登记", "A cancelled station that reopens is a new station")),
    Setting(18, "tea_bucket", "by hand", "附件3 硬件设施",
            Text("茶桶计为饮水设施，只能人工打分", "A tea bucket counts as water; it is scored by hand only")),
    Setting(19, "area_band_m2", 2.5, "第二章二（一）",
            Text("2.5平方米及以上视为“3平方米左右”", "From 2.5 square metres counts as about 3")),
    Setting(22, "upload", "adapter or file", "第四章二",
            Text("上传12351平台，无接口时导出文件",
                 "Uploaded to the 12351 platform, or a file where it has no interface")),
    Setting(23, "finding_hours", "safety 24 high 72 normal 360", "第五章二",
            Text("“责令整改”未规定期限：安全隐患24小时，严重3天，一般15天",
                 "No deadline is given for putting right: safety 24 hours, high 3 days, normal 15 days")),
    Setting(23, "finding_escalation", "district 0 city 72 province 360", "第五章二",
            Text("逾期的整改先报区级，再逾期3天报市级，逾期15天报省级",
                 "What is overdue goes to the district, after 3 more days to the city, after 15 to the province")),
    Setting(24, "complaint_working_days", "complaint 15 consultation 5", "附件4",
            Text("附件4（处理流程）原文缺失：投诉15个工作日、咨询5个工作日内答复",
                 "The process is missing: a complaint is answered within 15 working days, a question within 5")),
    Setting(24, "complaint_steps", "classified assigned answered replied closed", "附件4",
            Text("收到、分类、分派、答复、告知本人、办结；删去 classified 或 replied 即省去该步",
                 "Received, sorted, assigned, answered, told, closed; sorting and telling may be left out")),
)
# fmt: on

RULEBOOK = Rulebook(
    name="shanghai_2018",
    title=Text(
        "上海市户外职工爱心接力站管理办法（试行）2018",
        "Shanghai: care stations of outdoor workers (trial), 2018",
    ),
    valid_from=date(2018, 2, 27),
    region="上海市",
    source=Source(
        document="户外职工爱心接力站管理办法（试行）",
        issuer="上海市总工会职工援助服务中心",
        number="沪工援〔2018〕03号",
        issued=date(2018, 2, 27),
    ),
    rubric=RUBRIC,
    duties=DUTIES,
    survey=None,
    codes=None,
    sanctions=SANCTIONS,
    awards=AWARDS,
    settings=SETTINGS,
    hotline="12351",  # 第六章一
)

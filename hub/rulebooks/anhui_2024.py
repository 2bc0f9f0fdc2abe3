"""Anhui: 工会驿站运维服务规范, issued 11 January 2024, in force 11 February 2024.

The text we have names no standard number and holds no inspection form: this edition has no rubric. A union may adopt
another edition's; the form then says so.
"""

from datetime import date

from hub.rulebook import Award, CodeRule, Duty, Rulebook, Sanction, Setting, Source, Survey
from shared.text import Text

# One entry after the other, as the regulation lists them.
# fmt: off
DUTIES = (
    Duty("guidance",
         Text("市总工会每年调研指导宜不少于一次", "The city union studies and guides, preferably once a year"),
         owner="city", every="year", times=1, modal="should", clause="4.1.2"),
    Duty("self_check",
         Text("每个站点每月至少自查一次", "Every station checks itself at least once a month"),
         owner="station", every="month", times=1, modal="must", clause="5.1"),
    Duty("county_spot_check",
         Text("县（市、区）总工会每半年至少抽查一次", "The county union spot-checks at least every half year"),
         owner="county", every="half_year", times=1, modal="must", clause="5.2"),
    Duty("city_spot_check",
         Text("市总工会每年至少抽查一次", "The city union spot-checks at least once a year"),
         owner="city", every="year", times=1, modal="must", clause="5.2"),
    Duty("industry_spot_check",
         Text("有关省产业工会可参照实施抽查", "Provincial industry unions may do likewise"),
         owner="industry", every="year", times=1, modal="may", clause="5.2"),
    Duty("satisfaction_survey",
         Text("每年开展1次公众满意度调查", "One public satisfaction survey a year"),
         owner="city", every="year", times=1, modal="must", clause="5.4"),
)

CODES = CodeRule(
    prefix="12",
    area_digits=4,
    sequence_digits=5,
    suffixes={"micro": "s", "mobile": "d"},  # 4.5.3, 4.5.4
    exempt=frozenset({"construction_site"}),  # 4.5.1
    example="12055100001",
    clause="4.5.2",
)

SURVEY = Survey(
    times_a_year=1,
    issued_at_least=100,
    returned_above_percent=80,
    satisfied_above_percent=85,
    clause="5.4",
)

SANCTIONS = (
    Sanction("yellow", Text("黄牌警告", "Yellow card"), "serious", ends=False, clause="6.1"),
    Sanction("red",
             Text("红牌，撤销站点并收回标识（牌匾）", "Red card: revoked, plaque taken back"),
             "especially serious, or two yellow cards in a row", ends=True, clause="6.1"),
)

AWARDS = (
    Award("finest_station", Text("最美站点", "Finest station"), share_percent=None, clause="7.3"),
    Award("star_head", Text("明星站长", "Star station head"), share_percent=None, clause="7.3"),
)

SETTINGS = (
    Setting(3, "code_sequence", "shared by all kinds of one area code", "4.5.2",
            Text("同一区号内普通、微站点、流动站点共用序号",
                 "Normal, micro and mobile stations share one sequence")),
    Setting(3, "code_after_change_of_kind", "digits stay, suffix changes", "4.5.3",
            Text("类型变更时11位数字不变，后缀变更", "When the kind changes the digits stay, the suffix changes")),
    Setting(4, "code_counter", "per area code", "4.5.2",
            Text("按电话区号计数，而非按城市", "Counted per telephone area code, not per city")),
    Setting(5, "code_prefix", "12", "4.5.2",
            Text("前缀12为安徽行政区划排序编号，其他省份不得沿用",
                 "12 is Anhui's own rank; other provinces must not use it")),
    Setting(6, "not_applicable_allowed", True, "4.2.3",
            Text("无人值守站点的人员项可为“不适用”，同时列出原始分与折算分",
                 "Unmanned: staff items may not apply; raw and scaled shown")),
    Setting(7, "self_check_owner", "station", "5.1", Text("由站点自行自查", "The station checks itself")),
    Setting(8, "county_sample_percent", 100, "5.2",
            Text("抽查数量未规定，县级默认全部站点", "Sample size is not given; the county checks all by default")),
    Setting(11, "card_evaluations", "county city third_party", "6.1",
            Text("县级抽查、市级抽查、第三方评价可给牌，按结论日期排序，合格一次即清零",
                 "These count, by date; a clean one resets")),
    Setting(11, "red_card_signatures", 2, "6.1", Text("红牌须两人签署", "A red card needs two signatures")),
    Setting(12, "sanction_ladder", "yellow red", "6.1", Text("黄牌、红牌", "Yellow card, red card")),
    Setting(13, "survey_scope", "one per city and year", "5.4",
            Text("每市每年一次；五级中前两级计为满意",
                 "One per city and year; the top two of five count as satisfied")),
    Setting(15, "default_hours", "09:00-17:00", "–",
            Text("未报备开放时间的按9:00—17:00计", "Without filed hours, 9:00 to 17:00 counts")),
    Setting(17, "reopening", "new record, new code", "4.5.5",
            Text("撤销后重新开放按新站点登记、编新码，旧码保留",
                 "A revoked station that reopens gets a new code; the old one stays")),
    Setting(20, "star_rating", "field only", "4.1.4",
            Text("评星无标准，只留字段", "No criteria for stars are given: a field only")),
    Setting(21, "facilities", "configurable, 6+X offered", "7.1",
            Text("未列设施清单，默认提供6+X模板", "No list of facilities is given; 6+X is offered")),
    Setting(22, "upload", "none", "–", Text("未规定上传平台", "No platform is named")),
    Setting(23, "finding_hours", "safety 24 high 72 normal 360", "5.1",
            Text("“及时整改”未规定期限：安全隐患24小时，严重3天，一般15天",
                 "'In time' names no deadline: safety 24 hours, high 3 days, normal 15 days")),
    Setting(23, "finding_escalation", "district 0 city 72 province 360", "6.2",
            Text("逾期的整改先报县级，再逾期3天报市级，逾期15天报省级",
                 "What is overdue goes to the county, after 3 more days to the city, after 15 to the province")),
)
# fmt: on

RULEBOOK = Rulebook(
    name="anhui_2024",
    title=Text("安徽省工会驿站运维服务规范 2024", "Anhui: operation and service of union stations, 2024"),
    valid_from=date(2024, 2, 11),
    region="安徽省",
    source=Source(
        document="工会驿站运维服务规范",
        issuer="安徽省总工会",
        number=None,
        issued=date(2024, 1, 11),
    ),
    rubric=None,
    duties=DUTIES,
    survey=SURVEY,
    codes=CODES,
    sanctions=SANCTIONS,
    awards=AWARDS,
    settings=SETTINGS,
)

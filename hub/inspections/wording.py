"""The reason of a proposal, in figures and in both languages. Pure. Times are said in Asia/Shanghai."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from hub.formats import SHANGHAI, moment
from hub.inspections import contradicted
from hub.inspections.evidence import Evidence, Minutes, OpenSpell, Proven
from hub.inspections.figures import Figures
from shared.states import Grade, State
from shared.text import Text

MODES = {"cooling": Text("制冷", "cooling"), "heating": Text("制热", "heating")}

NOTHING_BOUND = Text("没有接入传感器，请人工检查打分", "No sensor bound: check and score by hand")
BY_HAND = Text("此项没有可靠的监测信号，请人工检查打分", "No honest signal for this item: check and score by hand")


def at_zh(at: datetime) -> str:
    """7月20日 14:30"""
    return moment(at, language="zh")


def at_en(at: datetime) -> str:
    """20 Jul 14:30"""
    return moment(at, language="en")


def percent(value: float | None) -> str:
    """One decimal, cut and not rounded up: 96.97 must not read as 97.0."""
    return "–" if value is None else f"{int(value * 10 + 1e-9) / 10:.1f}%"


def number(minutes: int) -> str:
    return f"{minutes:,}".replace(",", " ")


@dataclass(frozen=True, slots=True)
class Case:
    """What a reason is told of."""

    evidence: Evidence
    figures: Figures
    high: float
    """Percentage from which availability is good."""
    low: float
    """Percentage below which it is bad."""
    fresh: bool = True
    """The station was heard lately."""

    @property
    def minutes(self) -> Minutes:
        return self.evidence.minutes

    def open_spell(self, state: State) -> OpenSpell | None:
        """The spell of this state that still lasts; None: no spell says so."""
        return next((s for s in self.evidence.spells if s.until is None and s.state is state), None)


def reason(rule: str, case: Case) -> Text:
    """The sentence an inspector reads beside the proposed points."""
    return REASONS[rule](case)


def _removed(case: Case) -> Text:
    since = case.evidence.removed_since
    day = "–" if since is None else since.astimezone(SHANGHAI).strftime("%Y-%m-%d")
    return Text(f"自 {day} 起未提供（已由人员确认）", f"Not provided since {day}, confirmed by a person")


def _by_hand(case: Case) -> Text:
    return NOTHING_BOUND if case.evidence.observable else BY_HAND


def _loading(_case: Case) -> Text:
    return Text("历史数据正在载入，暂不给出建议", "History is still loading: no proposal yet")


def _two_boxes(case: Case) -> Text:
    spoke = case.evidence.two_boxes
    zh, en = ("–", "–") if spoke is None else (at_zh(spoke.since), at_en(spoke.since))
    until_zh, until_en = ("–", "–") if spoke is None else (at_zh(spoke.until), at_en(spoke.until))
    return Text(
        f"{zh} 至 {until_zh} 有两台设备以本站名义上报，记录无法区分，请现场检查打分",
        f"From {en} to {until_en} two boxes spoke for this station and cannot be told apart: check and score by hand",
    )


def _down_now(case: Case) -> Text:
    spell = case.open_spell(State.DOWN)
    lasted = number(case.evidence.now_minutes)
    if spell is None:
        return Text(f"现在不可用，已持续 {lasted} 分钟开放时间", f"Not working now, for {lasted} opening minutes")
    return Text(
        f"现在不可用：{spell.why.zh}（自 {at_zh(spell.since)}，{lasted} 分钟开放时间，规则 {spell.rule}）",
        f"Not working now: {spell.why.en} (since {at_en(spell.since)}, {lasted} opening minutes, rule {spell.rule})",
    )


def _cannot_be_good(case: Case) -> Text:
    down, counted = number(case.minutes.down), number(case.figures.counted)
    best = percent(case.figures.at_best)
    return Text(
        f"{counted} 分钟中至少 {down} 分钟不可用；即使未观测时间全部正常也只有 {best}，低于 {case.low:g}%",
        f"At least {down} of {counted} min down; even if all unknown time were good only {best}, below {case.low:g}%",
    )


def _too_little(case: Case) -> Text:
    hours, days = case.figures.counted / 60, case.evidence.window.days
    return Text(
        f"观测期太短：{days:.1f} 天，{hours:.1f} 小时开放时间",
        f"Too short to judge: {days:.1f} days, {hours:.1f} opening hours",
    )


def _blind(case: Case) -> Text:
    evidence = case.evidence
    if evidence.tested is not None and not evidence.tested.passed:
        why = evidence.tested.why
        return Text(
            f"现场测试未通过：{why.zh}（规则 {evidence.tested.rule}），请按现场情况打分",
            f"The test on site failed: {why.en} (rule {evidence.tested.rule}): score what you see",
        )
    if evidence.sensor_fault_since is not None:
        since = evidence.sensor_fault_since
        return Text(
            f"传感器自 {at_zh(since)} 起故障，无法判断",
            f"The sensor is faulty since {at_en(since)}: nothing can be said",
        )
    if evidence.now is State.DOWN:
        return _just_failed(case) if case.fresh else _failed_when_last_heard(case)
    spell, lasted = evidence.doubt or case.open_spell(State.UNKNOWN), number(evidence.now_minutes)
    if spell is None and evidence.now is not State.UNKNOWN:
        if not evidence.questions and contradicted.contradicted(evidence):
            said = contradicted.words(evidence)
            return Text(f"{said.zh}，请现场试用", f"{said.en}: please try it")
        return _asked(case) if evidence.questions else Text("当前没有新的数据", "There is no recent data")
    if spell is None:
        return Text(
            f"当前状态未知，已 {lasted} 分钟开放时间没有可用数据",
            f"Present state not known: no usable data for {lasted} opening minutes",
        )
    return Text(
        f"当前状态未知：{spell.why.zh}（{lasted} 分钟开放时间，规则 {spell.rule}）",
        f"Present state not known: {spell.why.en} ({lasted} opening minutes, rule {spell.rule})",
    )


def _just_failed(case: Case) -> Text:
    spell, lasted = case.open_spell(State.DOWN), number(case.evidence.now_minutes)
    if spell is None:
        return Text(
            f"刚刚出现故障（{lasted} 分钟开放时间），请现场查看",
            f"It has just failed ({lasted} opening minutes): please look",
        )
    return Text(
        f"刚刚出现故障：{spell.why.zh}（{lasted} 分钟开放时间，规则 {spell.rule}），请现场查看",
        f"It has just failed: {spell.why.en} ({lasted} opening minutes, rule {spell.rule}): please look",
    )


def _failed_when_last_heard(case: Case) -> Text:
    spell = case.open_spell(State.DOWN)
    zh, en = ("", "") if spell is None else (f"：{spell.why.zh}", f": {spell.why.en}")
    return Text(
        f"最后一次收到数据时不可用{zh}；之后没有新的数据，请现场查看",
        f"Not working when last heard{en}; no recent data since: please look",
    )


def _asked(case: Case) -> Text:
    asked = case.evidence.questions[0]
    return Text(
        f"还有问题没有解决：{asked.text.zh}（规则 {asked.rule}，{at_zh(asked.asked_at)} 提问），请现场查看",
        f"A question is still open: {asked.text.en} (rule {asked.rule}, asked {at_en(asked.asked_at)}): please look",
    )


def _too_many_gaps(case: Case) -> Text:
    share = percent(case.figures.coverage)
    return Text(f"只观测到 {share} 的开放时间", f"Data for only {share} of opening time")


def _not_exercised(case: Case) -> Text:
    if case.evidence.last_proven:
        zh = "，".join(f"{_mode(proof, 'zh')}最近一次验证 {at_zh(proof.at)}" for proof in case.evidence.last_proven)
        en = ", ".join(f"{_mode(proof, 'en')}last proven {at_en(proof.at)}" for proof in case.evidence.last_proven)
    else:
        zh, en = "从未得到验证", "never proven yet"
    return Text(
        f"观测期内没有证明其功能的使用（{zh}）；请现场做 3 分钟测试",
        f"Not used in this window in a way that proves it works ({en}); run the 3-minute test",
    )


def _mode(proof: Proven, language: str) -> str:
    if proof.mode is None or proof.mode not in MODES:
        return ""
    return MODES[proof.mode].zh if language == "zh" else f"{MODES[proof.mode].en} "


def _often_down(case: Case) -> Text:
    available, down = percent(case.figures.available), number(case.minutes.down)
    events, longest = case.minutes.down_events, number(case.minutes.longest_down)
    return Text(
        f"可用率 {available}，低于 {case.low:g}%；{events} 次故障共 {down} 分钟，最长 {longest} 分钟",
        f"Available {available}, below {case.low:g}%; {events} outages, {down} min, longest {longest}",
    )


def _limited(case: Case) -> Text:
    minutes = case.minutes
    zh, en = [f"可用率 {percent(case.figures.available)}"], [f"Available {percent(case.figures.available)}"]
    if case.figures.available is not None and case.figures.available < case.high:
        zh.append(f"比最高分界线 {case.high:g}% 低 {case.high - case.figures.available:.2f} 个百分点")
        en.append(f"{case.high - case.figures.available:.2f} points below the line of {case.high:g}%")
    if minutes.down:
        zh.append(
            f"{minutes.down_events} 次故障共 {number(minutes.down)} 分钟，最长 {number(minutes.longest_down)} 分钟"
        )
        en.append(f"{minutes.down_events} outages, {number(minutes.down)} min, longest {number(minutes.longest_down)}")
    if minutes.degraded:
        zh.append(f"受限 {number(minutes.degraded)} 分钟")
        en.append(f"limited for {number(minutes.degraded)} min")
    if case.evidence.now is State.DEGRADED:
        spell = case.open_spell(State.DEGRADED)
        zh.append("现在受限" if spell is None else f"现在受限：{spell.why.zh}（规则 {spell.rule}）")
        en.append("limited now" if spell is None else f"limited now: {spell.why.en} (rule {spell.rule})")
    return Text("；".join(zh), "; ".join(en))


def _gaps_could_hide(case: Case) -> Text:
    if case.minutes.doubted and case.figures.if_doubts_hold < case.high:
        doubted = number(case.minutes.doubted)
        return Text(
            f"有 {doubted} 分钟怀疑不能用而未能确认，足以改变分数，请现场确认",
            f"Suspected not to work for {doubted} min and never confirmed, enough to change the points; please check",
        )
    unseen = percent(100 - case.figures.coverage)
    return Text(
        f"没有发现问题，但 {unseen} 的开放时间未观测：最高分或中间分，请现场确认",
        f"Nothing bad seen, but {unseen} of opening time not observed: highest or middle points, please check",
    )


def _works(case: Case) -> Text:
    observed = number(case.figures.counted - case.minutes.unknown)
    proofs = [proof for proof in case.evidence.proofs if proof.grade >= case.evidence.proof_grade]
    zh = f"观测 {observed} 分钟，可用率 {percent(case.figures.available)}；功能验证 {len(proofs)} 次"
    en = f"{observed} min observed, available {percent(case.figures.available)}; function proofs: {len(proofs)}"
    if proofs:
        zh += f"，最近 {at_zh(proofs[0].at)}（规则 {proofs[0].rule}，{Grade(proofs[0].grade).name}）"
        en += f", last {at_en(proofs[0].at)} (rule {proofs[0].rule}, {Grade(proofs[0].grade).name})"
    if case.minutes.down:
        zh += f"；{case.minutes.down_events} 次故障共 {number(case.minutes.down)} 分钟"
        en += f"; {case.minutes.down_events} outages, {number(case.minutes.down)} min"
    said = contradicted.words(case.evidence) if contradicted.unanswered(case.evidence) else None
    return Text(zh, en) if said is None else Text(f"{zh}；{said.zh}", f"{en}; {said.en}")


def no_form(station: Text, rulebook: str) -> Text:
    """Why a station cannot be inspected."""
    return Text(
        f"{station.zh}适用的规则（{rulebook}）没有考评表，工会也未采用其他地区的考评表。",
        f"The rulebook of {station.en} ({rulebook}) has no inspection form, and its union has adopted none.",
    )


def not_in_force(rulebook: Text, day: date) -> Text:
    """Why a form cannot be of that day."""
    return Text(f"《{rulebook.zh}》自 {day} 起实施，此前不能据此检查。", f"“{rulebook.en}” is in force from {day} on.")


def not_a_value(key: str, item: Text, value: str, allowed: tuple[int, ...]) -> Text:
    """Names line, value and what is legal."""
    zh, en = "、".join(map(str, allowed)), ", ".join(map(str, allowed))
    return Text(
        f"“{item.zh}”（{key}）：“{value}”不是此项的分值，只能是 {zh}。未做任何改动。",
        f"{item.en} ({key}): '{value}' is not a value of this line; only {en}. Nothing was changed.",
    )


REASONS: dict[str, Callable[[Case], Text]] = {
    "R0": _removed,
    "R1": _by_hand,
    "loading": _loading,
    "two_boxes": _two_boxes,
    "R2": _down_now,
    "R3": _cannot_be_good,
    "R4": _too_little,
    "R5": _blind,
    "R6": _too_many_gaps,
    "R7": _not_exercised,
    "R8": _often_down,
    "R9": _limited,
    "R10": _gaps_could_hide,
    "R11": _works,
}

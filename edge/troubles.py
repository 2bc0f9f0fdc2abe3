"""What is wrong at a station, in words for whoever stands before its kiosk. Pure; the doctor tells a technician more.

What can be put right first comes first: ports, devices, the clock, the hub, the outbox, the disk.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from edge.settings import Settings
from edge.status import EVERY_S, DeviceStatus, Status
from shared.moment import ClockQuality
from shared.span import spoken
from shared.text import Text

MOST_TROUBLES = 8
"""What a screen of a kiosk holds."""
STOPPED_S = 60.0
"""A device is given this long, or as long as its reading is fresh."""
MANY, FEW = 0.1, 3
"""More than this share of questions without a reading is worth a look at the wires; so few failures may be chance."""
NEVER_ACKNOWLEDGED_S = 120.0
LEAST_HOURS = 48.0
"""A weekend without network must not cost anything."""
LEAST_DISK = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Signs:
    """What the agent knows beside its status."""

    clock: ClockQuality
    lasts_h: float | None
    """Hours until the outbox is full if nothing leaves it; None before a rate is known."""
    aside: int
    """Records the hub never took."""
    disk_free: int


def troubles(settings: Settings, status: Status, signs: Signs) -> list[Text]:
    """One sentence for each, the most MOST_TROUBLES; where there are more, the last says how many."""
    found = [*_ports(status), *_devices(settings, status), *_clock(signs), *_hub(status), *_outbox(status, signs)]
    if len(found) <= MOST_TROUBLES:
        return found
    left = len(found) - MOST_TROUBLES + 1
    return [*found[: MOST_TROUBLES - 1], Text(f"还有 {left} 处", f"and {left} more")]


def _ports(status: Status) -> Iterator[Text]:
    for path, opened in status.ports.items():
        if opened is False:
            yield Text(f"接口 {path} 打不开或已拔出", f"Port {path} cannot be opened, or is unplugged")


def _devices(settings: Settings, status: Status) -> Iterator[Text]:
    drivers = settings.drivers
    closed = {path for path, opened in status.ports.items() if opened is False}
    behind = {device.name for line in settings.lines if line.port in closed for device in line.devices}
    behind |= {device.name for device in settings.streams if device.port in closed}
    for device in status.devices:
        if device.name in behind or device.name not in drivers:
            continue  # its port has been told
        yield from _device(device, drivers[device.name].fresh_s, status.running_s)


def _device(device: DeviceStatus, fresh_s: float, running_s: float) -> Iterator[Text]:
    name = device.name
    if device.answered_s is None:
        if device.failures and running_s >= STOPPED_S:
            yield Text(f"设备 {name} 一直没有回答", f"Device {name} has never answered")
        return
    if device.answered_s > max(fresh_s, STOPPED_S) + EVERY_S:
        since = spoken(device.answered_s)
        yield Text(f"设备 {name} 已 {since.zh}没有回答", f"Device {name} has not answered for {since.en}")
        return
    failed = sum(device.recent_failures.values())
    asked = device.recent_answers + failed
    if failed >= FEW and failed > MANY * asked:
        share = f"{failed / asked:.0%}"
        yield Text(
            f"设备 {name} 有 {share} 的询问没有读数：查接线", f"Device {name}: {share} of questions fail, check wires"
        )


def _clock(signs: Signs) -> Iterator[Text]:
    if signs.clock is ClockQuality.WRONG:
        yield Text("时钟不对：校准之前不做判断", "The clock is wrong: nothing is judged until it is right")
    elif signs.clock is ClockQuality.PLAUSIBLE:
        yield Text("时钟没有对时", "The clock is not synchronised")


def _hub(status: Status) -> Iterator[Text]:
    if not status.connected:
        yield Text("连不上中心：数据先存在本机", "The hub cannot be reached: data are stored here")
    elif status.hub_says is False:
        yield Text("中心暂时停机：数据先存在本机", "The hub is away: data are stored here")
    elif status.unanswered_s is not None and status.unanswered_s > NEVER_ACKNOWLEDGED_S:
        since = spoken(status.unanswered_s)
        yield Text(f"中心已 {since.zh}没有确认收到", f"The hub has confirmed nothing for {since.en}")


def _outbox(status: Status, signs: Signs) -> Iterator[Text]:
    if status.not_kept:
        yield Text("本机存储已满：刚才的数据没有记下", "The store is full: the last data were not kept")
    if signs.lasts_h is not None and signs.lasts_h < LEAST_HOURS:
        hours = f"{signs.lasts_h:.0f}"
        yield Text(f"断网的话，本机存储只够 {hours} 小时", f"Without network the store lasts only {hours} h")
    if signs.aside:
        yield Text(f"有 {signs.aside} 条记录中心没有接收", f"{signs.aside} records were not taken by the hub")
    if status.forgotten:
        yield Text("部分记忆读不出，判断已从头开始", "Some memory could not be read: judging began anew")
    if signs.disk_free < LEAST_DISK:
        megabytes = signs.disk_free // 1024**2
        yield Text(f"磁盘只剩 {megabytes} MB", f"Only {megabytes} MB of disk are left")

"""Facilities of `station.toml`: a wire joins a quantity the kind has and a channel the device has, of one unit."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from edge.driver import TWO_STATE, Driver
from edge.settings.devices import doubles
from edge.settings.shape import Facility, Wire
from edge.settings.tables import FacilityTable, Placed, nearest
from shared.facility import Kind, UnknownKind, kind_of, kinds
from shared.quantities import Quantity, UnknownQuantity, split
from shared.text import Text

SHARED = frozenset({"voltage", "frequency"})
"""One circuit has one of these: two sockets may be wired to the same channel."""
INVERTED = "!"


def wired(
    tables: Sequence[Placed[FacilityTable]],
    devices: Mapping[str, Driver | None],
    known_options: Mapping[str, Collection[str]],
    problems: list[str],
) -> tuple[Facility, ...]:
    """The facilities, and a sentence for each mistake. A device whose model is unknown is None: not judged here."""
    facilities = []
    for table, place in tables:
        try:
            kind = kinds()[kind_of(table.id)]
        except UnknownKind as unknown:
            problems.append(f"{place}: {unknown}{nearest(table.id.rpartition('-')[0], kinds())}")
            continue
        wrong = list(_wrong_options(table, kind, known_options.get(kind.name, ())))
        wires = []
        for quantity, target in table.wires.items():
            try:
                wires.append(_wire(quantity, target, kind, table.id, devices))
            except _WrongWire as cannot:
                wrong.append(f"{quantity} = {target!r}: {cannot}")
        wrong.extend(_double_wires(wires))
        problems.extend(f"{place}: {problem}" for problem in wrong)
        label = table.label or _label(table.id, kind)
        facilities.append(Facility(table.id, kind.name, label, tuple(wires), table.options))
    problems.extend(doubles("facilities", (table.id for table, _place in tables)))
    return tuple(facilities)


class _WrongWire(Exception):
    """A wire that cannot be; the message says why."""


def _wire(name: str, target: str, kind: Kind, facility: str, devices: Mapping[str, Driver | None]) -> Wire:
    quantity = _quantity(name, kind, facility)
    inverted = target.endswith(INVERTED)
    device, dot, channel = target.removesuffix(INVERTED).partition(".")
    if not dot:
        raise _WrongWire('a wire is "device.channel"')
    if device not in devices:
        guess = nearest(device, devices) or f"; there are {', '.join(devices) or 'none'}"
        raise _WrongWire(f"there is no device {device!r}{guess}")
    driver = devices[device]
    if driver is not None:
        if channel not in driver.channels:
            raise _WrongWire(f"{device} has no channel {channel}; it has {', '.join(driver.channels)}")
        unit = driver.channels[channel]
        felt = TWO_STATE if quantity.two_state else quantity.unit
        if unit != felt:
            raise _WrongWire(f"{quantity.name} is in {felt or 'no unit'}, {target} in {unit or 'no unit'}")
        if inverted and unit != TWO_STATE:
            raise _WrongWire("only a contact can be inverted with !")
    return Wire(name, device, channel, inverted)


def _quantity(name: str, kind: Kind, facility: str) -> Quantity:
    has = f"; it has {', '.join(sorted(kind.quantities))}" if kind.quantities else "; nothing is measured of it"
    try:
        quantity, socket = split(name)
    except UnknownQuantity as unknown:
        plain = name.partition(".")[0]
        if guess := nearest(plain, kind.quantities):
            raise _WrongWire(f"{plain!r} is not a quantity{guess}") from unknown
        raise _WrongWire(str(unknown)) from unknown
    if quantity.name not in kind.quantities:
        raise _WrongWire(f"{facility} has no quantity {quantity.name}{has}")
    if socket is not None and not kind.per_socket:
        raise _WrongWire(f"{facility} has no sockets: write {quantity.name} without a number")
    return quantity


def _wrong_options(table: FacilityTable, kind: Kind, known: Collection[str]) -> Iterable[str]:
    for name in table.options:
        if name not in known:
            has = f"; it has {', '.join(sorted(known))}" if known else "; it has none"
            yield f"{kind.name} has no option {name}{nearest(name, known) or has}"


def _double_wires(wires: Sequence[Wire]) -> Iterable[str]:
    first: dict[tuple[str, str], str] = {}
    for wire in wires:
        other = first.setdefault((wire.device, wire.channel), wire.quantity)
        if other != wire.quantity and split(wire.quantity)[0].name not in SHARED:
            yield f"{other} and {wire.quantity} are both wired to {wire.device}.{wire.channel}"


def _label(facility: str, kind: Kind) -> Text:
    number = facility.rpartition("-")[2]
    return kind.label if number == "1" else Text(f"{kind.label.zh} {number}", f"{kind.label.en} {number}")

"""Lines and devices of `station.toml`: every device has a known model and a way to it that no other one blocks."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from edge.driver import Driver
from edge.settings.shape import Line, ModbusDevice, StreamDevice
from edge.settings.tables import DeviceTable, LineTable, Placed, nearest

ADDRESSES = range(1, 248)


def doubles(kind: str, names: Iterable[str]) -> list[str]:
    """A sentence for each name that stands more than once."""
    return [f"there are {count} {kind} {name!r}" for name, count in Counter(names).items() if count > 1]


def ways(
    lines: Sequence[Placed[LineTable]],
    devices: Sequence[Placed[DeviceTable]],
    known: Mapping[str, Driver],
    line_names: Collection[str],
    problems: list[str],
) -> tuple[tuple[Line, ...], tuple[StreamDevice, ...]]:
    """Lines with their devices, and the devices on ports of their own; a sentence for each mistake.

    `line_names` are those of all lines, also of lines with mistakes.
    """
    on_line: dict[str, list[ModbusDevice]] = {name: [] for name in line_names}
    streams = []
    for table, place in devices:
        driver = known.get(table.model)
        if driver is None:
            guess = nearest(table.model, known) or f"; there are {', '.join(known)}"
            problems.append(f"{place}: there is no model {table.model!r}{guess}")
            continue
        wrong = [*_wrong_options(table, driver), *_wrong_way(table, driver, on_line)]
        problems.extend(f"{place}: {problem}" for problem in wrong)
        every_s, ready = table.every_s or driver.every_s, driver.set_up(table.options)
        if not wrong and table.line and table.address:
            on_line[table.line].append(ModbusDevice(table.name, ready, table.address, every_s))
        elif not wrong and table.port:
            rate = table.baudrate or driver.baudrate
            streams.append(StreamDevice(table.name, ready, table.port, rate, every_s))
    problems.extend(_clashes(lines, devices))
    if not problems:
        problems.extend(f"{place}: has no devices" for table, place in lines if not on_line[table.name])
    ready_lines = (Line(table.name, table.port, table.baudrate, tuple(on_line[table.name])) for table, _place in lines)
    return tuple(ready_lines), tuple(streams)


def _wrong_options(table: DeviceTable, driver: Driver) -> Iterable[str]:
    for name, value in table.options.items():
        if name not in driver.options:
            has = f"has {', '.join(driver.options)}" if driver.options else "has none"
            yield f"{driver.model} has no option {name}; it {has}"
        elif value not in driver.options[name]:
            legal = " or ".join(str(choice) for choice in driver.options[name])
            yield f"option {name} is {legal}, not {value!r}"


def _wrong_way(table: DeviceTable, driver: Driver, lines: Mapping[str, object]) -> Iterable[str]:
    if driver.stream is not None:
        if table.port is None:
            yield f"port is missing: {driver.model} talks unasked on a port of its own"
        if table.line is not None or table.address is not None:
            yield f"{driver.model} has neither line nor address: it talks unasked on a port of its own"
        return
    if table.port is not None or table.baudrate is not None:
        yield f"port and baudrate of {driver.model} are those of its [[line]]"
    if table.line is None:
        yield f"line is missing: {driver.model} is asked over a [[line]]"
    elif table.line not in lines:
        guess = nearest(table.line, lines) or f"; there are {', '.join(lines) or 'none'}"
        yield f"there is no line {table.line!r}{guess}"
    if table.address is None:
        yield f"address is missing: {driver.model} is asked by its address"
    elif table.address not in ADDRESSES:
        yield f"address {table.address} is not between 1 and 247"


def _clashes(lines: Sequence[Placed[LineTable]], devices: Sequence[Placed[DeviceTable]]) -> Iterable[str]:
    yield from doubles("lines named", (line.table.name for line in lines))
    yield from doubles("devices named", (device.table.name for device in devices))
    ports = [("line", line.table.name, line.table.port) for line in lines]
    ports += [("device", table.name, table.port) for table, _place in devices if table.port]
    for port, count in Counter(port for _what, _name, port in ports).items():
        if count > 1:
            users = " and ".join(f"{what} {name}" for what, name, used in ports if used == port)
            yield f"port {port} belongs to one only, not to {users}"
    addresses: dict[tuple[str, int], list[str]] = {}
    for table, _place in devices:
        if table.line is not None and table.address is not None:
            addresses.setdefault((table.line, table.address), []).append(table.name)
    for (line, address), names in addresses.items():
        if len(names) > 1:
            yield f"line {line}: {' and '.join(names)} have the same address {address}"

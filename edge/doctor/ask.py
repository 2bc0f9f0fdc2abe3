"""The doctor asks for itself: every device once, where no agent does. Ports are opened one after the other."""

import termios

from edge.driver import BadFrame
from edge.modbus import Asker, Failed, Failure, asking
from edge.port import overheard
from edge.settings import Line, ModbusDevice, Settings, StreamDevice

TRIES = 3
LISTEN_S = 1.5


async def ask_all(settings: Settings) -> dict[str, str | None]:
    """By device: why there was no reading, or None where there was one."""
    said: dict[str, str | None] = {}
    for line in settings.lines:
        said |= await _line(line)
    for device in settings.streams:
        said[device.name] = await _stream(device)
    return said


async def _line(line: Line) -> dict[str, str | None]:
    async with asking(line.port, line.baudrate) as asker:
        if not asker.connected:
            return {device.name: "the port cannot be opened" for device in line.devices}
        return {device.name: await _device(asker, device) for device in line.devices}


async def _device(asker: Asker, device: ModbusDevice) -> str | None:
    why = None
    for _ in range(TRIES):
        try:
            values = [value for read in device.driver.reads for value in await asker.read(device.address, read)]
            device.driver.decode(values)
        except BadFrame as bad:
            return str(bad)
        except Failed as failed:
            why = str(failed)
            if failed.kind is Failure.PORT_GONE:
                return why
            await asker.settle()
        else:
            return None
    return why


async def _stream(device: StreamDevice) -> str | None:
    try:
        heard = await overheard(device.port, device.baudrate, LISTEN_S)
    except (OSError, termios.error, ValueError) as error:
        return f"the port cannot be opened: {error}"
    if device.driver.stream is not None and device.driver.stream().hear(heard):
        return None
    return f"no report within {LISTEN_S:g} s" if not heard else "what it says is no report: another baud rate?"

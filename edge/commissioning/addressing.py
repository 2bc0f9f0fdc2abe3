"""A device gets its address, the way its manual says, and only when nothing else can be meant."""

from collections.abc import Sequence

from edge.commissioning.search import TRIES, Found, look
from edge.driver import AddressRegister, Driver, HoldingRegisters
from edge.modbus import BROADCAST, Asker, Failed
from edge.settings.devices import ADDRESSES


class Refused(Exception):
    """The address is not changed; the message says why and what to do."""


def the_one(found: Sequence[Found]) -> Found:
    """The only device on the line, of a model that is certain. Raises Refused."""
    if not found:
        raise Refused("nobody answers: check power, A and B, and that the address and baud rate were among those asked")
    if garbled := [device for device in found if device.garbled]:
        raise Refused(
            f"what answers at address {garbled[0].address} cannot be read: two devices with one address, noise, or "
            "another baud rate. Connect one device alone and try again"
        )
    if len(found) > 1:
        where = " and ".join(str(device.address) for device in found)
        raise Refused(f"{len(found)} devices answer, at {where}: connect the one that is meant alone")
    (device,) = found
    if not device.guesses:
        raise Refused(f"what answers at address {device.address} is none of the models known here")
    if len(device.guesses) > 1:
        models = " or ".join(guess.driver.model for guess in device.guesses)
        raise Refused(f"it may be {models}: say which with --model")
    return device


def check_change(device: Found, address: int) -> AddressRegister:
    """Where the address is written, if this device may be given this one. Raises Refused."""
    driver = device.guesses[0].driver
    if address not in ADDRESSES:
        raise Refused(f"address {address} is not between 1 and 247")
    if driver.address is None:
        raise Refused(f"how a {driver.model} is given its address is not known here")
    if not device.guesses[0].certain:
        raise Refused(
            f"it reads like a {driver.model}, but register 0x{driver.address.register:04X} does not hold its address: "
            "writing there could change something else"
        )
    return driver.address


async def give_address(asker: Asker, models: Sequence[Driver], found: Found, address: int) -> None:
    """Write and read back. Raises Refused where somebody has the address already, or the device did not take it."""
    where = check_change(found, address)
    if await look(asker, models, found.baudrate, address) is not None:
        raise Refused(f"somebody answers at address {address} already")
    try:
        await asker.write(BROADCAST if where.broadcast else found.address, where.register, address)
    except Failed:
        await asker.settle()  # the echo may be lost and the write done: only reading back tells
    if await _says(asker, where, address):
        return
    if await _says(asker, where, found.address):
        raise Refused(
            f"it still answers at address {found.address}: switch it off and on, and run this again to see its address"
        )
    raise Refused(
        f"it answers neither at {found.address} nor at {address} now: switch it off and on, and run this again"
    )


async def _says(asker: Asker, where: AddressRegister, address: int) -> bool:
    """Whether a device at this address says that this is its address."""
    for _ in range(TRIES):
        try:
            return await asker.read(address, HoldingRegisters(where.register, 1)) == [address]
        except Failed:
            await asker.settle()
    return False

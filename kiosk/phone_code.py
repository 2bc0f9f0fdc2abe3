"""What the kiosk's QR code says: where a phone reaches this station, and that it is here now. Pure."""

from dataclasses import dataclass

from shared.board import KioskKeys
from shared.door_code import CODE_STEP_S, door_code
from shared.moment import ClockQuality, Stamp


@dataclass(frozen=True, slots=True)
class DoorCode:
    """The code on the glass, and for how long."""

    url: str
    """In capitals, which a QR code holds in a third less room; the hub asks for no case."""
    left_s: int


def code_at(keys: KioskKeys | None, public_url: str, now: Stamp) -> DoorCode | None:
    """The code of this moment. None: the kiosk has no key, phones reach no hub, or the clock is known to be wrong."""
    if keys is None or not public_url or now.clock is ClockQuality.WRONG:
        return None
    code = door_code(bytes.fromhex(keys.qr), keys.station, now.at)
    left = CODE_STEP_S - int(now.at.timestamp()) % CODE_STEP_S
    return DoorCode(f"{public_url.rstrip('/')}/C/{keys.station}/{code}".upper(), left)

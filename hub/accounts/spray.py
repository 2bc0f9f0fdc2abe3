"""How many wrong passwords may come from one address, whatever names they are for. Pure.

A leaky bucket: each wrong one weighs `FORGIVEN_EVERY`, and at most `MOST` are carried. So a password sprayed over many
names gets three tries a minute, and once it stops, everybody else behind the same address may go on within seconds.
"""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address

MOST = 20
"""Wrong passwords in a row that no address must wait for: a busy office mistypes, too."""
FORGIVEN_EVERY = timedelta(seconds=20)
LONGEST = 64


def place(address: str | None) -> str:
    """What counts as one address: of IPv6 a network of 64 bits, which one customer has. Empty: nobody knows."""
    if not address:
        return ""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:LONGEST]
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return f"{IPv6Address(int(found) >> 64 << 64)}/64"


def is_full(forgiven_at: float, now: float) -> bool:
    """Whether the address waits before another password is looked at. Both in seconds since 1970."""
    return forgiven_at - now > (MOST - 1) * FORGIVEN_EVERY.total_seconds()

"""How many wrong passwords may come from one address, whatever names they are for. Pure.

A password sprayed over many names gets three tries a minute, and once it stops, everybody else behind the same address
may go on within seconds.
"""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from hub.accounts.bucket import Bucket

WRONG_PASSWORDS = Bucket(20, timedelta(seconds=20))
"""No address must wait for so many in a row: a busy office mistypes, too."""
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

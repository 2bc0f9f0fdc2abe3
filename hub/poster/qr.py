"""The station's static code, as a drawing. Only here is segno used.

It only says which station this is: whoever has a photo of it can scan it at home. A check-in by it is marked as such.
"""

from io import BytesIO

import segno

QUIET_ZONE = 4
"""Modules of white around, as ISO/IEC 18004 asks."""
CORRECTION = "q"
"""A quarter of it may be scratched or wet."""


def static_address(public_url: str, station: str) -> str:
    """What the code says, in capitals: so it is of a QR code's alphanumeric mode, and the hub's paths know no case."""
    return f"{public_url.rstrip('/')}/C/{station}".upper()


def drawn(address: str) -> str:
    """SVG, black on white whatever is around it."""
    out = BytesIO()
    code = segno.make(address, error=CORRECTION, micro=False, boost_error=False)
    code.save(
        out, kind="svg", border=QUIET_ZONE, xmldecl=False, svgclass=None, lineclass=None, omitsize=True,
        dark="#000", light="#fff", nl=False,
    )  # fmt: skip
    return out.getvalue().decode()

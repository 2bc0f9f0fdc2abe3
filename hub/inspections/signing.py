"""Who signs a form, and what is still missing. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.text import Text


class Signer(StrEnum):
    """In which part somebody signs."""

    INSPECTOR = "inspector"
    HEAD = "head"


SIGNERS: dict[Signer, Text] = {
    Signer.INSPECTOR: Text("检查人", "Inspector"),
    Signer.HEAD: Text("站长", "Station head"),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """A name under the form, or the refusal of one."""

    signer: Signer
    name: str
    at: datetime
    by: str
    """Whose account took it."""
    drawing: str | None = None
    """Id of the photo of it. None: typed only, or refused."""
    refused: str | None = None
    """Why there is none. None: signed."""


def missing(signatures: Sequence[Signature]) -> list[Signer]:
    """Whose signature is still needed: an inspector's, and the head's or why there is none."""
    signed = {one.signer for one in signatures if one.refused is None or one.signer is Signer.HEAD}
    return [signer for signer in Signer if signer not in signed]

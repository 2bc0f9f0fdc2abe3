"""A revealed proposal is sealed: written once as JSON with its digest, read back as it was. Pure."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from hub.inspections.prefill import ItemProposal

_ADAPTER: TypeAdapter[ItemProposal] = TypeAdapter(ItemProposal)


@dataclass(frozen=True, slots=True)
class Sealed:
    content: dict[str, Any]
    digest: str
    """SHA-256 of the content, hexadecimal: what is printed beside the evidence."""


class BrokenSeal(ValueError):
    """The stored content is not what was sealed."""


def seal(proposal: ItemProposal) -> Sealed:
    """What is stored at the moment of revealing."""
    content: dict[str, Any] = _ADAPTER.dump_python(proposal, mode="json")
    return Sealed(content, digest(content))


def digest(content: dict[str, Any]) -> str:
    """The same for the same content, whatever the order of its keys."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def unseal(sealed: Sealed) -> ItemProposal:
    """The proposal as it was revealed. Raises BrokenSeal where somebody changed it since."""
    if digest(sealed.content) != sealed.digest:
        raise BrokenSeal(f"the content does not match its seal {sealed.digest[:12]}")
    return _ADAPTER.validate_python(sealed.content)

"""How much the wire takes (design.md §3)."""

RECORD_LIMIT = 32 * 1024
"""Bytes of one record."""
TRACE_LIMIT = 200
"""Values in one evidence trace."""
ENVELOPE_LIMIT = 128 * 1024
"""Bytes of one envelope."""
ENVELOPE_RECORDS = 500
"""Records in one envelope."""

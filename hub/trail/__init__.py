"""The audit trail: who did what to what, when, why. Append-only, hash-chained."""

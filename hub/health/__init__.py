"""States over time: masks, spells, proofs; from them, availability."""

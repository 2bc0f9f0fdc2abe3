"""The station's judgement: samples become verdicts, by streaming rules without I/O (health.md A0–A8)."""

"""The inspection form: proposals from evidence, look first, reveal, decide, submit."""

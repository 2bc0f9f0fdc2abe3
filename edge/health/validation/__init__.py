"""Can a facility's sensors be believed? One test a module (health.md A1, SV2–SV10); `checks` says which apply."""

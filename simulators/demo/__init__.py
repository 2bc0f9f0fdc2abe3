"""The demo: a hub, three stations and a kiosk on loopback, started as processes, told by their commands."""

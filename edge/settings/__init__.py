"""`station.toml`: who the station is and how it is wired. A wire that cannot be is refused by name."""

from edge.settings.file import load
from edge.settings.shape import Facility, Line, ModbusDevice, Settings, SettingsError, StreamDevice, Wire

__all__ = ["Facility", "Line", "ModbusDevice", "Settings", "SettingsError", "StreamDevice", "Wire", "load"]

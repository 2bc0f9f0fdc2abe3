"""Home Assistant finds the stations: device-based MQTT discovery, only where the settings ask for it."""

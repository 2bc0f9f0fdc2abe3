"""The station agent: reads devices, judges facilities, reports. It knows `shared` and no other program."""

"""The kiosk at a station, for one finger. What people say goes to the outbox; there is no network code."""

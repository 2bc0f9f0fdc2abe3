"""S14, what only an attendant sees: how the station fares, the rules' questions, and the kiosk's own upkeep.

Nothing of it is about a person. Five touches of the clock and four digits that change open it (`shared/door_code.py`).
"""

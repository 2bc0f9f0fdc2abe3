"""A kiosk's desk in a process of its own, checking in as fast as it can: `python -m tests.kiosk.hammering FOLDER N`.

It prints each record's id once the desk has said that it is kept, which is when a person would read thanks.
"""

import sys
from pathlib import Path

from kiosk.desk import Desk, NotKept
from kiosk.settings import KioskSettings
from shared.moment import system_clock

if __name__ == "__main__":
    desk = Desk(KioskSettings.of(Path(sys.argv[1])), system_clock())
    for _ in range(int(sys.argv[2])):
        try:
            print(desk.put(desk.check_in("courier")), flush=True)
        except NotKept:
            print("not kept", flush=True)

"""The generator as a process: the fleet comes in as a line of JSON, then the broker, then a line a phase.

Figures go out the same way. At the end of the input it says, station by station, how many minutes and quarters the
hub has said it committed.
"""

import gc
import json
import signal
import sys

from tests.benchmarks.load.generator import Generator, Refused
from tests.benchmarks.load.phase import Fleet, Phase, Where, spelled


def main() -> int:
    """The process. 1: the broker refused somebody."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it, by closing its input
    generator = Generator(Fleet(**json.loads(sys.stdin.readline())))
    try:
        generator.connect(Where(**json.loads(sys.stdin.readline())))
        gc.collect()
        gc.freeze()
        gc.disable()  # nothing here is circular, and a pause would be read as the hub's
        print(json.dumps({"connected": len(generator.stations)}), flush=True)
        for line in sys.stdin:
            print(spelled(generator.run(Phase(**json.loads(line)))), flush=True)
    except (Refused, OSError) as error:
        print(json.dumps({"refused": str(error)}), flush=True)
        return 1
    print(json.dumps({station.name: (station.minutes, station.quarters) for station in generator.stations}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

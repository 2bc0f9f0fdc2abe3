"""房间: watched for climate and presence, not scored."""

from shared.facility import DANGER, OTHER, Kind, Problem
from shared.text import Text

KIND = Kind(
    name="room",
    label=Text("室内环境", "Room"),
    scored=False,
    optional=frozenset({"room_temperature", "room_humidity", "outdoor_temperature", "presence", "people"}),
    not_observable=Text("传感器看不到：清洁、异味。", "Sensors cannot see: cleanliness, smell."),
    problems=(
        DANGER,
        Problem("hazard", Text("安全隐患", "Safety hazard"), danger=True),
        Problem("dirty", Text("卫生差", "Not clean")),
        Problem("no_supplies", Text("缺纸杯、纸巾等", "Cups, tissues gone")),
        Problem("no_water", Text("缺水", "No water")),
        Problem("light", Text("灯不亮", "No light")),
        OTHER,
    ),
)

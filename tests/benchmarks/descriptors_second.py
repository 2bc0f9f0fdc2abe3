"""A second Mosquitto for the stations one may not hold: both are joined by Mosquitto's own bridge, behind one hub."""

from pathlib import Path

from hub import mosquitto
from shared import topics
from tests.mosquitto import Mosquitto, Tls

USER, PASSWORD = "bridge", "of the second broker"
OUT = (topics.SUBSCRIBE_NOW, topics.SUBSCRIBE_LATER, topics.SUBSCRIBE_STATE)
IN = (topics.ack("+"), topics.settings("+"), topics.HUB_STATE)


class Second(Mosquitto):
    """Knows the stations the first knows, at its last `join`."""

    def __init__(self, folder: Path, first: Mosquitto, tls: Tls, ca: Path) -> None:
        super().__init__(folder, tls)
        self._first, self._ca = first, ca

    def join(self) -> None:
        """Learn the stations, and have the first let the bridge in. Again whenever the hub has written its files."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in ("passwords", "acl"):
            (self.folder / name).write_bytes((self._first.folder / name).read_bytes())
            (self.folder / name).chmod(0o600)
        with (self._first.folder / "passwords").open("a") as file:
            file.write(f"{USER}:{mosquitto.hashed(PASSWORD)}\n")
        with (self._first.folder / "acl").open("a") as file:
            lines = [f"topic write {topic}" for topic in OUT] + [f"topic read {topic}" for topic in IN]
            file.write("\n".join(["", f"user {USER}", *lines, ""]))

    def _conf(self) -> str:
        lines = [
            "connection first",
            f"address 127.0.0.1:{self._first.port}",
            f"bridge_cafile {self._ca}",
            "bridge_protocol_version mqttv311",
            "cleansession true",
            "restart_timeout 1",
            f"remote_username {USER}",
            f"remote_password {PASSWORD}",
            *(f"topic {topic} out 1" for topic in OUT),
            *(f"topic {topic} in 1" for topic in IN),
        ]
        return super()._conf() + "\n".join(lines) + "\n"

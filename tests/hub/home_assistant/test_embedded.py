"""The embedded broker lets Home Assistant read what is live, and nothing else."""

import json
import socket
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from hub import broker
from hub.__main__ import app
from hub.keys import hub_keys
from hub.permissions import READER, reader_reads
from hub.supervisor import Program, start
from shared import topics
from tests.hub.mqtt_station import eventually


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_it_reads_what_is_live_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text("mqtt_port = 0\nweb_port = 0\nhome_assistant = true\n")
    said = CliRunner().invoke(app, ["home-assistant", "--folder", str(tmp_path)])
    told = dict(line.split(maxsplit=1) for line in said.output.splitlines())
    assert said.exit_code == 0, said.output
    assert (told["user"], told["password"]) == (READER, hub_keys(tmp_path).reader_password)
    port = json.loads((tmp_path / "ports.json").read_text())["mqtt"]
    process = start(Program("broker", broker.command(tmp_path)))
    try:
        assert eventually(lambda: listens(port))
        allowed = ["homeassistant/#", "homeassistant/+/+/config", *reader_reads("homeassistant")[2:]]
        refused = [topics.up_now("+"), topics.ack("+"), "#"]
        asked = READS.format(port=port, password=told["password"], topics=[*allowed, *refused])
        answers = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=20, check=True)
        assert json.loads(answers.stdout) == dict.fromkeys(allowed, True) | dict.fromkeys(refused, False)
    finally:
        process.kill()
        process.wait()


READS = """
import json, queue
from paho.mqtt.client import Client, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion
client, granted, up = Client(CallbackAPIVersion.VERSION2, "ha", True, None, MQTTv311), queue.Queue(), queue.Queue()
client.username_pw_set("homeassistant", "{password}")
client.on_connect = lambda *_: up.put(1)
client.on_subscribe = lambda _c, _d, _m, reasons, _p: granted.put(not reasons[0].is_failure)
client.connect("127.0.0.1", {port}); client.loop_start(); up.get(timeout=10)
said = {{}}
for topic in {topics}:
    client.subscribe(topic); said[topic] = granted.get(timeout=10)
print(json.dumps(said)); client.disconnect()
"""

"""The app without anything in it: public, whole, and never two editions at once."""

import json
import re

from hub.offline import files
from tests.hub.inspections.conftest import Hub


def test_the_app_holds_nothing_of_anybody(hub: Hub) -> None:
    stranger, inspector = hub.browser(), hub.browser("inspector", "zhang")
    assert stranger.get("/inspections/app").text == inspector.get("/inspections/app").text
    page = stranger.get("/inspections/app?language=en")
    assert page.status_code == 200 and 'lang="en"' in page.text and "csrf" not in page.text
    assert stranger.get("/inspections/app?language=fr").status_code == 422
    # Scripts bring no words, and a page no script or style of its own.
    assert re.search(r"<script(?![^>]*src=)|<style|style=|\son\w+=", page.text) is None
    for name, content in files.contents().items():
        if name.endswith(".js"):
            assert re.search(r"[\u4e00-\u9fff]", content.decode()) is None, name


def test_the_worker_keeps_every_file_there_is_and_each_is_served(hub: Hub) -> None:
    stranger = hub.browser()
    worker = stranger.get("/inspections/app/worker.js")
    assert worker.headers["service-worker-allowed"] == "/inspections/app"
    assert worker.headers["cache-control"] == "no-cache"
    told = json.loads(re.match(r"const APP = (.*);\n", worker.text)[1])  # type: ignore[index]
    assert {name for name in files.contents() if name != files.WORKER} == {
        address.rpartition("/")[2] for address in told["files"] if "/inspections/app/" in address
    }
    for address in told["files"]:
        answer = stranger.get(address)
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"], address
    page = stranger.get("/inspections/app").text
    loaded = set(re.findall(r'(?:href|src)="(/(?:static|inspections/app)/[^"]+)"', page))
    assert {address for address in loaded if "manifest" not in address} <= set(told["files"])


def test_modules_are_of_one_edition(hub: Hub) -> None:
    stranger = hub.browser()
    for wrong in ("/inspections/app/0000000000000000/app.js", files.address("secrets.js")):
        assert stranger.get(wrong).status_code == 404
    imported = {
        name for content in files.contents().values() for name in re.findall(rb'from "\./([a-z_]+\.js)"', content)
    }
    assert {name.decode() for name in imported} <= set(files.contents())


def test_a_phone_can_put_it_among_its_apps(hub: Hub) -> None:
    answer = hub.browser().get("/inspections/app/manifest.webmanifest?language=en")
    assert answer.headers["content-type"].startswith("application/manifest+json")
    told = answer.json()
    assert (told["name"], told["scope"], told["display"]) == (
        "Waystation inspections",
        "/inspections/app",
        "standalone",
    )
    for icon in told["icons"]:
        assert hub.browser().get(icon["src"]).headers["content-type"] == icon["type"]

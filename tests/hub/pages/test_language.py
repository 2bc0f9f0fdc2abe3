"""One language at a time, and nothing left untranslated."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import hub
from hub.translations import LOCALE, english

TEMPLATES = Path(hub.__path__[0]) / "templates"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def wanted() -> dict[str, str]:
    """Every text of the templates, with the file it stands in."""
    methods, options = [("**.html", "jinja2.ext:babel_extract")], {"**.html": {"newstyle_gettext": "true"}}
    return {
        str(text): str(file)
        for file, _, text, _, _ in extract_from_dir(str(TEMPLATES), methods, options)
    }  # fmt: skip


def test_every_text_of_the_templates_has_its_english():
    assert {text: file for text, file in wanted().items() if text not in english()} == {}


def test_no_translation_is_left_over_or_loses_a_placeholder():
    texts = wanted()
    assert [text for text in english() if text not in texts] == []
    assert [
        text for text, said in english().items() if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(said))
    ] == []


def test_no_text_stands_in_a_template_untranslated():
    for template in TEMPLATES.rglob("*.html"):
        # An official form stays in the language of its regulation, and says so.
        ours = re.sub(r'<section[^>]*lang="zh-CN".*?</section>', "", template.read_text(), flags=re.DOTALL)
        bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", ours, flags=re.DOTALL)
        # The name of a language is written in that language; brackets are punctuation.
        left = [line for line in bare.splitlines() if CHINESE.search(line) and 'lang="zh-CN"' not in line]
        assert left == [], template.name


@pytest.mark.parametrize("path", sorted((LOCALE / "en").glob("*.po")), ids=lambda path: path.name)
def test_catalogues_are_sound(path):
    with path.open("rb") as file:
        catalogue = read_po(file, locale="en", abort_invalid=True)
    assert [message.id for message in catalogue if message.id and (not message.string or message.fuzzy)] == []


def test_the_choice_holds_for_the_user_in_every_browser(furnished, maintainer):
    answer = maintainer.post("/language", {"language": "en", "onward": "/alerts"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/alerts")
    maintainer.client.cookies.clear()
    assert maintainer.sign_in().status_code == 303
    assert "No open alerts" not in maintainer.get("/alerts").text
    assert "13.4 ℃ inside, limit 8 ℃" in maintainer.get("/alerts").text


@pytest.mark.parametrize(
    "address",
    [
        "/stations",
        "/stations/k3v9x2m7qa",
        "/stations/k3v9x2m7qa/facilities/fridge-1",
        "/alerts",
        "/alerts/1",
        "/questions",
        "/stations/k3v9x2m7qa/facilities/microwave-1",
        "/stations/k3v9x2m7qa/facilities/fridge-1?days=7",
        "/nowhere",
    ],
)
def test_an_english_page_has_no_chinese_but_names_and_addresses(furnished, maintainer, address):
    furnished.counted(3, 2, "suspect")
    furnished.profile()
    furnished.question()
    furnished.question(id_="asked", closed_at=furnished.now)
    furnished.statement("asked", "no", furnished.now - timedelta(minutes=5))
    furnished.question("fridge-1", due=furnished.now - timedelta(minutes=1))
    maintainer.post("/language", {"language": "en"})
    page = maintainer.get(address).text
    assert '<html lang="en">' in page
    for own in ("王芳", "中山路 1 号", "中文"):
        page = page.replace(own, "")
    assert CHINESE.findall(page) == []


def test_a_stranger_chooses_too(stranger):
    stranger.post("/language", {"language": "en"}, page="/sign-in")
    assert "Sign in to the Waystation hub" in stranger.get("/sign-in").text


def test_the_api_speaks_the_askers_language(furnished, maintainer):
    maintainer.post("/language", {"language": "en"})
    assert maintainer.get("/api/alerts/99").json()["message"] == "There is no alert 99."

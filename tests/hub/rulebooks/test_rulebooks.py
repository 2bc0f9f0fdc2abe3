"""Every edition in the folder says where its numbers come from; each has worked examples."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from hub.inspections.scoring import total
from hub.rulebook import Rubric, Rulebook, form_for, rulebooks

EXAMPLES = Path(__file__).parents[2] / "rulebooks"
BOOKS = list(rulebooks().values())


def examples(book: Rulebook) -> dict[str, Any]:
    return tomllib.loads((EXAMPLES / f"{book.name}.toml").read_text(encoding="utf-8"))


def named(book: Rulebook) -> str:
    return book.name


@pytest.mark.parametrize("book", BOOKS, ids=named)
def test_an_edition_is_named_after_its_file_and_its_year(book: Rulebook) -> None:
    assert rulebooks()[book.name] is book
    assert book.name.endswith(f"_{book.valid_from.year}")
    assert book.source.issued <= book.valid_from


@pytest.mark.parametrize("book", BOOKS, ids=named)
def test_every_edition_has_worked_examples_and_every_example_an_edition(book: Rulebook) -> None:
    assert {path.stem for path in EXAMPLES.glob("*.toml")} == set(rulebooks())
    assert examples(book)


@pytest.mark.parametrize("book", BOOKS, ids=named)
def test_a_clause_stands_beside_everything(book: Rulebook) -> None:
    clauses = [duty.clause for duty in book.duties] + [sanction.clause for sanction in book.sanctions]
    clauses += [award.clause for award in book.awards] + [setting.clause for setting in book.settings]
    clauses += [book.survey.clause] if book.survey else []
    clauses += [book.codes.clause] if book.codes else []
    clauses += [book.rubric.clause, *(item.clause for item in book.rubric.items())] if book.rubric else []
    assert clauses
    assert all(clauses)


@pytest.mark.parametrize("book", BOOKS, ids=named)
def test_texts_are_chinese_and_english(book: Rulebook) -> None:
    texts = [duty.text for duty in book.duties] + [sanction.text for sanction in book.sanctions]
    texts += [award.text for award in book.awards] + [setting.text for setting in book.settings]
    if book.rubric:
        texts += [book.rubric.title, book.rubric.total, *book.rubric.head, *book.rubric.columns]
        texts += [section.text for section in book.rubric.sections] + [item.text for item in book.rubric.items()]
    assert all(re.search(r"[\u4e00-\u9fff]", text.zh) for text in texts)
    assert not [text.en for text in texts if re.search(r"[\u4e00-\u9fff]", text.en) or not text.en]


@pytest.mark.parametrize("book", BOOKS, ids=named)
def test_the_worked_forms_have_their_lines_and_totals(book: Rulebook) -> None:
    given = examples(book)
    lines = [
        [section.text.zh, item.text.zh, list(item.points)]
        for section in (book.rubric.sections if book.rubric else ())
        for item in section.items
    ]
    assert lines == given["lines"]
    for form in given.get("form", []):
        assert book.rubric is not None
        keys = [item.key for item in book.rubric.items()]
        assert total(book.rubric, dict(zip(keys, form["points"], strict=True))).points == form["total"], form["name"]


def test_annex_three_has_six_four_and_four_lines_from_twenty_to_a_hundred() -> None:
    rubric = _annex_three()
    assert [len(section.items) for section in rubric.sections] == [6, 4, 4]
    assert (rubric.lowest, rubric.highest) == (20, 100)
    assert [text.zh for text in rubric.head] == ["站点名称", "站点编号", "所属工会"]
    assert (rubric.title.zh, rubric.total.zh) == ("户外职工爱心接力站抽查考评表", "总分")


def test_the_first_five_lines_of_annex_three_have_telemetry_behind_them() -> None:
    kinds = [item.kind for item in _annex_three().items()]
    assert kinds[:6] == ["air_conditioner", "fridge", "microwave", "drinking_water", "outlets", "tables"]
    assert kinds[6:] == [None] * 8


def test_line_keys_are_unique() -> None:
    keys = [item.key for item in _annex_three().items()]
    assert len(keys) == len(set(keys))


def test_anhui_holds_codes_cadences_and_survey_and_no_form() -> None:
    book, given = rulebooks()["anhui_2024"], examples(rulebooks()["anhui_2024"])
    assert book.rubric is None
    assert book.codes is not None and book.survey is not None
    codes = given["codes"]
    assert book.codes.prefix == codes["prefix"]
    assert len(book.codes.prefix) + book.codes.area_digits + book.codes.sequence_digits == codes["digits"]
    assert dict(book.codes.suffixes) == codes["suffixes"]
    assert book.codes.exempt == set(codes["exempt"])
    assert book.codes.example == codes["example"]
    assert {duty.key: [duty.owner, duty.times, duty.every, duty.modal] for duty in book.duties} == given["cadences"]
    assert {
        "issued_at_least": book.survey.issued_at_least,
        "returned_above_percent": book.survey.returned_above_percent,
        "satisfied_above_percent": book.survey.satisfied_above_percent,
    } == given["survey"]


def test_shanghai_spot_checks_at_least_a_third_every_month() -> None:
    duty = next(duty for duty in rulebooks()["shanghai_2018"].duties if duty.key == "district_spot_check")
    assert (duty.every, duty.times, duty.share, duty.modal) == ("month", 1, (1, 3), "must")


@pytest.mark.parametrize(
    ("rulebook", "adopted", "owner", "is_adopted"),
    [
        ("shanghai_2018", None, "shanghai_2018", False),
        ("shanghai_2018", "anhui_2024", "shanghai_2018", False),
        ("anhui_2024", "shanghai_2018", "shanghai_2018", True),
    ],
)
def test_the_form_says_whose_rubric_it_is(rulebook: str, adopted: str | None, owner: str, is_adopted: bool) -> None:
    form = form_for(rulebook, adopted)
    assert form is not None
    assert (form.rulebook, form.owner.name, form.adopted) == (rulebook, owner, is_adopted)


@pytest.mark.parametrize("adopted", [None, "anhui_2024", "nowhere_1999"])
def test_without_a_rubric_there_is_no_form(adopted: str | None) -> None:
    assert form_for("anhui_2024", adopted) is None


def test_a_setting_that_does_not_exist_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError, match="no setting 'colour'"):
        rulebooks()["anhui_2024"].setting("colour")


def test_every_open_point_of_the_regulations_is_decided_somewhere() -> None:
    decided = {setting.number for book in BOOKS for setting in book.settings}
    assert decided == set(range(1, 25))


def _annex_three() -> Rubric:
    rubric = rulebooks()["shanghai_2018"].rubric
    assert rubric is not None
    return rubric

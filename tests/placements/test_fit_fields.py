"""Fit reads what a person studies, can do and wishes; never sex, age, origin or hardship."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = [
    *sorted((ROOT / "placements" / "fitting").glob("*.py")),
    ROOT / "placements" / "matching.py",
    ROOT / "placements" / "selectors" / "for_you.py",
    ROOT / "placements" / "selectors" / "fitting_students.py",
    ROOT / "placements" / "services" / "inviting.py",
]
OF_STUDENTS = {
    "available_from", "available_to", "cities", "class_of", "days_a_week", "industries", "languages", "level",
    "major", "major_id", "pay_from", "provinces", "skills", "user", "user_id",
}  # fmt: skip
FORBIDDEN = re.compile(
    r"(^|_)(sex|gender|male|female|age|birth\w*|born|origin|hometown|household|hukou|native|ethnic\w*|nationality"
    r"|religion|hardship|poverty|poor|income|health|disability|height|marital|married|photo|phone|email|name)(_|$)"
)
# A name is shown, in words or in the order of a list, and compared with nothing: names of provinces, colleges, majors.
SHOWN = {"name_zh", "name_en", "college_name", "major_name"}


def trees():
    return [(path, ast.parse(path.read_text())) for path in MODULES]


def words_of(tree):
    """Every name that code uses: variables, fields, arguments, and strings that look like the name of a field."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.keyword | ast.arg) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"\w+", node.value):
            yield node.value


def test_these_are_the_modules():
    assert len(MODULES) == 10
    assert all(path.exists() for path in MODULES)


def test_of_a_student_only_these_fields_are_read():
    read = {
        node.attr
        for _path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "profile"
    }

    assert read == OF_STUDENTS


def test_nothing_is_named_after_what_must_not_count():
    found = [
        f"{path.name}: {word}"
        for path, tree in trees()
        for whole in words_of(tree)
        for word in whole.split("__")
        if FORBIDDEN.search(word) and word not in SHOWN
    ]

    assert found == []


@pytest.mark.parametrize("word", ["sex", "user_age", "birth_date", "origin", "hardship", "is_female", "name"])
def test_the_words_would_be_found(word):
    assert FORBIDDEN.search(word)


def test_a_profile_is_taken_apart_nowhere_else():
    """No getattr, no __dict__, no whole row as values: what is read stands in the code."""
    used = {word for _path, tree in trees() for word in words_of(tree)}

    assert used & {"getattr", "vars", "__dict__", "model_to_dict", "_meta"} == set()

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
    ROOT / "placements" / "selectors" / "search_filters.py",
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
SAID = re.compile("性别|男|女|年龄|岁|生日|出生|籍贯|户籍|户口|生源|民族|困难|贫困|婚|身高|残疾")
# Of this app they know tables, words and rules of access besides.
BESIDE = {
    "placements.broad_classes", "placements.choices", "placements.models.applications", "placements.models.postings",
    "placements.rules",
}  # fmt: skip
# Ways of reading a row that name no field, or name it where a word is not seen.
AROUND = {"getattr", "vars", "__dict__", "model_to_dict", "_meta", "RawSQL", "raw", "extra", "cursor", "eval", "exec"}
# A name is shown, in words or in the order of a list, and compared with nothing: names of provinces, colleges, majors.
SHOWN = {"name_zh", "name_en", "college_name", "major_name", "class_name"}


def trees():
    return [(path, ast.parse(path.read_text())) for path in MODULES]


def words_of(tree):
    """Every name that code uses: variables, fields, arguments, and strings that look like the name of a field."""
    silent = docstrings(tree) | texts_of(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.keyword | ast.arg) and node.arg:
            yield node.arg
        elif isinstance(node, ast.alias):
            yield from (node.asname or node.name).split(".")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield from re.findall(r"\w+", node.value)


def docstrings(tree):
    """What is said about the code, which reads nothing."""
    places = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    return {id(node.body[0].value) for node in places if ast.get_docstring(node) is not None}


def texts_of(tree):
    """What is said to people: the arguments of gettext and its like."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    said = [call for call in calls if call.func.id in {"_", "ngettext", "pgettext", "gettext_lazy"}]
    return {id(inner) for call in said for inner in ast.walk(call) if isinstance(inner, ast.Constant)}


def named_after(tree):
    """The words of a module that name what must not count."""
    words = {word for whole in words_of(tree) for word in whole.split("__")}
    return sorted(word for word in words if word not in SHOWN and (FORBIDDEN.search(word.lower()) or SAID.search(word)))


def test_these_are_the_modules():
    assert len(MODULES) == 11
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
    found = [f"{path.name}: {word}" for path, tree in trees() for word in named_after(tree)]

    assert found == []


@pytest.mark.parametrize("word", ["sex", "user_age", "birth_date", "origin", "hardship", "is_female", "name"])
def test_the_words_would_be_found(word):
    assert FORBIDDEN.search(word)


def test_a_profile_is_taken_apart_nowhere_else():
    """No getattr, no __dict__, no whole row as values: what is read stands in the code."""
    used = {word for _path, tree in trees() for word in words_of(tree)}

    assert used & AROUND == set()


@pytest.mark.parametrize(
    "code",
    [
        "profile.user.sex", "rows.filter(user__gender='f')", "rows.filter(**{'user__birth_date__year': 2000})",
        "rows.order_by('-age')", "Q(user__ORIGIN=1)", "SEX = 1", "from accounts.codes import is_female",
        "rows.filter(note='hardship = 1')", "def by(age): pass", "x = '性别'", "row['hukou']", "f'{x} age'",
    ],
)  # fmt: skip
def test_code_that_reads_it_would_be_found(code):
    assert named_after(ast.parse(code)) != []


@pytest.mark.parametrize(
    "code", ["def f():\n  'Never age.'", "_('your age')", "rows.filter(user__number=1)", "major_name"]
)
def test_what_is_said_to_people_and_other_fields_are_not(code):
    assert named_after(ast.parse(code)) == []


def test_what_compares_stands_in_these_modules_only():
    """A rule that moved to a module which is not looked at would pass unseen."""
    ours = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in MODULES}
    imported = {
        f"{node.module}.{name.name}" if (ROOT / node.module.replace(".", "/")).is_dir() else node.module
        for _path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("placements")
        for name in node.names
    }

    assert imported - ours == BESIDE

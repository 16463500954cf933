"""The house stands as drawn: keys point down, templates compile, acts have names, files stay readable."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.template import engines
from django.template.loader import get_template

from kam.audit.registry import all_acts

ROOT = Path(__file__).resolve().parents[2]
FLOORS = {"kam": 0, "accounts": 1, "visits": 2, "campaigns": 3, "kpi": 4}
PACKAGES = tuple(FLOORS)
LONGEST_FILE = 400
LONGEST_TEMPLATE = 120


def ours(*patterns: str) -> list[Path]:
    return [
        path
        for package in PACKAGES
        for pattern in patterns
        for path in (ROOT / package).rglob(pattern)
        if "migrations" not in path.parts
    ]


def floor_of(model: type) -> int | None:
    return FLOORS.get(model.__module__.partition(".")[0])


def test_foreign_keys_point_down_or_stay_on_their_floor():
    upward = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in apps.get_models()
        if floor_of(model) is not None
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and (floor_of(field.related_model) or 0) > floor_of(model)
    ]
    assert upward == []


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_models():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_template_compiles():
    folder = ROOT / "templates"
    jinja = engines["jinja2"]
    for path in sorted(folder.rglob("*.*")):
        name = path.relative_to(folder)
        if path.suffix not in {".html", ".txt", ".xml", ".js", ".ics"}:
            continue
        if name.parts[0] == "jinja2":
            jinja.get_template(str(Path(*name.parts[1:])))
        else:
            get_template(str(name))


def test_every_act_that_is_recorded_is_registered():
    recorded = set()
    for path in ours("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) == "record"
                and node.args
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    recorded.add(first.value)
    assert recorded - set(all_acts()) == set()


def test_no_file_is_one_a_reader_gets_lost_in():
    long_files = {
        str(path.relative_to(ROOT)): count
        for path in ours("*.py")
        if (count := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    long_templates = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / "templates").rglob("*.html")
        if (count := len(path.read_text().splitlines())) > LONGEST_TEMPLATE
    }
    assert (long_files, long_templates) == ({}, {})


def test_a_title_that_phones_hide_stands_in_their_top_bar():
    """`h1-wide` is for desks: the bar at the top of a phone says what page it is."""
    texts = {path: path.read_text() for path in (ROOT / "templates").rglob("*.html")}
    whole = {path: text for path, text in texts.items() if "h1-wide" in text and "{% extends" in text}
    assert len(whole) > 40
    assert [str(path) for path, text in whole.items() if "{% block top_title %}" not in text] == []


def test_templates_carry_no_style_script_or_handler():
    guilty = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if "pdf" not in path.relative_to(ROOT / "templates").parts[:1]
        and "outbox" not in path.relative_to(ROOT / "templates").parts[:1]
        and re.search(
            r"<style|\sstyle=|<script(?![^>]*\s(src|type=\"application/json\"))|\son[a-z]+=\"|javascript:",
            path.read_text(),
        )
    ]
    assert guilty == []


def test_services_write_and_views_do_not():
    writing = re.compile(
        r"\.objects\.(create|bulk_create|update_or_create|get_or_create)\(|\.save\(|\.delete\(\)"
    )
    guilty = [
        str(path.relative_to(ROOT))
        for path in ours("views.py", "views_*.py", "forms.py")
        if writing.search(path.read_text())
    ]
    assert guilty == []


#: An attachment knows its owner by kind and number only; the view asks the registered owner before anything else.
ASKS_THE_OWNER = {"kam/files/views.py"}


def test_nobody_reads_a_row_of_another_by_its_number():
    unscoped = re.compile(r"get_object_or_404\(\s*[A-Z]\w+\s*,(?![^\n]*request\.user)")
    guilty = {
        str(path.relative_to(ROOT))
        for path in ours("views.py", "views_*.py", "api.py")
        if unscoped.search(path.read_text())
    }
    assert guilty - ASKS_THE_OWNER == set()


def test_rules_of_every_room_know_no_framework():
    guilty = [
        f"{path.relative_to(ROOT)}: {node.module if isinstance(node, ast.ImportFrom) else node.names[0].name}"
        for path in [*ours("rules.py"), *(p for p in ours("*.py") if p.parent.name == "rules")]
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and ((node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]
        in {"django", "celery", "weasyprint"}
    ]
    assert guilty == []


def test_an_instant_is_written_on_a_clock():
    """A stored instant is in UTC; what a plan's line says of itself has the department's clock already."""
    bare = re.compile(r"\{(?!timezone\.localtime)(?!line\.)[\w.]+_at:%")
    found = [str(path.relative_to(ROOT)) for path in ours("*.py") if bare.search(path.read_text())]
    assert found == []
    assert bare.search('f"{self.starts_at:%H:%M}"')


@pytest.mark.parametrize(("mark", "home"), [("e2e", "tests/e2e"), ("faults", "tests/kam/today")])
def test_what_runs_apart_lives_where_the_suite_looks_for_it(mark, home):
    marked = [path for path in (ROOT / "tests").rglob("*.py") if f"pytest.mark.{mark}" in path.read_text()]
    assert marked != []
    strange = {str(path.relative_to(ROOT)) for path in marked} - {str(Path(__file__).relative_to(ROOT))}
    assert [path for path in sorted(strange) if not path.startswith(home)] == []


def test_no_business_date_depends_on_who_is_looking():
    """`timezone.localdate()` is the reader's date; days, deadlines and months are the department's (12-decisions, 25)."""
    guilty = [
        str(path.relative_to(ROOT)) for path in ours("*.py") if "timezone.localdate()" in path.read_text()
    ]
    assert guilty == []


def test_an_instant_becomes_a_day_on_the_clock_of_the_department():
    """In UTC it is yesterday until eight in the morning."""
    bare = re.compile(r"(?<![\w.(])(?:before|after|now|since|until)\.date\(\)|\b\w+_at\.date\(\)")
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in ours("*.py")
        if path.name != "demo.py"
        for hit in bare.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert bare.search("on__lte=before.date()")
    assert bare.search("row.created_at.date()")
    assert not bare.search("timezone.localtime(before).date()")


def test_nothing_is_one_sign_everywhere():
    """A field without a value shows "–" on every page, in every file and paper; never the longer dash."""
    templates = [path for kind in ("html", "txt") for path in (ROOT / "templates").rglob(f"*.{kind}")]
    found = [str(path.relative_to(ROOT)) for path in templates if "—" in path.read_text()]
    for path in ours("*.py"):
        literals = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant))
        found += [f"{path.relative_to(ROOT)}:{node.lineno}" for node in literals if node.value == "—"]
    assert (len(templates) > 300, found) == (True, [])

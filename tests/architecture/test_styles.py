"""No style sheet speaks of a class that nothing draws: what was left behind would be kept for ever."""

import re

from django.conf import settings

ROOT = settings.BASE_DIR
#: Classes that are put together from a part and a value: depth of a budget's line, place on a phone, tier, colour of a scale, theme.
COMPOSED = re.compile(r"b-d\d|d\d|[flv]\d|p-\w+|t[a-d]|five-\w+|k-theme-\w+")
#: What Django's own administration draws.
OF_THE_ADMIN = frozenset(
    {"changelist-form-container", "closelink", "field-__str__", "inline-group", "object-tools", "vTextField"}
)
#: Comments, and strings and addresses, which hold dots too.
_NO_SELECTOR = re.compile(r"/\*.*?\*/|\"[^\"]*\"|url\([^)]*\)", re.DOTALL)


def classes_of(sheet: str) -> set[str]:
    """Return the classes that a style sheet names."""
    heads = re.findall(r"([^{};]+)\{", _NO_SELECTOR.sub("", sheet))
    return {
        name
        for head in heads
        if not head.strip().startswith("@")
        for name in re.findall(r"\.([A-Za-z_][\w-]*)", head)
    }


def words_drawn() -> set[str]:
    """Return every word that templates, scripts and code hold: a class that is drawn is among them."""
    folders = ("templates", "static/js", "kam", "accounts", "visits", "campaigns", "kpi")
    files = (
        file
        for folder in folders
        for ending in ("html", "svg", "js", "py")
        for file in (ROOT / folder).rglob(f"*.{ending}")
        if "migrations" not in file.parts
    )
    return {word for file in files for word in re.findall(r"[A-Za-z_][\w-]*", file.read_text("utf-8"))}


def test_every_class_of_the_style_sheets_is_drawn_somewhere():
    drawn = words_drawn() | OF_THE_ADMIN
    left = {
        f"{sheet.relative_to(ROOT)}: .{name}"
        for sheet in sorted((ROOT / "static" / "css").rglob("*.css"))
        for name in classes_of(sheet.read_text("utf-8")) - drawn
        if not COMPOSED.fullmatch(name)
    }
    assert not left, "classes that nothing draws:\n" + "\n".join(sorted(left))


def test_a_class_is_found_in_every_place_of_a_sheet():
    sheet = "/* .no */ .a > .b-c:not(.d), @media (x) { .e::before { content: '.'; background: url(x.png) } }"
    assert classes_of(sheet) >= {"a", "b-c", "d"}
    assert classes_of("@media (x) {\n .e { top: 0.5em } }") == {"e"}

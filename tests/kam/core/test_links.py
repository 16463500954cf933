"""Addresses found quickly are those that Django finds."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse

from kam.core.links import address_of


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("unit-new", []),
        ("unit", [7]),
        ("unit-tab", [7, "persons"]),
        ("unit-tab", [12345678, "overview"]),
        ("unit-value", [1, "main_business"]),
        ("unit-note-delete", [3, 44]),
        ("kpi-facts", ["sales.actual", "person-7"]),
        ("kpi-facts", ["x", "team-1-2"]),
    ],
)
def test_an_address_is_what_reverse_says(name, values):
    assert address_of(name, values) == reverse(name, args=values)
    assert Template(
        "{% url name a b %}" if len(values) == 2 else "{% url name a %}" if values else "{% url name %}"
    ).render(Context({"name": name} | dict(zip("ab", values, strict=False)))) == reverse(name, args=values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("unit-tab", [7, "a/b"]),
        ("unit-tab", [7, "商会"]),
        ("unit-tab", [7, ""]),
        ("unit-tab", [7, "a b"]),
        ("unit-tab", [7, "a.b/c"]),
        ("unit-tab", [True, "x"]),
        ("unit-tab", [-7, "x"]),
        ("unit-tab", ["7", "x"]),
        ("today-digest", ["a", "b"]),
        ("unit", [None]),
        ("unit-tab", [7]),
        ("admin:index", []),
        ("nowhere", []),
    ],
)
def test_what_is_no_plain_value_is_left_to_reverse(name, values):
    assert address_of(name, values) is None


def test_a_wrong_name_or_value_fails_as_ever():
    with pytest.raises(NoReverseMatch, match="nowhere"):
        Template("{% url 'nowhere' %}").render(Context())
    with pytest.raises(NoReverseMatch, match="unit-tab"):
        Template("{% url 'unit-tab' missing 'x' %}").render(Context())
    assert (
        Template("{% url 'unit-tab' 7 'x' as there %}[{{ there }}]").render(Context())
        == f"[{reverse('unit-tab', args=[7, 'x'])}]"
    )

"""Addresses parted by their first segment lead where they led."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, Resolver404, URLResolver, get_resolver, include, path, re_path
from django.urls.resolvers import RegexPattern

from kam.core.rooms import by_first_segment


def page(_request: HttpRequest, **_told: object) -> HttpResponse:
    return HttpResponse()


ENTRIES = [
    path("", page, name="home"),
    path("units/new/", page, name="new"),
    path("units/<str:code>/", page, {"is_unit": True}, name="unit"),
    path("sheets/", include(([path("<int:pk>/", page, name="sheet")], "sheets"))),
    re_path(r"^units/(?P<pk>[0-9]+)/(?P<act>keep|drop)/$", page, name="act"),
    path("", include([path("plans/", page, name="plans"), path("units/", page, name="units")])),
    path("plain.txt", page, name="plain"),
    path("units/<int:pk>/plans/", page, name="plans_of_unit"),
    path("<str:word>/last/", page, name="last"),
]
ADDRESSES = (
    "/",
    "/units/",
    "/units/new/",
    "/units/x7/",
    "/units/7/plans/",
    "/units/7/keep/",
    "/units/7/burn/",
    "/units/last/",
    "/units",
    "/plans/",
    "/plans/last/",
    "/sheets/7/",
    "/sheets/x/",
    "/plain.txt",
    "/nowhere/",
)


def resolver(entries):
    return URLResolver(RegexPattern(r"^/"), entries)


def found(entries, address):
    try:
        match = resolver(entries).resolve(address)
    except Resolver404:
        return None
    return match.view_name, match.kwargs, match.route, match.namespaces


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_leads_where_it_led(address):
    assert found(by_first_segment(ENTRIES), address) == found(ENTRIES, address)


def test_some_addresses_lead_somewhere_and_some_do_not():
    """Positive control of the comparison above."""
    assert [found(ENTRIES, address) is None for address in ADDRESSES].count(True) == 4


def test_each_first_word_is_compared_once():
    assert [str(entry.pattern) for entry in by_first_segment(ENTRIES)] == [
        "",
        "units/",
        "sheets/",
        r"^units/(?P<pk>[0-9]+)/(?P<act>keep|drop)/$",
        "plans/",
        "plain.txt",
        "<str:word>/last/",
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [("unit", {"code": "a"}), ("plans", {}), ("act", {"pk": 7, "act": "keep"}), ("home", {})],
)
def test_a_name_makes_the_same_address(name, told):
    assert resolver(by_first_segment(ENTRIES)).reverse(name, **told) == resolver(ENTRIES).reverse(
        name, **told
    )
    with pytest.raises(NoReverseMatch):
        resolver(by_first_segment(ENTRIES)).reverse(name, other=1)


def test_all_addresses_of_kam_are_parted():
    entries = get_resolver("kam.urls").url_patterns
    words = [str(entry.pattern) for entry in entries]
    assert len(words) == len(set(words)) < 100
    assert {"accounts/", "visits/", "campaigns/", "kpi/", "admin/"} < set(words)

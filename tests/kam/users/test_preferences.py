"""Language, theme and density work by plain forms, for people and for strangers."""

import pytest
from django.test import Client

from kam.audit.models import AuditEntry


def test_set_language_changes_the_row_and_the_next_page(cast, client_of):
    client = client_of(cast.owner)
    answer = client.post("/preferences/language/", {"language": "zh-hant", "next": "/nothing/"})
    cast.owner.refresh_from_db()
    page = client.get("/nothing/")
    assert (answer.status_code, answer.url, cast.owner.language) == (302, "/", "zh-hant")
    assert '<html lang="zh-Hant"' in page.content.decode()
    told = AuditEntry.objects.filter(act="people.user.changed", actor=cast.owner)
    assert [entry.changes for entry in told] == [{"language": ["en", "zh-hant"]}]
    client.post("/preferences/language/", {"language": "zh-hant"})
    assert told.count() == 1  # the same again is no change


def test_set_language_works_for_a_stranger(db):
    client = Client()
    client.post("/preferences/language/", {"language": "zh-hans"})
    assert '<html lang="zh-Hans"' in client.get("/nothing/").content.decode()


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_set_theme_draws_the_next_page_in_it(cast, client_of, theme):
    client = client_of(cast.owner)
    client.post("/preferences/theme/", {"theme": theme})
    assert f'data-bs-theme="{theme}"' in client.get("/nothing/").content.decode()


@pytest.mark.parametrize(
    ("url", "field"),
    [
        ("/preferences/language/", "language"),
        ("/preferences/theme/", "theme"),
        ("/preferences/density/", "density"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused_and_changes_nothing(cast, client_of, url, field):
    answer = client_of(cast.owner).post(url, {field: "purple"})
    cast.owner.refresh_from_db()
    assert (answer.status_code, answer.cookies.get(f"kam-{field}"), cast.owner.language) == (400, None, "en")


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "/nothing/", "javascript:alert(1)", ""]
)
def test_the_way_back_never_leaves_our_addresses(cast, client_of, wanted):
    answer = client_of(cast.owner).post("/preferences/theme/", {"theme": "dark", "next": wanted})
    assert answer.url == "/"


def test_the_way_back_keeps_an_address_of_ours_with_its_filters(cast, client_of):
    answer = client_of(cast.owner).post(
        "/preferences/theme/", {"theme": "dark", "next": "/frame/counts/?a=1"}
    )
    assert answer.url == "/frame/counts/?a=1"

"""What every page carries around its content."""

import pytest

from kam.core.frame import has_rows, places_of


@pytest.mark.parametrize("who", ["owner", "manager", "director", "clerk", "finance", "hr", "admin"])
def test_no_room_of_the_left_bar_is_a_dead_link(cast, client_of, who):
    person = getattr(cast, who)
    client = client_of(person)
    places = places_of(person.position, "/")
    assert "today" in {place["key"] for place in places}
    for place in places:
        assert client.get(place["path"]).status_code in {200, 302}, place["path"]


def test_people_without_rows_are_not_offered_rooms_that_would_be_empty():
    assert {"accounts", "visits"}.isdisjoint(place["key"] for place in places_of("finance", "/"))
    assert {"money", "kpi"}.isdisjoint(place["key"] for place in places_of("administrator", "/"))
    assert not has_rows("finance")
    assert has_rows("clerk")


def test_404_is_the_same_for_an_address_that_never_was(cast, client_of):
    page = client_of(cast.owner).get("/nothing/")
    assert page.status_code == 404
    assert "Nothing at this address" in page.content.decode()


def test_no_page_holds_inline_script_or_style(cast, client_of):
    page = client_of(cast.owner).get("/nothing/").content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert page.count("<script") == page.count("<script src=")


def test_an_address_that_only_takes_a_form_is_a_page_and_not_a_bare_fault(cast, client_of):
    client = client_of(cast.manager)
    page = client.get("/accounts/selected/export/", headers={"accept": "text/html"})
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "only takes what a form sends" in page.content.decode()
    assert client.get("/accounts/selected/export/").content == b""  # whoever asks for no page gets none
    assert client.get("/people/handovers/new/")["Location"] == "/people/handovers/"

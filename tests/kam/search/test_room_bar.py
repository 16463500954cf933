"""The bar of a room leads to every page of the room that one may open."""

from kam.core.frame import place_of
from kam.search.registry import all_pages


def bar_of(answer):
    return answer.content.decode().partition('<nav class="k-room"')[2].partition("</nav>")[0]


def test_the_bar_leads_to_the_pages_of_the_room(client_of, cast):
    bar = bar_of(client_of(cast.owner).get("/visits/appointments/"))
    assert bar.count("<a ") == 14
    assert 'href="/visits/week/"' in bar
    assert '<a href="/visits/appointments/" aria-current="page">' in bar


def test_a_form_has_no_bar(client_of, cast):
    assert bar_of(client_of(cast.owner).get("/accounts/new/")) == ""


def test_the_bar_hides_what_one_may_not_open(client_of, cast):
    assert "/visits/calls/" in bar_of(client_of(cast.owner).get("/visits/"))
    assert "/visits/calls/" not in bar_of(client_of(cast.gm).get("/visits/"))


def test_a_page_with_a_place_in_a_bar_belongs_to_a_room():
    lost = {page.path for page in all_pages() if page.order and not place_of(page.path)}
    assert {path for path in lost if not path.startswith("/people/")} == set()


def test_lists_of_care_are_found_beside_the_units(client_of, cast):
    bar = bar_of(client_of(cast.owner).get("/complaints/"))
    assert '<a href="/complaints/" aria-current="page">' in bar
    assert [
        path for path in ("/satisfaction/", "/service-plans/", "/knowledge/") if f'href="{path}"' not in bar
    ] == []


def test_a_page_under_another_shows_its_bar_with_that_one_marked(client_of, cast):
    bar = bar_of(client_of(cast.owner).get("/trainings/"))
    assert '<a href="/knowledge/" aria-current="true">' in bar
    assert bar.count("aria-current") == 1


def test_what_a_page_hangs_under_stands_in_a_bar():
    standing = {page.path for page in all_pages() if page.order} | {"/accounts/"}
    assert {page.under for page in all_pages() if page.under} - standing == set()


def test_a_room_that_is_wider_than_its_own_page_names_that_page(client_of, cast):
    """The room of money begins with budgets, the room of KPI with the dashboard."""
    for path, label in (("/budgets/", "Budgets"), ("/kpi/", "Dashboard")):
        first = bar_of(client_of(cast.director).get(path)).partition("</a>")[0]
        assert first.endswith(f"</svg>{label}")

"""The list component over HTTP: pages, words, filters, order, fragments, views, files."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kam.users.models import User

pytestmark = pytest.mark.urls("tests.kam.lists.demo_list")


def names(page):
    return re.findall(r"data-open[^>]*>(Person \d\d)<", page.content.decode())


def link(page, rel):
    found = re.search(rf'href="([^"]+)" rel="{rel}"', page.content.decode())
    return found.group(1).replace("&amp;", "&") if found else None


def walk(client, url):
    """Return the names of every page from `url` on, and the way back from the last."""
    forth, back = [], []
    page = client.get(url)
    forth.append(names(page))
    while following := link(page, "next"):
        page = client.get(following)
        forth.append(names(page))
    while before := link(page, "prev"):
        page = client.get(before)
        back.append(names(page))
    return forth, back


@pytest.mark.parametrize(
    "url",
    [
        "/demo/",
        "/demo/?sort=-name",
        "/demo/?sort=left",
        "/demo/?sort=-left",
        "/demo/?q=1",
        "/demo/?q=Person",
        "/demo/?q=Person&sort=left",
        "/demo/?q=Person&sort=-left",
    ],
)
def test_pages_show_every_row_once_and_the_way_back_is_the_way_there(cast, client_of, people, url):
    forth, back = walk(client_of(cast.owner), url)
    everything = [name for part in forth for name in part]
    assert len(everything) == len(set(everything)) == (4 if "q=1" in url else 12)
    assert back == forth[:-1][::-1]


def test_rows_without_a_value_come_last_in_both_directions(cast, client_of, people):
    client = client_of(cast.owner)
    newest = [n for part in walk(client, "/demo/?sort=left")[0] for n in part]
    oldest = [n for part in walk(client, "/demo/?sort=-left")[0] for n in part]
    assert newest[:4] == ["Person 12", "Person 09", "Person 06", "Person 03"]
    assert oldest[:4] == ["Person 03", "Person 06", "Person 09", "Person 12"]
    assert set(newest[4:]) == set(oldest[4:])


def test_first_page_costs_the_same_statements_for_five_rows_and_for_twelve(cast, client_of, people):
    client = client_of(cast.owner)
    with CaptureQueriesContext(connection) as few:
        client.get("/demo/?q=Person 01")
    with CaptureQueriesContext(connection) as many:
        client.get("/demo/?q=Person")
    assert len(many) <= 6
    assert len(many) - len(few) <= 1  # the count, needless when everything fits on one page


def test_filters_become_chips_that_can_be_dropped(cast, client_of, people):
    page = client_of(cast.owner).get("/demo/?position=manager&joined_on_after=2020-01-01").content.decode()
    assert page.count('class="k-chip on"') == 2
    assert re.search(r'href="/demo/\?joined_on_after=2020-01-01"[^>]*>Position <b>Manager</b>', page)
    assert re.search(r'href="/demo/\?position=manager"[^>]*>Joined', page)


def test_a_filter_that_is_nonsense_is_ignored_and_told(cast, client_of, people):
    page = client_of(cast.owner).get("/demo/?position=emperor&joined_on_after=yesterdayish")
    assert (page.status_code, len(names(page))) == (200, 5)
    assert "Enter a valid date" in page.content.decode()


@pytest.mark.parametrize(
    ("bad", "status"),
    [
        ("after=x", 200),
        ("before=%00", 400),
        ("after=" + "A" * 3000, 200),
        ("q=%00%ff", 400),
        ("sort=;drop", 200),
        ("cols=,,", 200),
        ("view=99999999999999999999", 200),
    ],
)
def test_any_bytes_in_the_address_give_a_page_or_a_clear_refusal(cast, client_of, people, bad, status):
    assert client_of(cast.owner).get(f"/demo/?{bad}").status_code == status


def test_htmx_gets_the_list_only_and_the_address_to_show(cast, client_of, people):
    page = client_of(cast.owner).get("/demo/?q=Person 03", headers={"HX-Request": "true"})
    assert page.content.decode().lstrip().startswith('<div id="list"')
    assert page.headers["HX-Push-Url"] == "/demo/?q=Person%2003"
    assert "HX-Request" in page.headers["Vary"]


def test_an_empty_list_says_why(cast, client_of, people):
    client = client_of(cast.owner)
    assert "Nothing matches" in client.get("/demo/?q=nobody").content.decode()
    assert "Nothing here yet" in client_of(cast.hr).get("/demo/").content.decode()


def test_columns_are_chosen_in_the_address(cast, client_of, people):
    page = client_of(cast.owner).get("/demo/?cols=name&cols=mail").content.decode()
    assert page.count('role="columnheader"') == 3  # the tick boxes, name, e-mail
    assert "p01@kam.example" in page


def test_text_of_rows_is_escaped(cast, client_of, people):
    User.objects.filter(staff_number="p01").update(name="<script>alert(1)</script>")
    page = client_of(cast.owner).get("/demo/?q=script").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_bulk_acts_get_the_ticked_rows_and_no_row_of_others(cast, client_of, people):
    client = client_of(cast.owner)
    ticked = client.post("/demo/greet/", {"row": [people[0].pk, people[2].pk, cast.gm.pk, "x", "9" * 30]})
    everything = client.post("/demo/greet/", {"all": "1", "query": "position=manager"})
    assert ticked.content.decode() == "Person 01,Person 03"
    assert everything.content.decode() == "Person 04,Person 08,Person 12"
    assert client_of(cast.hr).post("/demo/greet/", {"row": [people[0].pk]}).content == b""


def test_the_filter_panel_is_drawn_only_when_asked_for(cast, client_of, people):
    client = client_of(cast.owner)
    closed = client.get("/demo/?position=manager").content.decode()
    assert "k-filterpop" not in closed
    assert 'href="/demo/?position=manager&amp;panel=filter"' in closed
    opened = client.get("/demo/?position=manager&panel=filter").content.decode()
    assert 'name="position" value="manager" checked' in opened
    assert "<html" in opened
    assert "panel=filter" not in opened.replace(
        'name="next" value="/demo/?position=manager&amp;panel=filter"', ""
    )
    panel = client.get("/demo/?position=manager&panel=filter", headers={"HX-Request": "true"})
    assert panel.content.decode().startswith('<details class="k-drop" open')
    assert "HX-Push-Url" not in panel.headers
    assert "<table" not in panel.content.decode()

"""Saved views: own, the team's, one that opens first."""

import pytest

from kam.lists.models import SavedView

pytestmark = pytest.mark.urls("tests.kam.lists.demo_list")


def save(client, **values):
    return client.post(
        "/views/", {"list_key": "tests.people", "name": "Bosses", "query": "position=manager"} | values
    )


def test_save_view_keeps_conditions_and_opens_with_them(cast, client_of, people):
    client = client_of(cast.owner)
    answer = save(client, query="position=manager&after=abc&export=csv&view=3")
    view = SavedView.objects.get()
    page = client.get(answer.url).content.decode()
    assert (view.owner, view.query, answer.url) == (cast.owner, "position=manager", f"/demo/?view={view.pk}")
    assert "Position <b>Manager</b>" in page


def test_a_second_view_of_the_same_name_is_refused(cast, client_of, people):
    client = client_of(cast.owner)
    save(client)
    answer = save(client, query="position=specialist")
    assert (answer.status_code, [v.query for v in SavedView.objects.all()]) == (422, ["position=manager"])


def test_the_default_view_opens_when_the_address_says_nothing(cast, client_of, people):
    client = client_of(cast.owner)
    save(client, is_default="on")
    assert "Position <b>Manager</b>" in client.get("/demo/").content.decode()
    assert "Position <b>Manager</b>" not in client.get("/demo/?view=all").content.decode()


def test_only_one_view_opens_first(cast, client_of, people):
    client = client_of(cast.owner)
    save(client, is_default="on")
    save(client, name="Other", is_default="on")
    assert [v.name for v in SavedView.objects.filter(is_default=True)] == ["Other"]


def test_a_shared_view_reaches_the_team_and_nobody_else(cast, client_of, people):
    assert save(client_of(cast.lead), share="on").status_code == 302
    assert "Bosses" in client_of(cast.owner).get("/demo/").content.decode()
    assert "Bosses" in client_of(cast.manager).get("/demo/").content.decode()
    assert "Bosses" not in client_of(cast.other_team).get("/demo/").content.decode()


def test_a_specialist_may_not_share(cast, client_of, people):
    assert save(client_of(cast.owner), share="on").status_code == 403
    assert SavedView.objects.count() == 0


def test_views_of_others_cannot_be_dropped(cast, client_of, people):
    save(client_of(cast.lead), share="on")
    view = SavedView.objects.get()
    assert client_of(cast.owner).post(f"/views/{view.pk}/drop/").status_code == 403
    assert client_of(cast.other_team).post(f"/views/{view.pk}/drop/").status_code == 404
    assert SavedView.objects.count() == 1


def test_drop_view_forgets_it(cast, client_of, people):
    client = client_of(cast.owner)
    save(client)
    answer = client.post(f"/views/{SavedView.objects.get().pk}/drop/")
    assert (answer.status_code, answer.url, SavedView.objects.count()) == (302, "/demo/", 0)


@pytest.mark.parametrize(
    ("told", "way"),
    [
        (
            "http://testserver/demo/?position=specialist&page=2",
            'href="/demo/?position=specialist&amp;page=2"',
        ),
        ("https://elsewhere.example/demo/?position=specialist", ""),
        ("http://testserver//elsewhere.example/?position=specialist", ""),
        ("http://testserver/\\elsewhere.example/?position=specialist", ""),
        ("", ""),
    ],
)
def test_a_refusal_leads_back_to_the_list_as_it_was_filtered(cast, client_of, people, told, way):
    client = client_of(cast.owner)
    save(client)
    body = {"list_key": "tests.people", "name": "Bosses", "query": "position=specialist"}
    answer = client.post("/views/", body, headers={"Referer": told})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("position=specialist" in page, way in page) == (bool(way), True)
    assert "elsewhere" not in page

"""The inbox and one request's page, through real requests."""

import re

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kam.approvals import services
from kam.approvals.letters import LINK_SALT
from kam.approvals.models import Decision, MailLink, Request
from kam.outbox.models import Message
from tests.factories.approvals import make_route, make_wish

pytestmark = pytest.mark.django_db
INBOX = "/approvals/"


@pytest.fixture
def asked(cast):
    make_route({"by": ["manager"]}, {"by": ["director"]})
    return services.submit("wish", make_wish(cast.owner, "198.00", title="A tea set"), by=cast.owner)


def post(client, request, act, *, htmx=False, **body):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(f"{INBOX}{request.pk}/{act}/", {"version": request.version} | body, headers=headers)


def test_the_card_shows_what_matters(asked, cast, client_of):
    page = client_of(cast.manager).get(INBOX).content.decode()
    for text in ("A tea set", "198.00", "because", "Owner", "Director", "Approve 198.00 yuan"):
        assert text in page
    assert 'data-key="a"' in page
    assert 'data-key="r"' in page


def test_an_empty_inbox_says_so(cast, client_of):
    assert "Nothing waits for your decision" in client_of(cast.director).get(INBOX).content.decode()


def test_approving_brings_the_next_card(asked, cast, client_of):
    second = services.submit("wish", make_wish(cast.owner, title="A lamp"), by=cast.owner)
    client = client_of(cast.manager)
    answer = post(client, asked, "approve", htmx=True, **{"from": "inbox", "next": second.pk})
    assert answer.status_code == 200
    assert "A lamp" in answer.content.decode()
    assert "A tea set" not in answer.content.decode()
    assert "kam:counts" in answer.headers["HX-Trigger"]
    assert Decision.objects.get().person == cast.manager


def test_without_javascript_approving_leads_back_to_the_inbox(asked, cast, client_of):
    answer = post(client_of(cast.manager), asked, "approve", **{"from": "inbox", "view": "waiting"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/approvals/?view=waiting")


@pytest.mark.parametrize("act", ["return", "reject"])
def test_returning_needs_a_reason_and_says_so(asked, cast, client_of, act):
    answer = post(client_of(cast.manager), asked, act, htmx=True, reason=" ", **{"from": "inbox"})
    assert answer.status_code == 422
    assert "Please give a reason" in answer.content.decode()
    assert Decision.objects.count() == 0
    answer = post(client_of(cast.manager), asked, act, reason="Too dear")
    assert answer.status_code == 302
    assert Decision.objects.get().reason == "Too dear"


def test_a_stale_page_answers_409_with_the_present_state(asked, cast, client_of):
    services.approve(asked, by=cast.manager, version=asked.version)
    answer = post(client_of(cast.manager), asked, "approve")
    assert answer.status_code == 409
    assert "Somebody was faster" in answer.content.decode()
    assert Decision.objects.count() == 1


def test_a_broken_version_is_answered_not_thrown(asked, cast, client_of):
    answer = client_of(cast.manager).post(f"{INBOX}{asked.pk}/approve/", {"version": "x"})
    assert answer.status_code == 422
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 403), ("same_team", 404), ("director", 404), ("gm", 404), ("admin", 404)]
)
def test_others_cannot_decide(asked, cast, client_of, who, status):
    assert post(client_of(getattr(cast, who)), asked, "approve").status_code == status
    assert Decision.objects.count() == 0


def test_nothing_is_ticked_until_the_decider_ticks_it(asked, cast, client_of):
    page = client_of(cast.manager).get(INBOX).content.decode()
    ticks = re.findall(r'<input[^>]*name="pick"[^>]*>', page)
    assert (len(ticks), [tick for tick in ticks if "checked" in tick]) == (1, [])


def test_bulk_approves_what_the_page_showed(asked, cast, client_of):
    second = services.submit("wish", make_wish(cast.owner, title="A lamp"), by=cast.owner)
    client = client_of(cast.manager)
    shown = re.findall(r'name="pick" value="(\d+:\d+)"', client.get(INBOX).content.decode())
    assert sorted(shown) == sorted(f"{r.pk}:{r.version}" for r in (asked, second))
    services.return_for_changes(second, by=cast.manager, version=second.version, reason="No")
    answer = client.post(f"{INBOX}bulk/", {"pick": shown}, follow=True).content.decode()
    assert "1 approved." in answer
    assert "A lamp: Somebody was faster" in answer


def test_a_broken_bulk_selection_is_answered(asked, cast, client_of):
    answer = client_of(cast.manager).post(f"{INBOX}bulk/", {"pick": ["1:x"]}, follow=True)
    assert "cannot be read" in answer.content.decode()
    assert Decision.objects.count() == 0


def test_the_requester_withdraws_on_the_page(asked, cast, client_of):
    page = client_of(cast.owner).get(f"{INBOX}{asked.pk}/").content.decode()
    assert "Withdraw" in page
    assert 'data-key="a"' not in page
    assert post(client_of(cast.owner), asked, "withdraw").status_code == 302
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_delegating_on_the_page(asked, cast, client_of):
    client = client_of(cast.manager)
    assert "Other-Manager" in client.get(f"{INBOX}{asked.pk}/").content.decode()
    assert post(client, asked, "delegate", to=cast.lead.pk).status_code == 422
    assert post(client, asked, "delegate", to=cast.other_manager.pk).status_code == 302
    assert list(Request.objects.waiting_for(cast.other_manager)) == [asked]


def test_what_did_the_director_see(asked, cast, client_of):
    """After a change and a second round the first snapshot is still there."""
    services.return_for_changes(asked, by=cast.manager, version=asked.version, reason="Too dear")
    wish = make_wish(cast.owner)
    wish = type(wish).objects.get(title="A tea set")
    wish.items.update(price="50.00")
    services.submit("wish", wish, by=cast.owner)
    page = client_of(cast.manager).get(f"{INBOX}{asked.pk}/").content.decode()
    assert "Round 1" in page
    assert "198.00" in page
    assert "50.00" in page
    assert "Too dear" in page


@pytest.mark.parametrize("view", ["waiting", "decided", "returned", "mine", "nonsense"])
def test_each_tab_lists_its_own(asked, cast, client_of, view):
    services.return_for_changes(asked, by=cast.manager, version=asked.version, reason="x")
    shown = {
        who: "A tea set" in client_of(getattr(cast, who)).get(f"{INBOX}?view={view}").content.decode()
        for who in ("owner", "manager", "director")
    }
    assert shown == {
        "owner": view == "mine",
        "manager": view in {"decided", "returned"},
        "director": False,
    }


def test_a_mail_link_opens_once_and_only_for_its_reader(asked, cast, client_of, client):
    message = Message.objects.get(to=cast.manager)
    path = re.search(r"http://localhost:8000(/approvals/link/\S+/)", message.text).group(1)
    assert client.get(path).status_code == 302
    assert client_of(cast.director).get(path).status_code == 404
    answer = client_of(cast.manager).get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/approvals/{asked.pk}/")
    assert client_of(cast.manager).get(path).status_code == 410
    assert MailLink.objects.get(user=cast.manager).used_at is not None


def test_a_forged_link_leads_nowhere(asked, cast, client_of):
    forged = signing.dumps(MailLink.objects.get(user=cast.manager).pk, salt="other")
    assert client_of(cast.manager).get(reverse("approvals:link", args=[forged])).status_code == 404
    garbage = signing.dumps("x", salt=LINK_SALT)
    assert client_of(cast.manager).get(reverse("approvals:link", args=[garbage])).status_code == 404


def test_the_inbox_asks_the_same_number_of_queries_for_one_and_for_many(cast, client_of):
    make_route({"by": ["manager"]}, {"by": ["director"]})
    client = client_of(cast.manager)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(INBOX).status_code == 200
        return len(queries)

    services.submit("wish", make_wish(cast.owner, "1.00"), by=cast.owner)
    one = count()
    for _ in range(9):
        services.submit("wish", make_wish(cast.owner, "1.00"), by=cast.owner)
    assert count() == one

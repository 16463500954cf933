"""A word said with an approval: taken by the page, kept, told to who asked, read by who decides after."""

import re

import pytest

from kam.approvals import services
from kam.approvals.cards import decisions_of
from kam.approvals.letters import SAID_UNDER_BELL
from kam.approvals.models import Decision
from kam.audit.models import AuditEntry
from kam.outbox.models import Message, Notice
from tests.factories.approvals import make_route, make_wish

pytestmark = pytest.mark.django_db
INBOX = "/approvals/"
WORD = "Fine, but ask for a cheaper one next time"


@pytest.fixture
def wish(cast):
    make_route({"by": ["manager"]}, {"by": ["director"]})
    return make_wish(cast.owner, "198.00", title="A tea set")


@pytest.fixture
def asked(wish, cast):
    return services.submit("wish", wish, by=cast.owner)


def said_to(person):
    """Return what stands under the bell of `person` about remarks and decisions, oldest first."""
    kinds = ["approval.remark", "approval.approved", "approval.returned"]
    return list(Notice.objects.filter(to=person, kind__in=kinds).order_by("pk").values_list("kind", "text"))


@pytest.mark.parametrize("where", ["inbox", "page"])
def test_the_field_for_a_word_is_in_the_form_that_approves(asked, cast, client_of, where):
    """Inbox and page send one field with each of the three answers, also without JavaScript."""
    address = INBOX if where == "inbox" else f"{INBOX}{asked.pk}/"
    text = client_of(cast.manager).get(address).content.decode()
    (form,) = [
        f for f in re.findall(r"<form.*?</form>", text, re.DOTALL) if 'name="reason"' in f and "approve" in f
    ]
    assert "formnovalidate" in re.search(r"<button[^>]*/approve/[^>]*>", form).group()
    assert form.count('name="reason"') == 1


def test_a_remark_is_kept_told_at_once_and_read_by_who_decides_after(asked, wish, cast, client_of):
    client_of(cast.manager).post(
        f"{INBOX}{asked.pk}/approve/", {"version": asked.version, "reason": f" {WORD} ", "from": "inbox"}
    )
    assert Decision.objects.get().reason == WORD
    assert AuditEntry.objects.get(act="approvals.request.approved").reason == WORD
    text = f"Wish: Manager approved with a remark · {asked.label} · “{WORD}”"
    assert said_to(cast.owner) == [("approval.remark", text)]
    assert WORD in client_of(cast.director).get(INBOX).content.decode()
    assert [row.reason for row in decisions_of("wish", wish)] == [WORD]


def test_the_last_word_stands_with_the_answer_and_not_in_the_mail(asked, cast):
    services.approve(asked, by=cast.manager, version=asked.version)
    asked.refresh_from_db()
    services.approve(asked, by=cast.director, version=asked.version, reason=WORD)
    assert said_to(cast.owner) == [("approval.approved", f"Wish: approved · {asked.label} · “{WORD}”")]
    mail = Message.objects.get(to=cast.owner)
    assert "Something was said about it" in mail.text
    assert "Something was said about it" in mail.html
    assert WORD not in mail.text + mail.html + mail.subject


def test_approving_without_a_word_tells_nothing_of_one(asked, cast):
    services.approve(asked, by=cast.manager, version=asked.version)
    asked.refresh_from_db()
    assert said_to(cast.owner) == []
    services.approve(asked, by=cast.director, version=asked.version)
    assert said_to(cast.owner) == [("approval.approved", f"Wish: approved · {asked.label}")]
    assert "Something was said" not in Message.objects.get(to=cast.owner).text


def test_why_it_was_returned_stands_under_the_bell(asked, cast):
    services.return_for_changes(asked, by=cast.manager, version=asked.version, reason="Too dear")
    assert said_to(cast.owner) == [
        ("approval.returned", f"Wish: returned for changes · {asked.label} · “Too dear”")
    ]


def test_a_long_word_is_cut_under_the_bell_and_whole_on_the_page(wish, cast, client_of):
    wish.title = "T" * 100
    wish.save()
    request = services.submit("wish", wish, by=cast.owner)
    said = "ab " * 600
    services.approve(request, by=cast.manager, version=request.version, reason=said)
    ((_kind, text),) = said_to(cast.owner)
    assert text.startswith(f"Wish: Manager approved with a remark · {request.label} · “ab ab")
    assert text.endswith("…”")
    assert text.split("“")[1] == f"{said[: SAID_UNDER_BELL - 1]}…”"
    assert said.strip() in client_of(cast.owner).get(f"{INBOX}{request.pk}/").content.decode()


def test_what_is_said_is_text_and_no_markup_under_the_bell(asked, cast, client_of):
    services.approve(asked, by=cast.manager, version=asked.version, reason="<b>bold</b> {{ 7 }} %(name)s")
    page = client_of(cast.owner).get("/notices/").content.decode()
    assert "“&lt;b&gt;bold&lt;/b&gt; {{ 7 }} %(name)s”" in page
    assert "<b>bold" not in page


@pytest.mark.parametrize("where", ["inbox", "page"])
def test_enter_in_the_field_presses_a_button_that_does_nothing(asked, cast, client_of, where):
    """Browsers press the first button of a form on Enter: a remark meant for Approve would return the request."""
    text = client_of(cast.manager).get(INBOX if where == "inbox" else f"{INBOX}{asked.pk}/").content.decode()
    (form,) = [f for f in re.findall(r"<form.*?</form>", text, re.DOTALL) if 'name="reason" value' in f]
    first, *others = re.findall(r"<button[^>]*>", form)
    assert "disabled hidden" in first
    assert len([button for button in others if "disabled" not in button]) == 3


def test_on_its_page_the_form_is_one_that_a_second_click_does_not_send_again(asked, cast, client_of):
    """The frame's script holds back the second submit of forms that htmx does not send."""
    page, inbox = (
        client_of(cast.manager).get(address).content.decode() for address in (f"{INBOX}{asked.pk}/", INBOX)
    )
    assert (page.count(f'hx-post="{INBOX}{asked.pk}/'), inbox.count(f'hx-post="{INBOX}{asked.pk}/')) == (0, 3)


@pytest.mark.parametrize("origin", ["inbox", "detail"])
def test_a_refused_answer_keeps_the_words(asked, cast, client_of, origin):
    answer = client_of(cast.manager).post(
        f"{INBOX}{asked.pk}/approve/", {"version": asked.version + 1, "reason": WORD, "from": origin}
    )
    assert answer.status_code == 409
    assert f'value="{WORD}"' in answer.content.decode()
    assert Decision.objects.count() == 0

"""The public link: answered once without login; made up, used, expired, taken back or replaced it is refused, and nothing changes."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.satisfaction.limits import BAD_LINKS
from accounts.satisfaction.links import address_of, token_of
from accounts.satisfaction.models import Answer, Invitation, QuestionnaireVersion, Response
from accounts.satisfaction.services import ask_person, open_round, renew_link, withdraw_invitation
from kam.notes.models import Task
from kam.outbox.delivery import compose
from kam.outbox.models import Message
from tests.factories.accounts import make_person, make_unit

GOOD = {"q1": "5", "q2": "4", "q3": "5", "q4": "5", "q5": "9", "q6": "很好"}


@pytest.fixture(autouse=True)
def _no_counts(db):
    cache.clear()


@pytest.fixture
def invitation(cast):
    unit = make_unit("泉州商会", owner=cast.owner)
    person = make_person(unit, "许志远", email="xu@customer.example", mobile="13800001111")
    version = QuestionnaireVersion.objects.get(questionnaire__code="satisfaction")
    survey = open_round(version, "Q3", ends_at=timezone.now() + timedelta(days=7), by=cast.director)
    return ask_person(survey, unit, person, by=cast.owner, by_mail=True)


def path(invitation):
    return "/s/" + address_of(invitation).rsplit("/s/")[1]


def test_a_customer_answers_once_without_login_and_without_a_session(invitation):
    client = Client(enforce_csrf_checks=True)
    page = client.get(path(invitation), headers={"Accept-Language": "zh-hans"})
    text = page.content.decode()
    assert (page.status_code, "泉州商会" in text) == (200, True)
    assert "许志远" not in text
    assert "13800001111" not in text
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"  # the origin of the form must not be "null"
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert set(client.cookies) == {"kam-csrf"}
    assert client.post(path(invitation), GOOD).status_code == 403  # without the form's own token
    assert not Response.objects.exists()
    body = GOOD | {"csrfmiddlewaretoken": client.cookies["kam-csrf"].value}
    assert client.post(path(invitation), body).status_code == 200
    response = Response.objects.get()
    assert (str(response.score), response.recommends, response.via, response.by) == ("4.75", 9, "link", None)
    assert Answer.objects.count() == 6
    again = client.post(path(invitation), body | {"q1": "1"})
    assert (again.status_code, Response.objects.count()) == (410, 1)
    assert str(Response.objects.get().score) == "4.75"


@pytest.mark.parametrize("values", [{"q1": ""}, {"q1": "6"}, {"q5": "11"}, {"q5": "x"}, {"q6": "x" * 2001}])
def test_what_cannot_be_is_refused_at_the_question(invitation, values):
    answer = Client().post(path(invitation), GOOD | values)
    assert (answer.status_code, Response.objects.exists()) == (422, False)
    assert f'href="#{next(iter(values))}"' in answer.content.decode()


def test_three_languages_by_link_and_by_browser(invitation):
    client = Client()
    assert "您对产品质量是否满意？" in client.get(path(invitation) + "?lang=zh-hans").content.decode()
    assert "您對產品品質是否滿意？" in client.get(path(invitation) + "?lang=zh-hant").content.decode()
    english = client.get(path(invitation), headers={"Accept-Language": "en"}).content.decode()
    assert "How satisfied are you with the product?" in english


def test_made_up_and_replaced_links_are_unknown(invitation, cast):
    old, token = path(invitation), path(invitation)[3:-1]
    for made_up in ("x", token[:-1] + ("A" if token[-1] != "A" else "B"), "9" + token, f"{invitation.pk}"):
        assert Client().post(f"/s/{made_up}/", GOOD).status_code == 404
    stranger = token_of(invitation.pk + 1, invitation.nonce)  # well signed, and nobody's
    assert Client().post(f"/s/{stranger}/", GOOD).status_code == 404
    renewed = renew_link(invitation, by=cast.owner)
    assert Client().post(old, GOOD).status_code == 404
    assert not Response.objects.exists()
    assert Client().get(path(renewed)).status_code == 200


def test_expired_and_withdrawn_links_say_so_and_take_nothing(invitation, cast):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=5))
    late = Client().post(path(invitation), GOOD)
    assert (late.status_code, "This survey is over" in late.content.decode()) == (410, True)
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    withdraw_invitation(invitation, by=cast.owner)
    gone = Client().post(path(invitation), GOOD)
    assert (gone.status_code, "no longer needed" in gone.content.decode()) == (410, True)
    assert not Response.objects.exists()


def test_too_many_made_up_links_wait_and_good_ones_from_elsewhere_do_not(invitation):
    client = Client(REMOTE_ADDR="10.0.0.9")
    codes = [client.get(f"/s/made-up-{n}/").status_code for n in range(BAD_LINKS + 1)]
    assert codes == [404] * BAD_LINKS + [429]
    assert client.get(path(invitation)).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.8").get(path(invitation)).status_code == 200


def test_the_database_knows_the_hash_only_and_the_mail_gets_its_link_when_it_goes_out(invitation):
    token = path(invitation)[3:-1]
    row = Invitation.objects.get()
    assert token not in (row.nonce, row.token_hash)
    assert len(row.token_hash) == 64
    message = Message.objects.get(kind="accounts.survey")
    assert message.address == "xu@customer.example"
    assert token not in message.text
    assert address_of(row) in compose(message, timezone.now()).body
    assert "13800001111" not in message.text


def test_a_low_answer_makes_a_task_and_answers_cannot_be_changed(invitation, cast):
    assert Client().post(path(invitation), GOOD | {"q5": "3"}).status_code == 200
    task = Task.objects.get(source_kind="accounts.invitation")
    assert (task.assignee, Response.objects.get().is_low) == (cast.owner, True)
    for act in (
        lambda: Answer.objects.update(number=5),
        lambda: Response.objects.update(recommends=10),
        lambda: Answer.objects.all().delete(),
    ):
        with (
            pytest.raises(Exception, match=r"append-only|permission denied|refuse|only grows"),
            transaction.atomic(),
        ):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(invitation=invitation, answered_on=timezone.now().date(), via="link")

"""Signing in over HTTP: the same answer for wrong and unknown, waiting instead of locking, sessions that end."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from kam.audit.models import AuditEntry
from kam.outbox.models import Message
from kam.people.models import LoginAttempt, SessionRecord
from kam.people.services import sign_in, users
from kam.users.terms import Position
from tests.factories.kam import PASSWORD

LOGIN = "/login/"
WRONG = "Staff number, e-mail or password is wrong."


def sign_in_as(client, login, password=PASSWORD, **kwargs):
    return client.post(LOGIN, {"login": login, "password": password}, **kwargs)


def is_signed_in(client) -> bool:
    return client.get("/me/password/").status_code == 200


def failures(count, login, ip="127.0.0.1", ago=timedelta(seconds=1)):
    for _ in range(count):
        LoginAttempt.objects.create(
            at=timezone.now() - ago, account=sign_in.account_key(login), ip=ip, succeeded=False
        )


@pytest.mark.parametrize("login", ["owner", "OWNER@kam.example"])
def test_staff_number_and_email_both_sign_in_with_a_new_key(cast, login):
    client = Client()
    client.get(LOGIN)
    before = client.session.session_key
    assert sign_in_as(client, login).url == "/"
    assert client.session.session_key != before
    assert SessionRecord.objects.get().user == cast.owner
    assert list(AuditEntry.objects.values_list("act", "actor__staff_number")) == [
        ("people.login.succeeded", "owner")
    ]


def test_wrong_unknown_and_gone_get_the_same_answer(cast):
    pages = []
    for login in ("owner", "nobody-here", "gone"):
        password = PASSWORD if login == "gone" else "wrong"
        response = sign_in_as(Client(), login, password)
        assert (response.status_code, response.context["form"].non_field_errors()) == (200, [WRONG])
        pages.append(len(response.content) - len(login))
    assert len(set(pages)) == 1
    assert AuditEntry.objects.filter(act="people.login.failed").count() == 3


def test_the_fifth_wrong_password_costs_a_minute_and_the_next_doubles(cast):
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            assert sign_in_as(client, "owner", "wrong").status_code == 200
        refused = sign_in_as(client, "owner")
        assert (refused.status_code, refused["Retry-After"]) == (429, "60")
        assert not is_signed_in(client)
        clock.shift(61)
        assert sign_in_as(client, "owner", "wrong").status_code == 200
        clock.shift(61)
        assert sign_in_as(client, "owner")["Retry-After"] == "59"
        clock.shift(60)
        assert sign_in_as(client, "owner").status_code == 302
        assert sign_in_as(Client(), "owner", "wrong").status_code == 200


def test_an_unknown_account_waits_just_the_same(cast):
    failures(5, "nobody-here")
    assert sign_in_as(Client(), "nobody-here").status_code == 429


def test_the_account_is_not_locked_for_another_address(cast):
    failures(20, "owner", ip="203.0.113.9")
    assert sign_in_as(Client(), "owner").status_code == 302


def test_one_address_trying_many_accounts_waits(cast):
    for number in range(30):
        failures(1, f"guess{number}")
    assert sign_in_as(Client(), "owner").status_code == 429
    assert sign_in_as(Client(), "owner", REMOTE_ADDR="203.0.113.10").status_code == 302


def test_a_flood_from_everywhere_slows_strangers_but_not_known_addresses(cast):
    LoginAttempt.objects.bulk_create(
        LoginAttempt(at=timezone.now(), account=f"{n:064}", ip=f"198.51.100.{n % 250}", succeeded=False)
        for n in range(sign_in.EVERYWHERE_FREE)
    )
    assert sign_in_as(Client(), "owner", REMOTE_ADDR="203.0.113.10").status_code == 429
    sign_in.record_success(cast.owner, "203.0.113.10")
    assert sign_in_as(Client(), "owner", REMOTE_ADDR="203.0.113.10").status_code == 302


def test_thirty_idle_minutes_end_the_session_and_the_page_says_so(cast):
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in_as(client, "owner")
        clock.shift(29 * 60)
        assert is_signed_in(client)
        clock.shift(31 * 60)
        assert not is_signed_in(client)
        assert "30 minutes" in client.get(LOGIN).content.decode()
    assert SessionRecord.objects.count() == 0


def test_twelve_hours_end_the_session_however_busy(cast):
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in_as(client, "owner")
        for _ in range(48):
            clock.shift(15 * 60)
            assert is_signed_in(client)
        clock.shift(15 * 60)
        assert not is_signed_in(client)


@pytest.mark.parametrize(
    "act",
    [
        lambda user, by: users.set_password(user, "ganz-anders-77", by=by),
        lambda user, by: users.change_position(user, Position.TEAM_LEAD, by=by),
        lambda user, by: users.deactivate_user(user, on=timezone.localdate(), by=by),
    ],
    ids=["password", "position", "deactivation"],
)
def test_all_sessions_end_when_rights_change(cast, act):
    phone, desk = Client(), Client()
    sign_in_as(phone, "owner")
    sign_in_as(desk, "owner")
    act(cast.owner, cast.hr)
    assert (is_signed_in(phone), is_signed_in(desk)) == (False, False)
    assert SessionRecord.objects.count() == 0


def test_sign_out_elsewhere_keeps_this_browser(cast):
    phone, desk = Client(), Client()
    sign_in_as(phone, "owner")
    sign_in_as(desk, "owner")
    desk.post("/me/sessions/end/")
    assert (is_signed_in(phone), is_signed_in(desk)) == (False, True)
    assert Session.objects.filter(session_key=desk.session.session_key).exists()


def test_nobody_ends_the_session_of_somebody_else(cast):
    phone, thief = Client(), Client()
    sign_in_as(phone, "owner")
    sign_in_as(thief, "same-team")
    record = SessionRecord.objects.get(user=cast.owner)
    assert thief.post(f"/me/sessions/{record.pk}/end/").status_code == 404
    assert is_signed_in(phone)


def test_the_reset_mail_goes_through_the_outbox_once_and_its_link_works_once(cast, settings):
    settings.BASE_URL = "https://kam.example"
    client = Client()
    answers = [
        client.post("/login/reset/", {"email": email}).url
        for email in ("owner@kam.example", "no@kam.example")
    ]
    assert answers == ["/login/reset/sent/"] * 2
    message = Message.objects.get()
    assert (message.to, message.kind) == (cast.owner, "people.reset")
    link = next(
        line for line in message.text.splitlines() if line.startswith("https://kam.example/login/reset/")
    )
    path = link.removeprefix("https://kam.example")
    form = client.get(path, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "ganz-anders-77", "password2": "ganz-anders-77"})
    assert sign_in_as(Client(), "owner", "ganz-anders-77").status_code == 302
    assert client.get(path, follow=True).context["token_fail"] is True
    assert Message.objects.filter(kind="people.password", to=cast.owner).count() == 1


def test_the_host_header_does_not_get_into_the_link(cast, settings):
    settings.BASE_URL = "https://kam.example"
    settings.ALLOWED_HOSTS = ["*"]
    Client().post("/login/reset/", {"email": "owner@kam.example"}, headers={"host": "evil.example"})
    assert "evil.example" not in Message.objects.get().text


def test_next_does_not_lead_away(cast):
    response = Client().post(f"{LOGIN}?next=https://evil.example/", {"login": "owner", "password": PASSWORD})
    assert response.url == "/"


def test_nobody_signs_up(cast):
    assert Client().get("/login/signup/").status_code in {302, 404}
    assert Client().post("/login/signup/", {"username": "x"}).status_code in {302, 404}


@pytest.mark.django_db
def test_the_page_has_an_eye_that_works_by_keyboard_and_needs_no_inline_script():
    page = Client().get("/login/").content.decode()
    eye = page.split('data-show-password="id_password"')[1].split("</button>")[0]
    assert 'aria-pressed="false" aria-label="Show the password" hidden' in eye
    assert page.count("<script") == page.count("<script src=")


@pytest.mark.django_db
def test_who_waits_sees_the_time_left(cast):
    for _attempt in range(5):
        sign_in_as(Client(), "owner", password="wrong")
    page = sign_in_as(Client(), "owner").content.decode()
    assert 'data-seconds-left="60">1:00<' in page


def test_browsers_find_an_icon_where_they_look_for_one():
    answer = Client().get("/favicon.ico")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer.content.startswith(b"<svg")

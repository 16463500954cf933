"""The second factor: set up, asked for, used once, kept by those who must have it."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from kam.audit.models import AuditEntry
from kam.people.registers import clean_up
from tests.factories.kam import PASSWORD

ADD = "/me/second-factor/add/"


def code_for(secret: str, shift: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + shift))


@pytest.fixture
def signed_in(cast):
    client = Client()
    client.post("/login/", {"login": "manager", "password": PASSWORD})
    return client


def set_up(client, django_capture_on_commit_callbacks) -> str:
    secret = client.get(ADD).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(ADD, {"code": code_for(secret)}).status_code == 302
    return secret


def test_set_up_and_sign_in_with_both_factors(cast, signed_in, django_capture_on_commit_callbacks):
    secret = set_up(signed_in, django_capture_on_commit_callbacks)
    stored = Authenticator.objects.get(user=cast.manager, type="totp")
    assert secret not in str(stored.data)
    assert AuditEntry.objects.filter(act="people.second_factor.added", actor=cast.manager).count() == 1
    client = Client()
    assert client.post("/login/", {"login": "manager", "password": PASSWORD}).url == "/login/code/"
    assert client.get("/me/").status_code == 302
    wrong = client.post("/login/code/", {"code": "000000"})
    assert wrong.status_code == 200
    assert client.get("/me/").status_code == 302
    code = code_for(secret)
    assert client.post("/login/code/", {"code": code}).url == "/"
    assert client.get("/me/").status_code == 200
    other = Client()
    other.post("/login/", {"login": "manager", "password": PASSWORD})
    assert other.post("/login/code/", {"code": code}).status_code == 200, "a used step is not accepted again"


def test_a_recovery_code_works_once(cast, signed_in, django_capture_on_commit_callbacks):
    set_up(signed_in, django_capture_on_commit_callbacks)
    code = signed_in.get("/me/second-factor/codes/").context["unused_codes"][0]
    answers = []
    for _ in range(2):
        client = Client()
        client.post("/login/", {"login": "manager", "password": PASSWORD})
        answers.append(client.post("/login/code/", {"code": code}).status_code)
    assert answers == [302, 200]


def test_guessing_codes_is_limited(cast, signed_in, django_capture_on_commit_callbacks):
    secret = set_up(signed_in, django_capture_on_commit_callbacks)
    client = Client()
    client.post("/login/", {"login": "manager", "password": PASSWORD})
    for guess in range(5):
        client.post("/login/code/", {"code": f"00000{guess}"})
    for number in range(400):
        cache.set(f"counted-by-others-{number}", 1)
    assert client.post("/login/code/", {"code": code_for(secret)}).status_code == 200, "others push it out"
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize(
    ("person", "must"),
    [
        ("manager", True),
        ("director", True),
        ("gm", True),
        ("finance", True),
        ("admin", True),
        ("owner", False),
        ("hr", False),
    ],
)
def test_who_must_have_one_is_led_to_set_it_up(cast, settings, person, must):
    settings.TOTP_REQUIRED = True
    client = Client()
    client.post("/login/", {"login": person, "password": PASSWORD})
    response = client.get("/me/")
    assert (response.status_code, response.headers.get("Location")) == ((302, ADD) if must else (200, None))
    assert client.get(ADD).status_code == 200


def test_who_must_have_one_cannot_remove_it(cast, signed_in, settings, django_capture_on_commit_callbacks):
    set_up(signed_in, django_capture_on_commit_callbacks)
    settings.TOTP_REQUIRED = True
    signed_in.post("/me/second-factor/remove/")
    assert Authenticator.objects.filter(user=cast.manager, type="totp").count() == 1
    settings.TOTP_REQUIRED = False
    signed_in.post("/me/second-factor/remove/")
    assert Authenticator.objects.filter(user=cast.manager).count() == 0


@pytest.mark.django_db
def test_counters_that_are_over_are_forgotten_every_hour():
    cache.set("over-soon", 1, timeout=60)
    cache.set("counts-on", 1, timeout=7_200)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        clean_up()
        with connection.cursor() as cursor:
            cursor.execute(
                "select cache_key from kam_cache where cache_key like any (array['%over-soon', '%counts-on'])"
            )
            assert cursor.fetchall() == [(":1:counts-on",)]


def test_the_field_of_a_code_is_named_once_and_in_our_words(cast, signed_in):
    page = signed_in.get(ADD).content.decode()
    assert (
        "One-time code" in page,
        "Authenticator code" in page,
        "placeholder=" in page.split("<main")[1],
    ) == (
        True,
        False,
        False,
    )

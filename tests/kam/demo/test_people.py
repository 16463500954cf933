"""The demo's people, the warning, and the door that stays shut in production."""

import math

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client

from kam.audit.models import AuditEntry
from kam.demo.cast import CAST, play_people
from kam.demo.guard import refuse_public_passwords
from kam.demo.models import DemoPart
from kam.demo.selectors import hints, logins_with_the_public_password
from kam.demo.story import Size, Story
from kam.people.services import users
from kam.users.models import Team, User
from kam.users.terms import Position


@pytest.fixture
def people(db, heard_of_demo):
    heard_of_demo.at = -math.inf  # a process that has just begun
    from django.utils import timezone

    play_people(Story(Size.DEPARTMENT, 1, timezone.localdate()))
    DemoPart.objects.create(name="people", size="department", seed=1, day=timezone.localdate())


def test_sixteen_with_a_daily_plan_and_the_administrator_in_two_groups(people):
    assert User.objects.exclude(position=Position.ADMINISTRATOR).count() == 16
    assert {team.manager.staff_number: team.lead.staff_number for team in Team.objects.all()} == {
        "manager1": "specialist1",
        "manager2": "specialist5",
    }
    assert [team.industries.count() for team in Team.objects.all()] == [2, 2]
    assert sorted(
        Team.objects.get(manager__staff_number="manager2").memberships.values_list(
            "user__staff_number", flat=True
        )
    ) == [f"specialist{n}" for n in (5, 6, 7, 8)]
    assert AuditEntry.objects.filter(act="people.user.created").count() == len(CAST)


def test_every_login_opens_with_the_public_password_and_the_pages_warn(people):
    for figure in CAST:
        assert (
            Client().post("/login/", {"login": figure.staff_number, "password": "kam-demo"}).status_code
            == 302
        )
    assert "kam-demo" in Client().get("/login/").content.decode()
    client = Client()
    client.force_login(User.objects.get(staff_number="clerk"))
    assert "k-strip" in client.get("/me/").content.decode()


def test_nothing_is_offered_where_no_demo_was_loaded(db, heard_of_demo):
    heard_of_demo.at = -math.inf
    assert hints() == ("", ())
    assert "kam-demo" not in Client().get("/login/").content.decode()


def test_production_refuses_to_start_until_the_last_password_is_changed(people, settings):
    settings.LAPTOP = False
    with pytest.raises(ImproperlyConfigured, match="opens admin, clerk"):
        refuse_public_passwords()
    for user in User.objects.all():
        users.set_password(user, f"ganz-anders-{user.pk}", by=None)
    assert logins_with_the_public_password() == []
    refuse_public_passwords()


def test_the_command_makes_the_first_administrator(db, monkeypatch, capsys):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("ein-langes-Wort-42\n"))
    call_command("create_user", "root", "管理员", "--json")
    user = User.objects.get(staff_number="root")
    assert (user.position, user.check_password("ein-langes-Wort-42")) == ("administrator", True)
    assert '"staff_number": "root"' in capsys.readouterr().out

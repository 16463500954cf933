"""The first administrator: made once, with the key that the start prints, by nobody else and never again."""

import pytest
from django.core.management import call_command
from django.test import Client

from kam.core.errors import ConflictError
from kam.people.services.first import first_key, make_first_administrator
from kam.users.models import User

pytestmark = pytest.mark.django_db
TOLD = {"name": "周立", "staff_number": "root", "email": "", "password": "a long sentence of mine"}


def address(key=None):
    return f"/first/?key={first_key() if key is None else key}"


def test_the_start_prints_the_way_to_the_first_page_until_somebody_is_there(capsys):
    call_command("first_link")
    assert capsys.readouterr().out.strip().endswith(address())
    User.objects.create_user("x", "p", name="X", position="hr")
    call_command("first_link")
    assert capsys.readouterr().out == ""


def test_the_first_administrator_is_made_and_signed_in():
    client = Client()
    assert "Who is the administrator?" in client.get(address()).content.decode()
    answer = client.post(address(), TOLD)
    user = User.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert (user.staff_number, user.position, user.is_staff) == ("root", "administrator", True)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get(address()).status_code == 404


@pytest.mark.parametrize("key", ["", "0" * 32, "x"])
def test_without_the_key_there_is_no_such_page(key):
    assert (Client().get(address(key)).status_code, Client().post(address(key), TOLD).status_code) == (
        404,
        404,
    )
    assert User.objects.count() == 0


def test_with_somebody_there_the_key_opens_nothing():
    User.objects.create_user("x", "p", name="X", position="hr")
    assert Client().post(address(), TOLD).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "change", [{"password": "short"}, {"name": ""}, {"staff_number": ""}, {"email": "x"}]
)
def test_bad_input_is_said_at_the_field_and_nobody_is_made(change):
    answer = Client().post(address(), TOLD | change)
    assert (answer.status_code, set(change) & set(answer.context["form"].errors)) == (422, set(change))
    assert User.objects.count() == 0


def test_a_second_one_is_refused():
    make_first_administrator(staff_number="a", name="A", password="p")
    with pytest.raises(ConflictError, match="Somebody is there already"):
        make_first_administrator(staff_number="b", name="B", password="p")
    assert User.objects.count() == 1


def test_the_sign_in_page_of_an_empty_kam_says_where_to_begin():
    assert "manage.py first_link" in Client().get("/login/").content.decode()
    User.objects.create_user("x", "p", name="X", position="hr")
    assert "manage.py first_link" not in Client().get("/login/").content.decode()

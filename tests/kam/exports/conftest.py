"""Twelve people p01 … p12 as in the tests of lists, and a client that has just given its password."""

import time

import pytest
from allauth.account.internal.flows import login

import tests.kam.lists.demo_list  # noqa: F401 -- puts the list of people on the register
from tests.factories.kam import make_user

ASK = "/exports/ask/tests.people/csv/?query="


@pytest.fixture
def people(db):
    return [make_user(f"p{n:02}", name=f"Person {n:02}", mobile=f"1380000{n:04}") for n in range(1, 13)]


@pytest.fixture
def fresh_client_of(client_of):
    def sign_in(user):
        client = client_of(user)
        session = client.session
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
        session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session.save()
        return client

    return sign_in

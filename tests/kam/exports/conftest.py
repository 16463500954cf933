"""Twelve people p01 … p12 as in the tests of lists."""

import pytest

import tests.kam.lists.demo_list  # noqa: F401 -- puts the list of people on the register
from tests.factories.kam import make_user

ASK = "/exports/ask/tests.people/csv/?query="


@pytest.fixture
def people(db):
    return [make_user(f"p{n:02}", name=f"Person {n:02}", mobile=f"1380000{n:04}") for n in range(1, 13)]

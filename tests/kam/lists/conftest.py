"""Twelve people p01 … p12; every third has left."""

from datetime import date

import pytest

from kam.users.terms import Position
from tests.factories.kam import make_user


@pytest.fixture
def people(db):
    return [
        make_user(
            f"p{n:02}",
            Position.MANAGER if n % 4 == 0 else Position.SPECIALIST,
            name=f"Person {n:02}",
            left_on=date(2024, 1, n) if n % 3 == 0 else None,
        )
        for n in range(1, 13)
    ]

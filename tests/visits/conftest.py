"""What tests of plans and visits stand on: a Thursday in June, and the default routes."""

from collections.abc import Iterator

import pytest
import time_machine

from kam.approvals.routes import load_default_routes
from tests.factories.visits import NOW


@pytest.fixture
def thursday() -> Iterator[None]:
    """Stop the clock on Thursday, 25 June 2026, 9:00 in Shanghai: the week before the one that is planned."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def routes(db: None) -> None:
    """Have the default routes, also after a transactional test emptied the tables."""
    load_default_routes()

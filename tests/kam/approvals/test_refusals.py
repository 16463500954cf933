"""What is over is over: a request that ended is not withdrawn, and what nobody approved is not voided; nothing changes."""

import pytest

from kam.approvals import services
from kam.core.errors import BusinessError
from tests.factories.approvals import everything, make_route, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def wish(cast):
    make_route()
    return make_wish(cast.owner, "100.00", "98.00")


@pytest.mark.parametrize("outcome", ["approved", "rejected", "withdrawn"])
def test_what_is_over_is_not_withdrawn(wish, cast, outcome):
    request = services.submit("wish", wish, by=cast.owner)
    if outcome == "approved":
        for decider in (cast.manager, cast.director, cast.finance):
            services.approve(request, by=decider, version=request.version)
            request.refresh_from_db()
    elif outcome == "rejected":
        services.reject(request, by=cast.manager, version=request.version, reason="no")
    else:
        services.withdraw(request, by=cast.owner, version=request.version)
    request.refresh_from_db()
    before = everything()
    with pytest.raises(BusinessError):
        services.withdraw(request, by=cast.owner, version=request.version)
    assert everything() == before


def test_what_nobody_approved_yet_is_not_voided(wish, cast):
    services.submit("wish", wish, by=cast.owner)
    before = everything()
    with pytest.raises(BusinessError):
        services.void("wish", wish, by=cast.owner, reason="One more")
    assert everything() == before

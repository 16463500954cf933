"""Lists of rules in the administration: whoever may not draft a kind is not led to a page that refuses."""

import pytest

from kam.approvals.routes import load_default_routes

pytestmark = pytest.mark.django_db


def test_a_change_is_offered_to_whom_the_kind_names(cast, client_of):
    load_default_routes()
    for who, is_offered in ((cast.director, True), (cast.gm, False)):
        page = client_of(who).get("/admin/approvals/route/")
        assert page.status_code == 200
        assert ("Propose a change" in page.content.decode()) is is_offered

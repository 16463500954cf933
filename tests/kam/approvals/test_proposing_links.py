"""Lists of rules in the administration: whoever may not draft a kind is not led to a page that refuses."""

import pytest

from kam.approvals.routes import load_default_routes
from kam.approvals.rule_changes.permissions import can_draft_rule
from kam.settings_rows.permissions import can_propose_settings

pytestmark = pytest.mark.django_db


def test_a_change_is_offered_to_whom_the_kind_names(cast, client_of):
    load_default_routes()
    for who, is_offered in ((cast.director, True), (cast.gm, False)):
        page = client_of(who).get("/admin/approvals/route/")
        assert page.status_code == 200
        assert ("Propose a change" in page.content.decode()) is is_offered


def test_settings_offer_a_change_to_whom_the_kinds_name(cast, client_of):
    for who in (cast.director, cast.gm, cast.hr):
        asked = {can_draft_rule(who, "setting"), can_draft_rule(who, "workdays")}
        assert asked == {can_propose_settings(who)}
        page = client_of(who).get("/admin/settings_rows/settingrow/")
        assert ("Propose a change" in page.content.decode()) is can_propose_settings(who)

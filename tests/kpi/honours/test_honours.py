"""An honour from the candidate to the certificate, over HTTP; what was decided stays."""

from datetime import date

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from kam.approvals import services as approvals
from kam.approvals.models import Seat
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kpi.honours.models import Honour
from kpi.honours.services import SUBJECT
from kpi.sheets.closing import close_period
from tests.factories.accounts import make_unit
from tests.factories.kpi import JUNE, approve_to_the_end, at, make_agreed, make_target
from tests.kpi.sheets.test_closing import sold

pytestmark = pytest.mark.django_db
NEW = "/kpi/honours/new/"


@pytest.fixture(autouse=True)
def _routes(db):
    load_default_routes()


def told(cast, **other):
    values = {
        "person": cast.owner.pk,
        "occasion": "target",
        "kind": "money",
        "title": "销售之星",
        "amount": "1000",
        "on": "2026-07-10",
        "reason": "超额完成六月计划",
    }
    return values | other


def test_who_reached_the_target_is_offered_proposed_approved_and_told(cast, client_of):
    sold(cast)
    make_target(1_200_000, person=cast.owner)
    make_agreed(cast.owner, by=cast.manager)
    manager = client_of(cast.manager)
    with at(date(2026, 7, 10)):
        close_period(JUNE, by=cast.hr)
        page = manager.get("/kpi/honours/")
        assert [(one.person, one.rate) for one in page.context["candidates"]] == [(cast.owner, "433.16 %")]
        assert manager.post(NEW, told(cast, amount="")).status_code == 422
        assert manager.post(NEW, told(cast, person=cast.other_team.pk)).status_code == 422
        assert not Honour.objects.exists()
        assert manager.post(NEW, told(cast)).status_code == 302
        assert manager.get("/kpi/honours/").context["candidates"] == []
        honour = Honour.objects.get()
        url, owner = honour.get_absolute_url(), client_of(cast.owner)
        assert owner.get(url).status_code == 404
        approve_to_the_end(honour, SUBJECT)
        deciders = Seat.objects.filter(stage__round__request=request_for(SUBJECT, honour))
        assert set(deciders.values_list("user", flat=True)) == {cast.director.pk, cast.gm.pk}
        assert owner.get(f"{url}certificate.pdf")["Content-Type"] == "application/pdf"
        assert "超额完成六月计划" in owner.get(url).content.decode()
    assert (honour.state, honour.decided_at is not None) == ("approved", True)
    assert cast.owner.notices.filter(kind="kpi.honour").count() == 1
    with (
        pytest.raises((InternalError, ProgrammingError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update kpi_honour set amount = 9999")


def test_a_returned_proposal_is_handed_in_again_and_a_team_is_told_together(cast, client_of):
    manager = client_of(cast.manager)
    of_team = told(cast, person="", team=cast.team.pk, kind="title", amount="", occasion="other")
    with at(date(2026, 7, 10)):
        assert manager.post(NEW, of_team).status_code == 302
        honour = Honour.objects.get()
        url = honour.get_absolute_url()
        assert manager.post(f"{url}again/", {"title": "x", "reason": "y"}).status_code == 403
        assert manager.get(f"{url}certificate.pdf").status_code == 404
        request = request_for(SUBJECT, honour)
        approvals.return_for_changes(request, by=cast.director, reason="说明理由", version=request.version)
        assert manager.post(f"{url}again/", {"title": "服务之星", "reason": "回访率最高"}).status_code == 302
        approve_to_the_end(Honour.objects.get(), SUBJECT)
    honour.refresh_from_db()
    assert (honour.state, honour.title) == ("approved", "服务之星")
    assert cast.owner.notices.filter(kind="kpi.honour").count() == 1
    assert cast.other_team.notices.filter(kind="kpi.honour").count() == 0


def test_a_unit_that_was_won_is_named_only_to_whoever_may_read_it(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner)
    with at(date(2026, 7, 10)):
        values = told(cast, occasion="unit_won", unit=unit.pk, kind="prize", amount="")
        client_of(cast.manager).post(NEW, values)
        honour = Honour.objects.get()
        approve_to_the_end(honour, SUBJECT)
        shown = {
            who: "泉州商会" in client_of(who).get(honour.get_absolute_url()).content.decode()
            for who in (cast.owner, cast.other_team)
        }
    assert shown == {cast.owner: True, cast.other_team: False}

"""A score sheet from the first day to the signature, over HTTP."""

from datetime import date

import pytest

from kam.approvals.models import Seat
from kam.approvals.selectors import request_for
from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError
from kpi.sheets.corrections import SUBJECT as CORRECTION
from kpi.sheets.models import Correction, Sheet, Waiver
from kpi.sheets.selectors import shown
from kpi.sheets.services import SUBJECT
from tests.factories.kpi import JUNE, approve_to_the_end, at, hand_in, make_sheet, make_target

pytestmark = pytest.mark.django_db
ABILITIES = ("skill", "investigation", "problem_solving", "innovation")


def post(client, path, **told):
    return client.post(path, told)


def seat_of(sheet):
    return Seat.objects.filter(
        stage__round__request=request_for(SUBJECT, sheet), stage__state="pending"
    ).values_list("user__staff_number", flat=True)


def test_a_sheet_goes_from_the_self_review_to_the_signature(cast, client_of):
    make_target(6_000_000, person=cast.owner)
    sheet = make_sheet(cast.owner)
    url = sheet.get_absolute_url()
    owner, manager, director, hr = (
        client_of(one) for one in (cast.owner, cast.manager, cast.director, cast.hr)
    )
    with at(date(2026, 7, 2)):
        early = post(owner, f"{url}submit/", version=1)
        assert (early.status_code, Sheet.objects.get(pk=sheet.pk).state) == (422, "draft")
        assert post(owner, f"{url}review/", version=1, text="回访完成").status_code == 302
        assert post(owner, f"{url}review/", version=1, text="别的").status_code == 409
        assert post(owner, f"{url}submit/", version=2).status_code == 302
        assert list(seat_of(sheet)) == ["manager"]
        missing = post(manager, f"{url}rate/", version=3, grade_skill="4", evidence_skill="")
        assert missing.status_code == 422
        grades = {
            f"{part}_{key}": value
            for key in ABILITIES
            for part, value in (("grade", "4"), ("evidence", "齐全"))
        }
        assert post(manager, f"{url}rate/", version=3, **grades).status_code == 302
        assert post(manager, f"{url}waive/sales/", version=4, reason="x").status_code == 422
        assert manager.get(f"{url}waive/nothing/").status_code == 404
        for version, key in enumerate(("development", "collection", "channels", "files", "forms"), 4):
            assert post(manager, f"{url}waive/{key}/", version=version, reason="没有业务").status_code == 302
        assert post(manager, f"{url}comment/", indicator="sales", text="下月签约").status_code == 302
        approve_to_the_end(sheet)
    with at(date(2026, 7, 6)):
        page = director.get("/kpi/sheets/", {"period": "2026-06"})
        assert page.context["can_close"]
        assert post(hr, "/kpi/sheets/close/", period="2026-06").status_code == 302
        text = owner.get(url).content.decode()
        assert "下月签约" in text
        assert shown(Sheet.objects.get(pk=sheet.pk)).seal.hash_text in text
        assert post(owner, f"{url}sign/").status_code == 302
        assert post(owner, f"{url}sign/").status_code == 403
        assert post(owner, f"{url}correct/", reason="少算了一单").status_code == 302
    asked = Correction.objects.get()
    assert AuditEntry.objects.get(act="kpi.correction.asked").actor == asked.asked_by
    assert (asked.sheet_id, asked.state) == (sheet.pk, "pending")
    approve_to_the_end(asked, CORRECTION)
    revisions = Sheet.objects.filter(user=cast.owner).order_by("revision").values_list("revision", "state")
    assert list(revisions) == [(1, "closed"), (2, "draft")]
    assert shown(Sheet.objects.get(pk=sheet.pk)).seal is not None


def test_a_sheet_is_not_agreed_while_a_line_has_no_points(cast, client_of):
    with at(date(2026, 7, 2)):
        sheet = hand_in(make_sheet(cast.owner))
        with pytest.raises(BusinessError, match="no points yet"):
            approve_to_the_end(sheet)
    sheet.refresh_from_db()
    assert sheet.state == "pending"


def test_a_sheet_whose_lines_are_all_left_out_is_none(cast):
    with at(date(2026, 7, 2)):
        sheet = hand_in(make_sheet(cast.manager))
        for line in shown(sheet).result["lines"]:
            Waiver.objects.create(sheet=sheet, indicator=line["indicator"], reason="x", by=cast.director)
        with pytest.raises(BusinessError, match="nothing to score"):
            approve_to_the_end(sheet)
    sheet.refresh_from_db()
    assert sheet.state == "pending"


def test_each_point_is_explained_and_opens_its_facts(cast, client_of):
    make_target(6_000_000, person=cast.owner)
    sheet = make_sheet(cast.owner)
    text = client_of(cast.owner).get(sheet.get_absolute_url()).content.decode()
    assert "0.00 % against a standard of 100 %: 20 full steps" in text
    assert f"/kpi/facts/sales.actual/person-{cast.owner.pk}/?from=2026-06-01&amp;until=2026-06-30" in text
    assert "Cannot be assessed" in text


def test_papers_carry_the_name_and_the_points(cast, client_of):
    sheet = make_sheet(cast.owner, JUNE)
    for path in (f"{sheet.get_absolute_url()}sheet.pdf", "/kpi/sheets/table.pdf?period=2026-06"):
        answer = client_of(cast.director).get(path)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_the_scheme_says_what_is_sourced_and_what_is_assumed(cast, client_of):
    page = client_of(cast.owner).get("/kpi/schemes/").content.decode()
    assert page.count("printed in the source") >= 4
    assert "assumption" in page

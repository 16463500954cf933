"""The report page: both forms, both columns, the unit's file, and the paper."""

from contextlib import nullcontext
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import time_machine
from django.utils.formats import date_format

from accounts.units.models import Observation
from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import make_visit
from visits.reports.models import ReportVersion, VisitReport
from visits.reports.services import save_report
from visits.reports.terms import Variant
from visits.visits.terms import Outcome, VisitKind

NOON = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
MARKET = {
    "quality_reaction": "隔音好𠮷",
    "satisfaction": "尚未入住",
    "competitor_use": "湘江世纪城",
    "industry_news": "石材出口回落",
}
PROPERTY = {
    "v_headcount": "1,312",
    "v_income": "86000",
    "v_main_business": "建材、石材𠮷",
    "v_industry_text": "商会",
    "v_office_environment": "good",
    "v_living_environment": "mostly_rented",
    "v_self_built_housing": "none",
    "v_private_cars": "180",
    "v_foot_traffic": "商会会所",
    "v_purchase_demand": "改善住房",
    "v_purchase_intention": "4",
    "v_purchasing_power": "strong",
    "v_accepted_area": "110",
    "v_accepted_area_to": "140",
    "v_accepted_price": "3200",
    "v_accepted_price_to": "3500",
    "v_attention": "high",
    "v_internal_website": "qzsh.example",
    "v_recent_activities": "年会",
    "v_promotion_time": "七月中旬",
    "v_promotion_place": "石峰酒店",
    "v_promotion_way": "年会推介",
    "r_headcount": "含新入会 22 家",
}


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def visit(cast):
    unit = make_unit("泉州商会", owner=cast.owner)
    return make_visit(unit, make_person(unit, "许志远"), user=cast.owner, on=NOON.date())


def body(**values):
    return {"key": str(uuid4()), "version": "0"} | MARKET | PROPERTY | values


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_range() for page in document).split())


def test_s163_the_report_updates_the_file_and_keeps_a_version(cast, client_of, visit):
    answer = client_of(cast.owner).post(f"/visits/{visit.pk}/report/", body())
    report = VisitReport.objects.get()
    visit.refresh_from_db()
    learned = dict(Observation.objects.values_list("field", "value"))
    assert (answer.status_code, report.version, report.state) == (302, 1, "submitted")
    assert (report.values["headcount"], report.values["accepted_area"]) == ("1312", ["110", "140"])
    assert report.remarks == {"headcount": "含新入会 22 家"}
    assert (learned["headcount"], learned["purchasing_power"], learned["purchase_intention"]) == (1312, 5, 4)
    assert learned["accepted_area"] == {"from": "110", "to": "140"}
    assert len(learned) == 20
    sources = set(Observation.objects.values_list("source_kind", "source_id"))
    assert sources == {("report", str(report.pk))}
    assert (visit.satisfaction, ReportVersion.objects.count()) == ("尚未入住", 1)
    assert AuditEntry.objects.filter(act="visits.report.submitted").count() == 1


def test_s164_the_produce_form_has_its_own_fields(cast, client_of, visit):
    address = f"/visits/{visit.pk}/report/?form=produce"
    page = client_of(cast.owner).get(address).content.decode()
    assert ("v_gift_demand" in page, "v_private_cars" in page, "v_accepted_area" in page) == (
        True,
        False,
        False,
    )
    client_of(cast.owner).post(address, body(v_gift_demand="礼盒 300 份", v_gift_box_intention="5"))
    report = VisitReport.objects.get()
    learned = dict(Observation.objects.values_list("field", "value"))
    assert (report.variant, len(report.values)) == ("produce", 17)
    assert (learned["purchase_demand"], learned["gift_box_intention"]) == ("礼盒 300 份", 5)


def test_s171_all_unanswered_market_questions_are_named_at_once(cast, client_of, visit):
    missing = {"satisfaction": "", "industry_news": " "}
    answer = client_of(cast.owner).post(f"/visits/{visit.pk}/report/", body(**missing))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, set(missing))
    assert VisitReport.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"v_headcount": "about 300"}, "v_headcount"),
        ({"v_accepted_area": "150"}, "v_accepted_area"),
        ({"v_attention": "huge"}, "v_attention"),
        ({"satisfaction": " "}, "satisfaction"),
        ({"v_main_business": "字" * 501}, "v_main_business"),
    ],
)
def test_s171_bad_or_missing_answers_are_shown_at_the_field(cast, client_of, visit, change, field):
    answer = client_of(cast.owner).post(f"/visits/{visit.pk}/report/", body(**change))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (VisitReport.objects.count(), Observation.objects.count()) == (0, 0)
    assert "含新入会 22 家" in answer.content.decode()


def test_twice_is_once_and_stale_is_refused(cast, client_of, visit):
    client, sent = client_of(cast.owner), body()
    address = f"/visits/{visit.pk}/report/"
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert ReportVersion.objects.count() == 1
    stale = client.post(address, body(v_headcount="9"))
    assert (stale.status_code, VisitReport.objects.get().values["headcount"]) == (409, "1312")
    assert client.post(address, body(v_headcount="9", version="1")).status_code == 302
    assert (VisitReport.objects.get().values["headcount"], ReportVersion.objects.count()) == ("9", 2)


def test_a_blank_never_erases_what_the_file_knows(cast, client_of, visit):
    client, address = client_of(cast.owner), f"/visits/{visit.pk}/report/"
    client.post(address, body())
    client.post(address, body(version="1", v_main_business=""))
    assert Observation.objects.filter(field="main_business").count() == 1


def test_first_and_second_visit_stand_side_by_side_on_screen_and_paper(cast, client_of, visit):
    client = client_of(cast.owner)
    client.post(f"/visits/{visit.pk}/report/", body())
    second = make_visit(
        visit.unit, visit.persons_met.get().person, user=cast.owner, on=visit.on, kind=VisitKind.SECOND
    )
    page = client.get(f"/visits/{second.pk}/report/").content.decode()
    assert ("1,312 people" in page, "First visit" in page) == (True, True)
    client.post(f"/visits/{second.pk}/report/", body(v_headcount="1350", v_main_business="卫浴"))
    paper = text_of(client.get(f"/visits/{second.pk}/report/pdf/").content)
    for told in ("1,312", "1,350", "建材、石材𠮷", "卫浴", "含新入会22家", "隔音好𠮷", "石峰酒店", "110–140"):
        assert told in paper, told
    assert text_of(client.get(f"/visits/{visit.pk}/report/pdf/").content).count("卫浴") == 1


def test_a_visit_whose_report_is_not_written_stands_on_the_paper_with_its_day(cast, client_of, visit):
    client, person = client_of(cast.owner), visit.persons_met.get().person
    client.post(f"/visits/{visit.pk}/report/", body())
    on = visit.on + timedelta(days=1)
    second = make_visit(visit.unit, person, user=cast.owner, on=on, kind=VisitKind.SECOND)
    paper = text_of(client.get(f"/visits/{second.pk}/report/pdf/").content)
    days = [date_format(day, "DATE_FORMAT").replace(" ", "") for day in (visit.on, on)]
    assert [day for day in days if day not in paper] == []
    assert paper.count(cast.owner.name.replace(" ", "")) >= 2


def test_who_only_reads_sees_the_report_but_no_form(cast, client_of, visit):
    client_of(cast.owner).post(f"/visits/{visit.pk}/report/", body())
    page = client_of(cast.lead).get(f"/visits/{visit.pk}/report/").content.decode()
    assert ("建材、石材𠮷" in page, "v_headcount" in page) == (True, False)


def test_the_record_prints_persons_and_content(cast, client_of, visit):
    paper = text_of(client_of(cast.owner).get(f"/visits/{visit.pk}/record/pdf/").content)
    assert [told for told in ("泉州商会", "许志远", "Talkedabouttheninthset") if told not in paper] == []


def test_the_same_report_prints_the_same_bytes(cast, client_of, visit):
    client = client_of(cast.owner)
    client.post(f"/visits/{visit.pk}/report/", body())
    one, two = (client.get(f"/visits/{visit.pk}/report/pdf/").content for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    ("seen", "refused"),
    [
        ({"kind": VisitKind.FIRST, "outcome": Outcome.PROGRESS}, True),
        ({"kind": VisitKind.FIRST, "outcome": Outcome.NOT_MET}, False),
        ({"kind": VisitKind.PHONE, "outcome": Outcome.PROGRESS}, False),
    ],
)
def test_market_questions_are_asked_of_visits_that_were_held(cast, seen, refused):
    visit = make_visit(make_unit(owner=cast.owner), user=cast.owner, on=NOON.date(), **seen)
    silent = dict.fromkeys(MARKET, "")
    with pytest.raises(BusinessError) if refused else nullcontext() as refusal:
        save_report(visit, variant=Variant.PROPERTY, values={}, remarks={}, market=silent, by=cast.owner)
    assert (VisitReport.objects.count(), refusal and refusal.value.field) == (
        (0, "quality_reaction") if refused else (1, None)
    )

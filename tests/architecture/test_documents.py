"""Every document of the department, one by one (13-proof, 6): each value arrives, 𠮷 too; fonts are inside; the same data give the same bytes."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pypdf
import pypdfium2
import pytest
import time_machine

from accounts.units.documents import unit_file
from kam.pdf.services import Sheet, issue
from kam.people.documents import handover_sheet
from kam.people.models import Handover
from kam.users.models import User
from tests.factories.accounts import make_contact, make_person, make_unit
from tests.factories.visits import make_line, make_plan, make_visit
from visits.followups.documents import followup_sheet
from visits.followups.services import DayEntry, RowEntry, file_followup
from visits.papers.documents import contact_paper, daily_sheet
from visits.papers.selectors import contact_sheet, daily_report
from visits.plans.documents import plan_sheet
from visits.preparation.documents import five_questions_sheet, preparation_sheet
from visits.reports.documents import record_sheet, report_sheet
from visits.reports.rules import Variant
from visits.reports.services import save_report
from visits.visits.terms import MARKET_QUESTIONS

TUESDAY = date(2026, 6, 30)
EVENING = datetime(2026, 6, 30, 17, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
WORDS = {
    "summary": "第九套已有意向人𠮷",
    "problems": "对方换了办公室主任",
    "next_step": "送付款节点对照表",
    "purpose": "核对团购名单",
    "quality_reaction": "样板房隔音好",
    "satisfaction": "尚未入住",
    "competitor_use": "湘江世纪城三千三",
    "industry_news": "石材出口回落",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet and the words that must stand on it."""

    sheet: Sheet
    words: tuple[str, ...]


def _visit(owner: User) -> Any:
    unit = make_unit("泉州商会𠮷", owner=owner, tier="A")
    person = make_person(unit, "欧阳建𠮷", post="会长")
    return make_visit(unit, person, user=owner, on=TUESDAY, **WORDS)


def _report(variant: Variant) -> Callable[[Any], Paper]:
    def make(cast: Any) -> Paper:
        visit = _visit(cast.owner)
        market = {name: WORDS[name] for name in MARKET_QUESTIONS}
        save_report(visit, variant=variant, values={}, remarks={}, market=market, by=cast.owner)
        return Paper(report_sheet(visit, by=cast.owner), ("泉州商会𠮷", cast.owner.name, *market.values()))

    return make


def _record(cast: Any) -> Paper:
    return Paper(record_sheet(_visit(cast.owner), by=cast.owner), ("泉州商会𠮷", "欧阳建𠮷", *WORDS.values()))


def _plan(cast: Any) -> Paper:
    plan = make_plan(cast.owner)
    unit = make_unit("泉州商会𠮷", owner=cast.owner)
    person = make_person(unit, "欧阳建𠮷")
    questions = "谁签字？\n户型由谁定？"
    make_line(
        plan,
        unit,
        day=TUESDAY,
        purpose="核对团购名单",
        persons=[person],
        questions=questions,
        materials="户型图",
    )
    words = ("泉州商会𠮷", "欧阳建𠮷", "核对团购名单", "谁签字？", "户型由谁定？", "户型图", "2026-W27")
    return Paper(plan_sheet(plan, language="zh-hans"), words)


def _preparation(cast: Any) -> Paper:
    unit = make_unit("泉州商会𠮷", owner=cast.owner)
    make_person(unit, "欧阳建𠮷")
    line = make_line(
        make_plan(cast.owner), unit, day=date(2026, 7, 1), purpose="核对团购名单", questions="谁签字？"
    )
    return Paper(preparation_sheet(line, language="zh-hans"), ("泉州商会𠮷", "核对团购名单", "谁签字？"))


def _daily(cast: Any) -> Paper:
    _followup(cast)
    sheet = daily_sheet(daily_report(cast.owner, TUESDAY, reader=cast.owner), by=cast.owner)
    return Paper(sheet, ("泉州商会𠮷", "欧阳建𠮷", "明天两家"))


def _contact(cast: Any) -> Paper:
    unit = make_unit("泉州商会𠮷", owner=cast.owner)
    make_contact(unit, make_person(unit, "欧阳建𠮷"), on=TUESDAY, by=cast.owner, text="电话约好𠮷")
    words = ("泉州商会𠮷", "欧阳建𠮷", "电话约好𠮷")
    return Paper(contact_paper(contact_sheet(cast.owner, TUESDAY, reader=cast.owner), by=cast.owner), words)


def _unit(cast: Any) -> Paper:
    visit = _visit(cast.owner)
    return Paper(unit_file(visit.unit, cast.owner, language="zh-hans"), ("泉州商会𠮷", "欧阳建𠮷", "会长"))


def _followup(cast: Any) -> Paper:
    visit = _visit(cast.owner)
    row = RowEntry(
        unit=visit.unit, done="谈第九套𠮷", problems="没有车", result="有进展", next_step="送对照表"
    )
    form = file_followup(TUESDAY, DayEntry(summary="按计划", tomorrow="明天两家", rows=[row]), by=cast.owner)
    words = ("泉州商会𠮷", "谈第九套𠮷", "没有车", "有进展", "送对照表", "按计划", "明天两家")
    return Paper(followup_sheet(form, by=cast.owner), words)


def _handover(cast: Any) -> Paper:
    handover = Handover.objects.create(person=cast.owner, reason="调往二组𠮷", prepared_by=cast.manager)
    handover.lines.create(holding="accounts.units", row="1", label="泉州商会𠮷", successor=cast.same_team)
    return Paper(
        handover_sheet(handover, by=cast.owner), (cast.owner.name, cast.same_team.name, "泉州商会𠮷")
    )


def _questions(form: str) -> Callable[[Any], Paper]:
    def make(_cast: Any) -> Paper:
        sheet = five_questions_sheet(form, language="zh-hans")
        return Paper(sheet, tuple(text for *_n, rows in sheet.context["groups"] for _key, text in rows))

    return make


PAPERS: dict[str, Callable[[Any], Paper]] = {
    "visit report, property": _report(Variant.PROPERTY),
    "visit report, produce": _report(Variant.PRODUCE),
    "visit record": _record,
    "week plan": _plan,
    "preparation": _preparation,
    "daily report": _daily,
    "contact sheet": _contact,
    "unit file": _unit,
    "follow-up form": _followup,
    "handover sheet": _handover,
    "wallet card": _questions("card"),
    "poster": _questions("poster"),
}


def squeezed(text: str) -> str:
    """Return text without blanks and line ends: a narrow column breaks words anywhere."""
    return re.sub(r"\s+", "", text)


def pages_of(pdf: bytes) -> list[str]:
    return [squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(pdf)]


def ink_of(pdf: bytes) -> bytes:
    return bytes(pypdfium2.PdfDocument(pdf)[0].render(scale=0.5).to_pil().tobytes())


@pytest.fixture(autouse=True)
def _evening(db):
    with time_machine.travel(EVENING, tick=False):
        yield


@pytest.mark.parametrize("name", PAPERS)
def test_every_value_arrives_with_letterhead_number_pages_and_code(cast, name, settings):
    paper = PAPERS[name](cast)
    pdf = issue(paper.sheet, by=cast.owner)
    pages = pages_of(pdf)
    whole = "".join(pages)
    assert [word for word in paper.words if squeezed(word) not in whole] == []
    assert (squeezed(settings.LETTERHEAD) in pages[0], squeezed(paper.sheet.number) in pages[0]) == (
        True,
        True,
    )
    assert all(f"{n}/{len(pages)}" in text for n, text in enumerate(pages, start=1))
    assert [label for label in paper.sheet.signatures if squeezed(label) not in whole] == []
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    for page in reader.pages:
        fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
        descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
        assert all("/FontFile2" in d or "/FontFile3" in d for d in descriptors)


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_data_give_the_same_bytes_and_a_blank_form_looks_different(cast, name):
    paper = PAPERS[name](cast)
    first = issue(paper.sheet, by=cast.owner)
    assert first == issue(paper.sheet, by=cast.owner)
    other = Sheet(**{f: getattr(paper.sheet, f) for f in Sheet.__slots__} | {"context": {}, "number": "0"})
    assert ink_of(first) != ink_of(issue(other, by=cast.owner))


def test_a_long_plan_repeats_its_head_and_number_on_every_page(cast):
    monday = date(2026, 7, 6)
    plan = make_plan(cast.owner, monday)
    for hour in range(8, 18):
        for day in range(5):
            unit = make_unit(f"单位{day}{hour}", owner=cast.owner)
            make_line(plan, unit, day=monday + timedelta(day), start=time(hour), end=time(hour, 45))
    sheet = plan_sheet(plan, language="en")
    pages = pages_of(issue(sheet, by=cast.owner))
    assert len(pages) > 2
    assert all("Dayandtime" in page for page in pages[:-1])
    assert all(squeezed(sheet.number) in page for page in pages)

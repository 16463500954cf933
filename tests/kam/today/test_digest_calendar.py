"""What digests say where weeks, years and clocks change."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils.functional import lazy
from django.utils.translation import get_language, override

from kam.calendar.services import set_day
from kam.core.once import reading
from kam.today.models import Digest
from kam.today.registry import register_duty
from kam.today.sections import team_in_words
from kam.today.services import make_due
from kam.today.team import team_days
from kam.today.terms import Exit
from tests.factories.accounts import make_unit
from tests.factories.visits import make_line, make_plan, make_visit
from tests.kam.today.stage import duty, empty_registry

__all__ = ["empty_registry"]
pytestmark = pytest.mark.django_db(transaction=True)

SHANGHAI = ZoneInfo("Asia/Shanghai")
THURSDAY = date(2026, 12, 31)
FRIDAY = date(2027, 1, 1)
NOTHING_NEXT = "Nothing is planned for the next working day."


def at(day, hour, zone=SHANGHAI):
    return datetime(day.year, day.month, day.day, hour, 5, tzinfo=zone)


def planned(user, *days):
    """Plan a visit on each day, as seen from some days before."""
    with time_machine.travel(at(days[0] - timedelta(days=3), 9), tick=False):
        unit = make_unit("泉州商会", owner=user)
        for day in days:
            make_line(make_plan(user, day), unit, day=day)
    return unit


def blocks(user, day, slot):
    digest = Digest.objects.get(user=user, date=day, slot=slot)
    return {block["key"]: block for block in digest.blocks}


def digests_at(moment):
    with time_machine.travel(moment, tick=False):
        make_due()


def test_new_year_lies_in_week_53_of_the_old_year(cast):
    planned(cast.owner, THURSDAY)
    set_day(FRIDAY, is_working=True, by=None)
    digests_at(at(THURSDAY, 8))
    digests_at(at(THURSDAY, 17))
    assert "泉州商会" in blocks(cast.owner, THURSDAY, "plan")["visits.day"]["text"]
    owed = blocks(cast.owner, THURSDAY, "followup")["owed-followup"]
    assert NOTHING_NEXT in owed["text"]
    assert re.findall(r"week=[^\"]+", owed["html"]) == ["week=2026-W53"]


def test_over_the_holiday_the_next_working_day_is_in_week_1(cast):
    set_day(FRIDAY, is_working=False, by=None)
    digests_at(at(THURSDAY, 17))
    owed = blocks(cast.owner, THURSDAY, "followup")["owed-followup"]
    assert re.findall(r"week=[^\"]+", owed["html"]) == ["week=2027-W01"]


def test_who_has_planned_the_first_working_day_of_the_year_owes_nothing_for_it(cast):
    set_day(FRIDAY, is_working=False, by=None)
    planned(cast.owner, date(2027, 1, 4))
    digests_at(at(THURSDAY, 17))
    assert NOTHING_NEXT not in blocks(cast.owner, THURSDAY, "followup")["owed-followup"]["text"]
    assert NOTHING_NEXT in blocks(cast.same_team, THURSDAY, "followup")["owed-followup"]["text"]


def test_the_week_of_the_quota_runs_through_new_year(cast):
    set_day(FRIDAY, is_working=True, by=None)
    first, second = make_unit("A", owner=cast.owner), make_unit("B", owner=cast.owner)
    make_visit(first, user=cast.owner, on=date(2026, 12, 28))
    make_visit(second, user=cast.owner, on=FRIDAY)
    make_visit(make_unit("C", owner=cast.owner), user=cast.owner, on=date(2026, 12, 27))
    digests_at(at(FRIDAY, 17))
    text = blocks(cast.owner, FRIDAY, "followup")["quotas"]["text"]
    assert re.search(r"Units this week: (\d+) /", text)[1] == "2"


@pytest.mark.parametrize(
    ("day", "eight_in_utc"),
    [(date(2026, 10, 30), 12), (date(2026, 11, 2), 13)],  # summer time in New York ends on 1 November
)
def test_eight_is_eight_of_the_own_clock_before_and_after_the_change(cast, day, eight_in_utc):
    cast.owner.time_zone = "America/New_York"
    cast.owner.save()
    planned(cast.owner, day)
    due = datetime(day.year, day.month, day.day, eight_in_utc, tzinfo=UTC)
    digests_at(due - timedelta(minutes=1))
    assert not Digest.objects.filter(user=cast.owner, date=day).exists()
    digests_at(due)
    digest = Digest.objects.get(user=cast.owner, date=day, slot="plan")
    assert (digest.due_at, digest.is_late) == (due, False)
    assert "09:00" in blocks(cast.owner, day, "plan")["visits.day"]["text"]


def test_a_person_far_away_reads_the_day_of_the_own_calendar(cast):
    cast.owner.time_zone = "Pacific/Honolulu"
    cast.owner.save()
    planned(cast.owner, THURSDAY)
    digests_at(at(THURSDAY, 8, ZoneInfo("Pacific/Honolulu")))  # 2 in the morning of New Year in Shanghai
    assert [d.date for d in Digest.objects.filter(user=cast.owner)] == [THURSDAY]
    assert "泉州商会" in blocks(cast.owner, THURSDAY, "plan")["visits.day"]["text"]


@pytest.mark.usefixtures("empty_registry")
def test_what_is_missing_is_told_in_the_readers_language_without_a_full_stop(cast):
    words = {"en": "The form is missing.", "zh-hans": "未提交表单。"}
    register_duty(duty(lambda _users, _day: set(), missing=lazy(lambda: words[get_language()], str)()))
    with reading():
        day = team_days([cast.manager], THURSDAY, Exit.TODAY)[cast.manager.pk]
    with override("zh-hans"):
        assert team_in_words(day) == "未提交表单：3"
    with override("en"):
        assert team_in_words(day) == "The form is missing: 3"


def test_no_two_parts_of_the_page_have_one_id(cast, client_of):
    with time_machine.travel(at(date(2026, 6, 23), 9), tick=False):
        for person in (cast.owner, cast.manager, cast.director, cast.finance, cast.admin):
            page = client_of(person).get("/").content.decode()
            ids = re.findall(r'\sid="([^"]+)"', page)
            assert (person.staff_number, len(ids) - len(set(ids)), ".:" in page) == (
                person.staff_number,
                0,
                False,
            )

"""Digests: once per person, date and slot; late the same day; missed after that."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from kam.approvals import registry as approvals
from kam.calendar.services import set_day
from kam.outbox.models import Message, Notice
from kam.people.models import Absence
from kam.today import sections
from kam.today.models import Digest
from kam.today.registry import register_section
from kam.today.services import make, make_due, mark_missed, watch
from kam.today.terms import DigestState, Exit, Slot
from kam.users.models import User
from kam.users.terms import Position
from tests.factories.kam import make_user
from tests.kam.today.stage import empty_registry, visits

__all__ = ["empty_registry"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_registry")]

TUESDAY = date(2026, 6, 23)


def utc(day, hour, minute=0):
    """Return the instant of an hour in Shanghai."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


EIGHT = utc(TUESDAY, 8)


def rows():
    return sorted(Digest.objects.values_list("user__staff_number", "date", "slot", "state"))


def test_everybody_but_the_administrator_gets_one(cast):
    made = make_due(EIGHT)
    assert [(m.slot, m.day, len(m.ids)) for m in made] == [(Slot.PLAN, TUESDAY, 13)]
    people = User.objects.working().exclude(position=Position.ADMINISTRATOR)
    assert {row[0] for row in rows()} == set(people.values_list("staff_number", flat=True))
    assert Message.objects.count() == Notice.objects.count() == 13
    assert make_due(EIGHT + timedelta(minutes=1)) == []
    assert Message.objects.count() == Notice.objects.count() == 13


def test_the_database_refuses_a_second_one():
    user = make_user("one")
    make_due(EIGHT)
    again = Digest(user=user, date=TUESDAY, slot="plan", due_at=EIGHT, made_at=EIGHT, language="en")
    with pytest.raises(IntegrityError, match="digest_once"), transaction.atomic():
        again.save()
    assert len(rows()) == 1


@pytest.mark.parametrize(
    "fields",
    [{"is_active": False}, {"left_on": date(2026, 6, 22)}, {"position": Position.ADMINISTRATOR}],
)
def test_who_gets_none(fields):
    make_user("gone", **({"position": Position.SPECIALIST} | fields))
    User.objects.create_user("later", name="Later", position=Position.SPECIALIST, joined_on=date(2026, 6, 24))
    assert make_due(EIGHT) == []
    assert rows() == []


def test_none_on_leave_and_the_substitute_reads_so(monkeypatch):
    away, stand_in = make_user("away"), make_user("stand-in")
    Absence.objects.create(user=away, substitute=stand_in, started_on=TUESDAY, ended_on=TUESDAY)
    monkeypatch.setattr(approvals, "_provider", [lambda _day: [(away.pk, stand_in.pk)]])
    collect, text = sections.collect_standing_in, sections.text_of_standing_in
    register_section(visits(collect, key="standing-in", text=text, summary=None))
    make_due(EIGHT)
    digest = Digest.objects.get()
    assert digest.user == stand_in
    assert digest.blocks[0]["text"] == "On leave, and you decide for them: Away."


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2026, 6, 19), 0),  # Dragon Boat, a Friday
        (date(2026, 6, 20), 0),  # Saturday
        (date(2026, 2, 14), 1),  # a Saturday that is worked
    ],
)
def test_working_days_only(day, count):
    make_user("one")
    make_due(utc(day, 8))
    assert Digest.objects.count() == count


def test_the_departments_own_days_count():
    make_user("one")
    set_day(TUESDAY, is_working=False, by=None)
    make_due(EIGHT)
    set_day(date(2026, 6, 27), is_working=True, by=None)
    make_due(utc(date(2026, 6, 27), 8))
    assert [row[1] for row in rows()] == [date(2026, 6, 27)]


def test_each_gets_it_at_eight_of_the_own_clock():
    make_user("here")
    make_user("west", time_zone="Asia/Urumqi")  # two hours later
    make_due(EIGHT)
    assert [row[0] for row in rows()] == ["here"]
    make_due(EIGHT + timedelta(hours=2))
    assert [row[0] for row in rows()] == ["here", "west"]


def test_moving_to_another_zone_brings_no_second_one():
    user = make_user("one")
    make_due(EIGHT)
    user.time_zone = "Asia/Urumqi"
    user.save()
    make_due(EIGHT + timedelta(hours=2))
    assert len(rows()) == 1


def test_a_scheduler_away_from_755_to_820_makes_it_late_and_says_so():
    make_user("one")
    make_due(utc(TUESDAY, 7, 55))
    assert rows() == []
    make_due(utc(TUESDAY, 8, 20))
    digest = Digest.objects.get()
    assert digest.is_late
    assert digest.message.late_after == utc(TUESDAY, 8, 10)
    assert digest.message.late_text == "This comes late: it was planned for 08:00."
    assert digest.message.not_after == utc(TUESDAY, 12)


def test_after_noon_the_plan_is_missed_and_the_summary_still_comes():
    make_user("one")
    watch(utc(TUESDAY, 6))
    make_due(utc(TUESDAY, 12, 1))
    assert rows() == []
    assert mark_missed(utc(TUESDAY, 12, 1)) == 1
    assert mark_missed(utc(TUESDAY, 12, 16)) == 0
    make_due(utc(TUESDAY, 23, 59))
    assert rows() == [
        ("one", TUESDAY, "followup", DigestState.MADE),
        ("one", TUESDAY, "plan", DigestState.MISSED),
    ]


def test_days_away_are_missed_one_by_one_without_holidays():
    make_user("one")
    make_due(utc(date(2026, 6, 17), 20))  # the first tick ever, in time for the summary
    assert mark_missed(utc(TUESDAY, 7)) == 4
    # 18 and 22 June, two slots each; 19 to 21 are free
    missed = {row[1] for row in rows() if row[3] == DigestState.MISSED}
    assert missed == {date(2026, 6, 18), date(2026, 6, 22)}


def test_a_fresh_installation_has_missed_nothing():
    make_user("one")
    assert mark_missed(utc(TUESDAY, 20)) == 0
    assert mark_missed(utc(TUESDAY, 20, 15)) == 0
    assert rows() == []


def test_by_hand_what_was_missed_is_made_up(cast):
    watch(utc(TUESDAY, 6))
    mark_missed(utc(TUESDAY, 13))
    made = make(Slot.PLAN, TUESDAY, utc(TUESDAY, 15), only=[cast.owner.pk], by_hand=True)
    assert (len(made.ids), made.already) == (1, 0)
    assert Digest.objects.get(user=cast.owner).state == DigestState.MADE
    assert Digest.objects.get(user=cast.owner).message.not_after is None
    assert Digest.objects.filter(state=DigestState.MISSED).count() == 12


def test_content_is_frozen_in_the_persons_language():
    make_user("one", language="zh-hans", wants_digest_mail=False)
    told = ["泉州商会"]
    register_section(visits(lambda users, _day: {user.pk: list(told) for user in users}))
    make_due(EIGHT)
    told[0] = "changed"
    digest = Digest.objects.get()
    assert (digest.language, digest.message) == ("zh-hans", None)
    assert digest.blocks[0]["text"] == "- 泉州商会"
    assert digest.subject.endswith(" · 1 visits")
    assert Notice.objects.get().url == "/digests/2026-06-23/plan/"


def test_a_section_is_asked_once_for_all_and_only_about_its_people(cast):
    asked = []

    def collect(users, day):
        asked.append((day, sorted(user.staff_number for user in users)))
        return {}

    register_section(visits(collect, positions=(Position.MANAGER,), slots=(Exit.PLAN,)))
    make_due(EIGHT)
    assert asked == [(TUESDAY, ["manager", "other-manager"])]
    assert Digest.objects.filter(blocks=[]).count() == 13


def test_a_section_that_fails_takes_nobody_with_it(cast, caplog):
    register_section(visits(lambda _users, _day: {}["no"], key="broken", order=1))
    register_section(visits(lambda users, _day: {user.pk: ["x"] for user in users}))
    make_due(EIGHT)
    digest = Digest.objects.get(user=cast.owner)
    assert [block["text"] for block in digest.blocks] == [
        "This part could not be put together. It has been reported.",
        "- x",
    ]
    assert "section broken failed" in caplog.text

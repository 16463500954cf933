"""Subscriptions and invitations, read by two parsers that know nothing of each other: icalendar and vobject."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from accounts.units.models import KeyAccount
from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError
from kam.notes.services import add_task
from kam.outbox.delivery import compose
from kam.outbox.models import Message
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import MONDAY, make_appointment, make_draft, make_line, make_plan
from visits.agenda.feeds import end_feed, renew_feed
from visits.agenda.invitations import invite
from visits.agenda.models import CalendarFeed, CalendarInvitation, InvitationLetter
from visits.appointments import services as appointments
from visits.appointments.terms import BreakReason
from visits.plans.services import Place, add_line, move_line
from visits.trips.models import Trip

pytestmark = pytest.mark.usefixtures("thursday", "routes")


def both(content):
    """Return UID → (summary, begin) as each of the two parsers reads it; they must agree."""
    ours = {
        str(event["UID"]): (str(event["SUMMARY"]), event.decoded("DTSTART"))
        for event in Calendar.from_ical(content).walk("VEVENT")
    }
    other = vobject.readOne(content.decode())
    theirs = {
        event.uid.value: (event.summary.value, event.dtstart.value)
        for event in other.contents.get("vevent", [])
    }
    assert {uid: text for uid, (text, _at) in ours.items()} == {
        uid: text for uid, (text, _at) in theirs.items()
    }
    for uid, (_text, at) in ours.items():
        assert theirs[uid][1] == at
    return ours


def filled(cast):
    unit = make_unit("泉州商会", owner=cast.owner)
    person = make_person(unit, "许志远", post="会长", mobile="13873300001", email="xu@example.com")
    draft = make_draft(unit, persons=[person], purpose="秘密 topic")
    plan = make_plan(cast.owner)
    return add_line(plan, draft, by=cast.owner), unit, person


def test_the_feed_is_read_by_two_parsers_and_says_no_more_than_it_must(cast):
    line, _unit, _person = filled(cast)
    token = renew_feed(cast.owner)
    answer = Client().get(f"/c/{token}.ics")
    events = both(answer.content)
    assert events == {f"line-{line.pk}@kam.invalid": ("泉州商会", datetime(2026, 6, 29, 1, tzinfo=UTC))}
    text = Calendar.from_ical(answer.content).to_ical().decode().replace("\r\n ", "")
    assert "许会长" in text
    for secret in ("志远", "13873300001", "xu@example.com", "秘密", token):
        assert secret not in text
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_what_lasts_all_day_and_what_is_due(cast):
    add_task("call the secretary 13873300001", assignee=cast.owner, by=None, due_on=MONDAY)
    Trip.objects.create(
        user=cast.owner,
        reporter=cast.owner,
        starts_on=MONDAY,
        ends_on=MONDAY + timedelta(days=2),
        purpose="x",
        place="长沙",
        state="approved",
    )
    content = Client().get(f"/c/{renew_feed(cast.owner)}.ics").content
    assert sorted(both(content).values()) == [("Task due: task", MONDAY), ("长沙", MONDAY)]
    assert b"13873300001" not in content
    trip = next(e for e in Calendar.from_ical(content).walk("VEVENT") if e["SUMMARY"] == "长沙")
    assert trip.decoded("DTEND") == MONDAY + timedelta(days=3)


def test_the_same_days_have_the_same_tag_and_are_not_sent_twice(cast):
    line, _unit, _person = filled(cast)
    address = f"/c/{renew_feed(cast.owner)}.ics"
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    move_line(line, to=Place(MONDAY + timedelta(days=1)), by=cast.owner)
    changed = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    (event,) = Calendar.from_ical(changed.content).walk("VEVENT")
    assert (int(event["SEQUENCE"]), str(event["UID"])) == (1, f"line-{line.pk}@kam.invalid")


def test_a_new_link_kills_the_old_one_and_only_its_hash_is_kept(cast, client_of):
    client = client_of(cast.owner)
    page = client.post("/visits/calendar/subscription/")
    old = re.search(r"/c/([\w-]+)\.ics", page.content.decode())[1]
    assert "no-store" in page.headers["Cache-Control"]
    assert old not in client.get("/visits/calendar/subscription/").content.decode()
    feed = CalendarFeed.objects.get()
    assert old not in feed.token_hash
    assert not AuditEntry.objects.filter(changes__icontains=old).exists()
    new = re.search(r"/c/([\w-]+)\.ics", client.post("/visits/calendar/subscription/").content.decode())[1]
    assert [Client().get(f"/c/{token}.ics").status_code for token in (old, new)] == [404, 200]
    client.post("/visits/calendar/subscription/end/")
    assert (Client().get(f"/c/{new}.ics").status_code, CalendarFeed.objects.count()) == (404, 0)
    end_feed(cast.owner)
    with pytest.raises(IntegrityError, match="calendar_feed_keeps_a_hash"), transaction.atomic():
        CalendarFeed.objects.create(user=cast.owner, token_hash=new, renewed_at=feed.renewed_at)
    with pytest.raises(BusinessError):
        renew_feed(cast.finance)


def test_the_link_is_dead_with_the_person_and_rights_are_those_of_the_moment(cast):
    unit = make_unit("泉州商会", owner=cast.owner)
    appointments_of = make_appointment(unit, cast.owner)
    token = renew_feed(cast.owner)
    assert len(both(Client().get(f"/c/{token}.ics").content)) == 1
    appointments.hand_over_appointment(appointments_of, to=cast.same_team, by=cast.manager)
    KeyAccount.objects.filter(pk=unit.pk).update(owner=cast.same_team)
    type(appointments_of).objects.update(recorded_by=cast.same_team)
    assert both(Client().get(f"/c/{token}.ics").content) == {}
    type(cast.owner).objects.filter(pk=cast.owner.pk).update(is_active=False)
    assert Client().get(f"/c/{token}.ics").status_code == 404


def test_guessing_is_slowed_down(cast):
    client = Client()
    answers = [client.get(f"/c/guess-{number}.ics").status_code for number in range(21)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_the_feed_asks_the_same_number_of_statements_for_many_dates(cast):
    plan = make_plan(cast.owner)
    make_line(plan)
    address = f"/c/{renew_feed(cast.owner)}.ics"
    Client().get(address)

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(address).status_code == 200
        return len(asked)

    few = count()
    for day in range(1, 5):
        make_line(plan, day=MONDAY + timedelta(days=day))
    assert count() == few


def letters():
    """Return what went out: (to, method, sequence, uid, begin), read from the composed mails by both parsers."""
    found = []
    for message in Message.objects.filter(kind="visits.invitation").order_by("pk"):
        mail = compose(message, message.created_at).message()
        (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        content = part.get_payload(decode=True)
        calendar = Calendar.from_ical(content)
        both(content)
        (event,) = calendar.walk("VEVENT")
        assert part.get_param("method") == str(calendar["METHOD"])
        found.append(
            (
                message.address,
                str(calendar["METHOD"]),
                int(event["SEQUENCE"]),
                str(event["UID"]),
                event.decoded("DTSTART").day,
            )
        )
        for secret in ("志远", "13873300001", "秘密"):
            assert secret not in content.decode() + message.subject + message.text
    return found


def test_an_invitation_keeps_its_uid_counts_its_sequence_and_is_cancelled(cast, client_of):
    _line, unit, person = filled(cast)
    row = make_appointment(unit, cast.owner, person=person, topic="秘密")
    client = client_of(cast.owner)
    assert "Send the invitation" in client.get(f"/visits/appointments/{row.pk}/").content.decode()
    assert client.post(f"/visits/calendar/invite/{row.pk}/", {"to_customer": "1"}).status_code == 302
    later = row.starts_at + timedelta(days=1)
    row = appointments.book_appointment(
        row, starts_at=later, by=cast.owner, reason_kind=BreakReason.CUSTOMER_CHANGED
    )
    appointments.confirm_appointment(row, by=cast.owner)
    appointments.break_appointment(row, reason_kind=BreakReason.OTHER, by=cast.owner, reason="Snow")
    uid = f"appointment-{row.pk}@kam.invalid"
    owner, customer = cast.owner.email, "xu@example.com"
    assert letters() == [
        (owner, "REQUEST", 0, uid, 30),
        (customer, "REQUEST", 0, uid, 30),
        (owner, "REQUEST", 1, uid, 1),
        (customer, "REQUEST", 1, uid, 1),
        (owner, "CANCEL", 2, uid, 1),
        (customer, "CANCEL", 2, uid, 1),
    ]
    refused = client.post(f"/visits/calendar/invite/{row.pk}/")
    assert (refused.status_code, InvitationLetter.objects.count()) == (422, 6)


def test_who_goes_no_more_is_told_so_and_a_silent_change_tells_nobody(cast):
    row = make_appointment(make_unit(owner=cast.owner), cast.owner)
    appointments.book_appointment(
        row, starts_at=row.starts_at, by=cast.owner, reason_kind=BreakReason.OUR_CHANGE
    )
    assert not InvitationLetter.objects.exists()
    invite(row, by=cast.owner)
    appointments.hand_over_appointment(row, to=cast.same_team, by=cast.manager)
    uid = f"appointment-{row.pk}@kam.invalid"
    assert letters() == [
        (cast.owner.email, "REQUEST", 0, uid, 30),
        (cast.owner.email, "CANCEL", 1, uid, 30),
        (cast.same_team.email, "REQUEST", 1, uid, 30),
    ]
    invite(row, by=cast.manager)
    assert letters()[-1][:3] == (cast.same_team.email, "REQUEST", 2)


def test_nobody_is_invited_without_a_time_or_an_address(cast):
    unit = make_unit(owner=cast.owner)
    row = make_appointment(unit, cast.owner, starts_at=None)
    with pytest.raises(BusinessError):
        invite(row, by=cast.owner)
    row = make_appointment(unit, cast.owner, person=make_person(unit))
    with pytest.raises(BusinessError) as refused:
        invite(row, by=cast.owner, to_customer=True)
    assert (refused.value.field, CalendarInvitation.objects.count()) == ("to_customer", 0)


def test_letters_are_never_changed(cast):
    invite(make_appointment(make_unit(owner=cast.owner), cast.owner), by=cast.owner)
    for act in (lambda rows: rows.update(sequence=9), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(InvitationLetter.objects.all())

"""Statements that are kept say what the ORM would have said anew, for every reader and every value."""

from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Thread

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, FloatField, OuterRef, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.test.utils import CaptureQueriesContext

from accounts.units.models import KeyAccount
from kam.audit.models import AuditEntry
from kam.audit.services import record
from kam.core.prepared import Prepared, ask_together, blank
from kam.users.models import User
from kam.users.scopes import Part, Reach, scope_of, seen_by, stand_in
from tests.factories.accounts import make_unit
from tests.factories.visits import make_visit
from visits.bookings.models import Booking
from visits.visits.models import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(cast):
    owners = {"mine": cast.owner, "team": cast.same_team, "other": cast.other_team, "nobody": None}
    return {name: make_unit(f"{name} 商会", owner=owner) for name, owner in owners.items()}


def test_each_call_fills_in_its_own_values_and_asks_anew(units):
    found = Prepared(lambda: KeyAccount.objects.filter(pk__any_of=blank("ids")).order_by("pk"))
    mine, team = units["mine"], units["team"]
    assert found(ids=[mine.pk]) == [mine]
    assert found(ids=[team.pk, mine.pk]) == [mine, team]
    assert found(ids=[]) == []
    KeyAccount.objects.filter(pk=mine.pk).update(next_step="call")
    assert [unit.next_step for unit in found(ids=[mine.pk])] == ["call"]


def test_related_rows_and_annotations_come_as_from_the_orm(cast, units):
    found = Prepared(
        lambda: (
            KeyAccount.objects.select_related("owner")
            .annotate(children_known=Count("children"))
            .filter(owner_id=blank("who"))
        )
    )
    assert found(who=cast.owner.pk) == [units["mine"]]  # the first call made the statement
    with CaptureQueriesContext(connection) as caught:
        (unit,) = found(who=cast.same_team.pk)
        assert (unit.owner, unit.children_known) == (cast.same_team, 0)
    assert len(caught) == 1


def test_dates_ranges_and_choices_take_blanks_too(units):
    units["mine"].last_visit_on = date(2026, 6, 1)
    units["mine"].save(update_fields=["last_visit_on"])
    found = Prepared(
        lambda: KeyAccount.objects.filter(
            last_visit_on__range=(blank("first"), blank("last")), tier__any_of=blank("tiers")
        ).values_list("pk", flat=True)
    )
    tiers = [units["mine"].tier]
    assert found(first=date(2026, 6, 1), last=date(2026, 6, 1), tiers=tiers) == [units["mine"].pk]
    assert found(first=date(2026, 6, 2), last=date(2026, 6, 30), tiers=tiers) == []
    assert found(first=date(2026, 6, 1), last=date(2026, 6, 1), tiers=["?"]) == []


def test_a_value_that_is_missing_is_an_error(units):
    found = Prepared(lambda: KeyAccount.objects.filter(owner_id=blank("who")))
    with pytest.raises(KeyError, match="who"):
        found(whom=1)


def test_one_statement_is_kept_for_each_shape_and_not_too_many(units):
    built = []

    def build(field):
        built.append(field)
        return KeyAccount.objects.filter(**{f"{field}__any_of": blank("texts")})

    found = Prepared(build, most=2)
    for field in ("name", "name", "channel", "name", "area", "name"):
        found(field, texts=["x"])
    assert built == ["name", "channel", "area", "name"]


def test_what_a_stand_in_may_read_is_what_the_reader_may_read(cast, units):
    seen = Prepared(lambda reach: KeyAccount.objects.visible_to(stand_in(reach)).order_by("pk"))
    reaches = set()
    for user in User.objects.order_by("pk"):
        reach = scope_of(user).reach
        if reach is not Reach.NOTHING:
            assert seen(reach, **seen_by(user)) == list(KeyAccount.objects.visible_to(user).order_by("pk"))
            reaches.add(reach)
    assert reaches == {Reach.OWN, Reach.TEAM, Reach.DEPARTMENT}


def test_the_parts_of_a_team_share_no_row_and_are_all_of_them(cast):
    for owner in (cast.manager, cast.owner, cast.other_team):
        for team in (cast.team, cast.second_team, None):
            make_unit(owner=owner, team=team)
    for user in (cast.manager, cast.lead, cast.other_manager):
        seen = Prepared(lambda part: KeyAccount.objects.visible_to(stand_in(Reach.TEAM, part)).order_by("pk"))
        teams, besides = (seen(part, **seen_by(user)) for part in (Part.TEAMS, Part.OWN_BESIDES))
        assert (len(teams), len(besides)) == (3, 2 if user == cast.manager else 0)
        assert {*teams, *besides} == set(KeyAccount.objects.visible_to(user))


@pytest.mark.django_db(transaction=True)
def test_a_statement_made_in_one_thread_is_asked_in_another(cast):
    unit = make_unit(owner=cast.owner)
    found = Prepared(lambda: KeyAccount.objects.filter(owner_id=blank("who")).values_list("pk", flat=True))
    assert found(who=cast.owner.pk) == [unit.pk]
    answers = []

    def ask():
        try:
            answers.append(found(who=cast.owner.pk))
        finally:
            connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert answers == [[unit.pk]]


def cells(row):
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def test_asked_together_they_say_what_each_says_alone(cast, units):
    units["mine"].last_visit_on, units["mine"].bigrams = date(2026, 6, 1), ["ab", "%s", '"']
    units["mine"].save(update_fields=["last_visit_on", "bigrams"])
    roles = User.objects.filter(pk=OuterRef("owner")).values(
        said=JSONObject(name="name", half=Value(0.5), none=Value(None, output_field=TextField()))
    )
    found = Prepared(
        lambda: (
            KeyAccount.objects.filter(owner__any_of=blank("people"))
            .select_related("owner", "team")
            .annotate(n=Count("children"), exact=Value(Decimal("1.50")), told=ArraySubquery(roles))
            .order_by("-pk")
        )
    )
    entries = Prepared(lambda: AuditEntry.objects.order_by("pk"))
    numbers = Prepared(lambda: User.objects.order_by().values_list("position").annotate(n=Count("pk")))
    half = Prepared(
        lambda: Visit.objects.annotate(long=Cast("pk", FloatField())).values_list("public_id", "long")
    )
    visit = make_visit(
        units["mine"],
        user=cast.owner,
        on=date(2026, 6, 1),
        started_at=datetime(2026, 6, 1, 9, 0, 0, 120000, tzinfo=UTC),
    )
    record("accounts.unit.created", units["mine"], by=cast.admin, changes={"name": ("100 %", "x")})
    people = [cast.owner.pk, cast.same_team.pk]
    asked = [
        found.filled(people=people),
        found.filled(people=[]),
        entries.filled(),
        numbers.filled(),
        half.filled(),
    ]
    with CaptureQueriesContext(connection) as caught:
        rows, nothing, said, counted, halves = ask_together(asked)
        assert rows[1].owner == cast.owner
    assert len(caught) == 1
    alone = found(people=people)
    assert [unit.pk for unit in rows] == [units["team"].pk, units["mine"].pk]
    assert [cells(unit) for unit in rows] == [cells(unit) for unit in alone]
    assert [cells(unit.owner) for unit in rows] == [cells(unit.owner) for unit in alone]
    assert (rows[1].told, rows[1].exact) == ([{"name": "Owner", "half": 0.5, "none": None}], Decimal("1.50"))
    assert (nothing, halves) == ([], [(visit.public_id, float(visit.pk))])
    assert [cells(entry) for entry in said] == [cells(entry) for entry in entries()]
    assert sorted(counted) == sorted(numbers())
    assert ask_together([]) == []


def test_a_kind_of_column_that_nobody_needed_yet_is_refused(db):
    found = Prepared(lambda: Booking.objects.filter(pk__any_of=blank("ids")))
    with pytest.raises(TypeError, match="slot"):
        ask_together([found.filled(ids=[])])

"""Merging and taking back as the application's role: links, values, names, history, refusals. Append-only rows move too."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.contacts.models import Contact
from accounts.merge import services
from accounts.merge.models import Merge, MergeLink, NotTheSame
from accounts.merge.registry import links_to
from accounts.merge.selectors import duplicate_persons, duplicate_units, survivor_of
from accounts.merge.terms import Kind, MergeState
from accounts.persons.models import KeyPersonPeriod, Person
from accounts.red_flags.models import RedFlag
from accounts.red_flags.services import recompute_dirty
from accounts.units.models import DirtyUnit, KeyAccount, Observation, Ownership
from accounts.units.services import create_unit, lock_unit, mark_dirty, observe
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.audit.selectors import history_of
from kam.core.errors import BusinessError, ConflictError
from kam.notes.services import add_note
from kam.notes.terms import SourceKey
from tests.factories.accounts import make_contact, make_person, make_role, make_unit
from tests.factories.visits import approve_all

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)


@pytest.fixture
def pair(cast):
    load_default_routes()
    survivor = make_unit("泉州商会", owner=cast.owner)
    loser = make_unit("泉州总商会", owner=cast.owner, phone="0595-1", short_name="泉总")
    return survivor, loser


def links_of(kind, *pks):
    """Return everything that hangs on these rows: (table, column, row) → whom."""
    found = {}
    with connection.cursor() as cursor:
        for link in links_to(kind):
            if (
                link.label in {"accounts.DirtyUnit.unit", "accounts.FlagCheck.unit"}
                or ".Merge." in link.label
            ):
                continue
            cursor.execute(
                f'select id, "{link.column}" from "{link.table}" where "{link.column}" = any(%s)',
                [list(pks)],
            )
            found |= {(link.table, link.column, row): whom for row, whom in cursor.fetchall()}
    return found


def merged(survivor, loser, cast, **choices):
    merge = services.propose_merge(
        survivor, loser, choices=choices, reason="同一家", by=cast.owner, confirmed=True
    )
    approve_all(services.SUBJECT, merge, cast.manager, cast.director)
    merge.refresh_from_db()
    return merge


def test_all_of_both_is_the_survivors_and_comes_back_as_it_was(pair, cast):
    survivor, loser = pair
    person = make_person(loser, "林志强")
    make_role(person)
    make_contact(loser, person, on=DAY)
    observe(loser, {"headcount": 120}, learned_on=date(2026, 3, 1), by=cast.owner)
    add_note("旧档备注", subject=SourceKey("accounts.unit", str(loser.pk), loser.name), by=cast.owner)
    before = links_of(Kind.UNIT, survivor.pk, loser.pk)

    merge = merged(survivor, loser, cast, phone="other")

    assert merge.state == MergeState.MERGED
    survivor.refresh_from_db()
    assert (survivor.phone, survivor.short_name) == ("0595-1", "泉总")
    assert Contact.objects.get().unit_id == Person.objects.get().unit_id == survivor.pk
    seen = Observation.objects.get()
    assert (seen.unit_id, seen.learned_on) == (survivor.pk, date(2026, 3, 1))
    assert list(KeyAccount.objects.all()) == [survivor]
    assert survivor_of(Kind.UNIT, loser.pk) == survivor.pk
    assert KeyAccount.objects.filter(bigrams__contains=["总商"]).get() == survivor
    assert Ownership.objects.get(unit=loser).ended_on is not None
    acts = {line.act for line in history_of(survivor, cast.owner)}
    assert len(acts) >= 2

    services.undo_merge(merge, by=cast.manager, reason="两家")
    assert links_of(Kind.UNIT, survivor.pk, loser.pk) == before
    survivor.refresh_from_db()
    assert (survivor.phone, survivor.short_name, survivor.former_names, survivor.absorbed_ids) == (
        "",
        "",
        "",
        [],
    )
    assert KeyAccount.objects.count() == 2
    assert Ownership.objects.get(unit=loser).ended_on is None


def test_what_was_added_since_stays_and_what_went_elsewhere_is_told(pair, cast):
    survivor, loser = pair
    moved, gone = make_contact(loser, on=DAY), make_contact(loser, on=DAY)
    third = make_unit("晋江鞋厂", owner=cast.owner)
    merge = merged(survivor, loser, cast)
    added = make_contact(survivor, on=DAY)
    Contact.objects.filter(pk=moved.pk).update(unit=third)
    Contact.objects.filter(pk=gone.pk).delete()
    KeyAccount.objects.filter(pk=survivor.pk).update(phone="0595-9")

    services.undo_merge(merge, by=cast.manager, reason="两家")

    survivor.refresh_from_db()
    assert survivor.phone == "0595-9"  # written since: stays
    assert Contact.objects.get(pk=added.pk).unit_id == survivor.pk
    states = dict(MergeLink.objects.filter(table_name="accounts_contact").values_list("row_id", "state"))
    assert states == {moved.pk: "changed", gone.pk: "gone"}


def test_a_merge_on_top_is_taken_back_first_and_an_old_address_leads_through_both(pair, cast):
    survivor, loser = pair
    third = make_unit("福建商会", owner=cast.owner)
    first = merged(survivor, loser, cast)
    second = merged(third, survivor, cast)
    assert survivor_of(Kind.UNIT, loser.pk) == third.pk
    assert sorted(KeyAccount.objects.get().absorbed_ids) == sorted([survivor.pk, loser.pk])
    with pytest.raises(ConflictError) as refusal:
        services.undo_merge(first, by=cast.manager, reason="两家")
    assert refusal.value.code == "later_merge"
    assert Merge.objects.get(pk=first.pk).state == MergeState.MERGED
    services.undo_merge(second, by=cast.manager, reason="两家")
    services.undo_merge(first, by=cast.manager, reason="两家")
    assert KeyAccount.objects.count() == 3


def test_key_persons_at_the_same_time_need_a_yes_and_the_survivors_counts(pair, cast):
    survivor, loser = pair
    for unit in pair:
        KeyPersonPeriod.objects.create(
            unit=unit,
            person=make_person(unit),
            started_on=date(2026, 2, 1),
            designated_at="2026-02-01T08:00:00Z",
        )
    with pytest.raises(BusinessError) as refusal:
        services.propose_merge(survivor, loser, choices={}, reason="同", by=cast.owner)
    assert (refusal.value.code, Merge.objects.count()) == ("key_person", 0)
    merge = merged(survivor, loser, cast)
    assert KeyPersonPeriod.objects.get(unit=survivor).person.unit_id == survivor.pk
    assert KeyPersonPeriod.objects.get(unit=loser).ended_on is None
    assert MergeLink.objects.get(table_name="accounts_keypersonperiod").state == "stayed"
    services.undo_merge(merge, by=cast.manager, reason="两家")
    assert KeyPersonPeriod.objects.filter(ended_on=None).count() == 2


def test_a_circle_in_the_group_is_refused_and_nothing_changed(pair, cast):
    survivor, loser = pair
    between = make_unit("中间公司", owner=cast.owner, parent=loser)
    KeyAccount.objects.filter(pk=survivor.pk).update(parent=between)
    before = links_of(Kind.UNIT, survivor.pk, loser.pk)
    with pytest.raises(BusinessError) as refusal:
        services.propose_merge(survivor, loser, choices={}, reason="同", by=cast.owner)
    assert refusal.value.code == "circle"
    assert links_of(Kind.UNIT, survivor.pk, loser.pk) == before
    assert Merge.objects.count() == MergeLink.objects.count() == 0


def test_a_rehearsal_tells_what_moves_and_leaves_no_trace(pair, cast):
    survivor, loser = pair
    make_contact(loser, on=DAY)
    contact = Contact.objects.get()
    told, numbers = services.rehearse(services.draft(Kind.UNIT, survivor, loser, by=cast.owner))
    assert [(row.count, row.state) for row in told] == [(1, "moved")]
    assert numbers == {("accounts_contact", "unit_id", "moved"): [contact.pk]}
    assert Merge.objects.count() == MergeLink.objects.count() == 0
    assert Contact.objects.get().unit_id == loser.pk


def test_names_and_codes_of_a_merged_unit_mean_the_survivor(pair, cast):
    survivor, loser = pair
    KeyAccount.objects.filter(pk=loser.pk).update(name_key="泉州总商会")
    merge = merged(survivor, loser, cast, name="other")
    survivor.refresh_from_db()
    assert (survivor.name, survivor.former_names.splitlines()) == (
        "泉州总商会",
        ["泉州总商会", "泉总", "泉州商会"],
    )
    with pytest.raises(BusinessError) as refusal:
        create_unit({"name": "泉州总商会", "channel": "chamber"}, by=cast.owner, owner=cast.owner)
    assert refusal.value.code == "duplicate"
    services.undo_merge(merge, by=cast.manager, reason="两家")
    assert set(KeyAccount.objects.values_list("name", flat=True)) == {"泉州商会", "泉州总商会"}


def test_nothing_is_written_to_a_merged_unit_and_what_arrives_late_follows(pair, cast):
    survivor, loser = pair
    merge = merged(survivor, loser, cast)
    with pytest.raises(ConflictError) as refusal:
        lock_unit(loser.pk)
    assert refusal.value.code == "merged"
    late = make_contact(loser, on=DAY)
    assert services.collect_strays() == "1"
    assert Contact.objects.get(pk=late.pk).unit_id == survivor.pk
    assert services.collect_strays() is None
    services.undo_merge(merge, by=cast.manager, reason="两家")
    assert Contact.objects.get(pk=late.pk).unit_id == loser.pk


def test_two_entries_of_a_person_become_one_and_two_again(pair, cast):
    unit, _other = pair
    one, two = make_person(unit, "陈美玲"), make_person(unit, "陈美玲", mobile="13900000001")
    under = make_person(unit, "小王", reports_to=two)
    make_role(one)
    make_role(two)
    make_contact(unit, two, on=DAY)
    assert [(row.low, row.high, row.alike) for row in duplicate_persons(cast.owner)] == [
        (one, two, ("name",))
    ]
    before = links_of(Kind.PERSON, one.pk, two.pk)
    merge = services.merge_persons(one, two, choices={}, reason="同一人", by=cast.owner)
    one.refresh_from_db()
    under.refresh_from_db()
    assert (one.mobile, under.reports_to_id) == ("13900000001", one.pk)
    assert set(
        MergeLink.objects.filter(table_name="accounts_personrole").values_list("state", flat=True)
    ) == {"stayed"}
    assert duplicate_persons(cast.owner) == []
    services.undo_merge(merge, by=cast.owner, reason="两人")
    assert links_of(Kind.PERSON, one.pk, two.pk) == before
    one.refresh_from_db()
    assert one.mobile == ""


def test_persons_of_two_units_and_the_same_one_are_refused(pair, cast):
    one, two = make_person(pair[0]), make_person(pair[1])
    for other, code in ((two, "two_units"), (one, "same")):
        with pytest.raises(BusinessError) as refusal:
            services.merge_persons(one, other, choices={}, reason="同", by=cast.owner)
        assert refusal.value.code == code
    assert Person.objects.count() == 2


def test_not_the_same_is_remembered(pair, cast):
    survivor, loser = pair
    KeyAccount.objects.filter(pk__in=[survivor.pk, loser.pk]).update(address="泉州市丰泽区")
    assert [(row.low.pk, row.high.pk, row.alike) for row in duplicate_units(cast.owner)] == [
        (survivor.pk, loser.pk, ("address",))
    ]
    assert duplicate_units(cast.other_team) == []
    services.keep_apart(Kind.UNIT, loser.pk, survivor.pk, by=cast.owner)
    services.keep_apart(Kind.UNIT, survivor.pk, loser.pk, by=cast.owner)
    assert duplicate_units(cast.owner) == []
    assert NotTheSame.objects.count() == 1


def test_the_owner_of_the_tables_moves_append_only_rows_by_a_merge_only(pair, cast):
    """What the application's role may try at its prompt is in test_as_application.py."""
    survivor, loser = pair
    observe(loser, {"headcount": 120}, learned_on=date(2026, 3, 1), by=cast.owner)
    merge = merged(survivor, loser, cast)
    for statement in (
        "update accounts_observation set learned_on = '2026-01-01'",
        f"update accounts_observation set unit_id = {loser.pk}, field = 'main_business'",
        f"select * from accounts_move_links({merge.pk}, 'accounts_ownership', 'owner_id', false)",
        f"select accounts_return_links({merge.pk})",
        f"select * from accounts_move_links({merge.pk + 1}, 'accounts_observation', 'unit_id', false)",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Observation.objects.get().unit_id == survivor.pk


def test_a_mark_on_a_merged_unit_is_read_once(pair, cast):
    survivor, loser = pair
    merged(survivor, loser, cast)
    DirtyUnit.objects.all().delete()
    mark_dirty(loser.pk)
    assert recompute_dirty(seconds=60) == "1"
    assert not DirtyUnit.objects.exists()
    assert not RedFlag.objects.filter(unit_id=loser.pk).exists()


def test_a_returned_proposal_is_checked_again(pair, cast):
    survivor, loser = pair
    merge = services.propose_merge(
        survivor, loser, choices={}, reason="同一家", by=cast.owner, confirmed=True
    )
    request = request_for(services.SUBJECT, merge)
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="why?")
    between = make_unit("泉州商联", owner=cast.owner, parent=survivor)
    KeyAccount.objects.filter(pk=loser.pk).update(parent=between)
    with pytest.raises(BusinessError) as refusal:
        services.propose_again(merge, choices={}, reason="同一家单位", by=cast.owner, confirmed=True)
    merge.refresh_from_db()
    assert (refusal.value.code, merge.state, merge.reason) == ("circle", MergeState.RETURNED, "同一家")

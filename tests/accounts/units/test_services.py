"""The acts on a unit."""

from datetime import date, timedelta

import pytest
from django.db import connection

from accounts.units import services
from accounts.units.models import DirtyUnit, KeyAccount, Observation, Ownership, StatusChange, TierChange
from accounts.units.terms import Channel, Field, Tier, UnitStatus
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.notes.terms import SourceKey
from tests.factories.accounts import make_unit

CODE = "91350100M000100Y43"
NEW = {"name": "泉州商会", "channel": Channel.CHAMBER, "short_name": "泉商", "phone": "+86 0731-2233445"}


def acts():
    return list(AuditEntry.objects.order_by("id").values_list("act", flat=True))


def test_create_unit_opens_a_file(cast):
    unit = services.create_unit(
        NEW | {"credit_code": "9135 0100 m000 100y 43"}, by=cast.owner, owner=cast.owner
    )
    unit.refresh_from_db()
    assert (unit.owner, unit.team, unit.status, unit.tier) == (
        *(cast.owner, cast.team),
        *(UnitStatus.PROSPECT, Tier.D),
    )
    assert (unit.name_key, unit.sort_key, unit.credit_code) == ("泉州商会", "quanzhoushanghui", CODE)
    assert "qzsh" in unit.initials.split()
    assert unit.file_number == f"KA-{unit.pk:06d}"
    assert list(Ownership.objects.values_list("unit", "owner", "ended_on")) == [
        (unit.pk, cast.owner.pk, None)
    ]
    assert StatusChange.objects.get().new == UnitStatus.PROSPECT
    assert acts() == ["accounts.unit.created"]
    assert DirtyUnit.objects.filter(unit=unit).exists()


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"name": "泉州商会 "}, "name", "duplicate"),
        ({"name": "福州商会", "credit_code": CODE}, "credit_code", "duplicate"),
        ({"name": "福州商会", "credit_code": CODE[:-1] + "4"}, "credit_code", "checksum"),
        ({"name": "福州商会", "credit_code": "12"}, "credit_code", "shape"),
        ({"name": "——"}, "name", "name"),
        ({"name": "福州商会", "channel": "moon"}, "channel", "choice"),
    ],
)
def test_create_unit_refuses_at_the_field(cast, values, field, code):
    services.create_unit(NEW | {"credit_code": CODE}, by=cast.owner, owner=cast.owner)
    with pytest.raises(BusinessError) as refusal:
        services.create_unit({"channel": Channel.CHAMBER} | values, by=cast.owner)
    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert KeyAccount.objects.count() == 1
    assert acts() == ["accounts.unit.created"]


def test_only_sellers_keep_units(cast):
    for user, code in ((cast.finance, "position"), (cast.gone, "gone")):
        with pytest.raises(BusinessError) as refusal:
            services.create_unit(NEW, by=cast.director, owner=user)
        assert refusal.value.code == code
    assert KeyAccount.objects.count() == 0


def test_edit_unit_writes_changes_once(cast):
    unit = services.create_unit(NEW, by=cast.owner, owner=cast.owner)
    services.edit_unit(unit, {"name": "温州商会", "address": "芦淞路 1"}, by=cast.owner, version=1)
    unit.refresh_from_db()
    assert (unit.name, unit.name_key, unit.sort_key, unit.version) == (
        *("温州商会", "温州商会"),
        *("wenzhoushanghui", 2),
    )
    services.edit_unit(unit, {"name": "温州商会"}, by=cast.owner, version=2)
    unit.refresh_from_db()
    assert unit.version == 2
    assert acts() == ["accounts.unit.created", "accounts.unit.edited"]


def test_edit_unit_refuses_a_stale_page(cast):
    unit = make_unit("泉州商会", owner=cast.owner, version=3)
    with pytest.raises(ConflictError):
        services.edit_unit(unit, {"name": "温州商会"}, by=cast.owner, version=2)
    unit.refresh_from_db()
    assert (unit.name, unit.version, acts()) == ("泉州商会", 3, [])


def test_a_unit_is_not_its_own_ancestor(cast):
    top = make_unit("集团", owner=cast.owner)
    below = make_unit("分厂", owner=cast.owner, parent=top)
    with pytest.raises(BusinessError) as refusal:
        services.edit_unit(top, {"parent": below}, by=cast.owner)
    assert refusal.value.code == "circle"
    top.refresh_from_db()
    assert top.parent is None


def test_observations_are_added_and_never_erased(cast):
    unit = make_unit(owner=cast.owner)
    visit_1 = SourceKey("visits.visit", "1", "visit 1")
    visit_2 = SourceKey("visits.visit", "2", "visit 2")
    services.observe(
        unit,
        {Field.HEADCOUNT: "312", Field.ACCEPTED_AREA: "110-140"},
        learned_on=date(2026, 5, 26),
        by=cast.owner,
        source=visit_1,
    )
    services.observe(
        unit,
        {Field.HEADCOUNT: "320", Field.ACCEPTED_AREA: ""},
        learned_on=date(2026, 6, 12),
        by=cast.owner,
        source=visit_2,
    )
    services.observe(
        unit, {Field.HEADCOUNT: "320"}, learned_on=date(2026, 6, 12), by=cast.owner, source=visit_2
    )
    latest = Observation.objects.filter(unit=unit).current().values_list("field", "value", "source_label")
    assert list(latest) == [
        ("accepted_area", {"from": "110", "to": "140"}, "visit 1"),
        ("headcount", 320, "visit 2"),
    ]
    assert Observation.objects.filter(field="headcount").count() == 2
    assert acts() == ["accounts.unit.observed"] * 2


def test_a_value_learned_earlier_does_not_hide_a_later_one(cast):
    unit = make_unit(owner=cast.owner)
    services.observe(unit, {Field.ATTENTION: 4}, learned_on=date(2026, 6, 12), by=cast.owner)
    services.observe(unit, {Field.ATTENTION: 2}, learned_on=date(2026, 5, 1), by=cast.owner)
    assert Observation.objects.filter(unit=unit).current().get().value == 4


def test_observe_refuses_at_the_field_and_writes_nothing(cast):
    unit = make_unit(owner=cast.owner)
    with pytest.raises(BusinessError) as refusal:
        services.observe(
            unit, {Field.ATTENTION: 3, Field.HEADCOUNT: "many"}, learned_on=date(2026, 6, 12), by=cast.owner
        )
    assert (refusal.value.field, refusal.value.code) == ("headcount", "number")
    assert (Observation.objects.count(), acts()) == (0, [])


def test_observe_refuses_a_value_the_page_has_not_seen(cast):
    unit = make_unit(owner=cast.owner)
    services.observe(unit, {Field.ATTENTION: 4}, learned_on=date(2026, 6, 12), by=cast.owner)
    with pytest.raises(ConflictError):
        services.observe(
            unit, {Field.ATTENTION: 2}, learned_on=date(2026, 6, 13), by=cast.owner, seen={"attention": None}
        )
    assert Observation.objects.get().value == 4


def test_change_owner_keeps_history(cast):
    unit = make_unit(owner=cast.owner)
    services.change_owner(unit, owner=cast.other_team, by=cast.director, on=date(2026, 6, 1), reason="moved")
    unit.refresh_from_db()
    assert (unit.owner, unit.team) == (cast.other_team, cast.second_team)
    assert list(Ownership.objects.order_by("id").values_list("owner", "started_on", "ended_on")) == [
        (cast.owner.pk, date(2026, 1, 5), date(2026, 6, 1)),
        (cast.other_team.pk, date(2026, 6, 1), None),
    ]
    assert Ownership.objects.on(date(2026, 5, 31)).get().owner == cast.owner
    assert Ownership.objects.on(date(2026, 6, 1)).get().owner == cast.other_team


def test_change_owner_twice_on_a_day_and_to_nobody(cast):
    unit = make_unit(owner=cast.owner)
    day = date(2026, 6, 1)
    services.change_owner(unit, owner=cast.same_team, by=cast.manager, on=day)
    services.change_owner(unit, owner=cast.lead, by=cast.manager, on=day)
    services.change_owner(unit, owner=None, by=cast.manager, on=day)
    unit.refresh_from_db()
    assert (unit.owner, unit.team) == (None, cast.team)
    assert Ownership.objects.filter(ended_on=None).count() == 0
    with pytest.raises(BusinessError):
        services.change_owner(unit, owner=None, by=cast.manager, on=day)


def test_the_database_refuses_two_owners_at_once(cast):
    unit = make_unit(owner=cast.owner)
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError, match="ownership_one_at_a_time"), transaction.atomic():
        Ownership.objects.create(
            unit=unit, owner=cast.same_team, started_on=date(2026, 2, 1), ended_on=date(2026, 2, 2)
        )
    assert Ownership.objects.count() == 1


def test_status_goes_along_the_table_with_reasons(cast):
    unit = make_unit(owner=cast.owner, status=UnitStatus.DEVELOPING)
    services.change_status(unit, to=UnitStatus.COOPERATING, by=cast.manager, on=date(2026, 6, 1))
    with pytest.raises(BusinessError) as refusal:
        services.change_status(unit, to=UnitStatus.LOST, by=cast.manager, on=date(2026, 6, 2))
    assert refusal.value.code == "reason"
    with pytest.raises(BusinessError) as refusal:
        services.change_status(unit, to=UnitStatus.PROSPECT, by=cast.manager)
    assert refusal.value.code == "transition_refused"
    with pytest.raises(BusinessError) as refusal:
        services.change_status(unit, to=UnitStatus.STABLE, by=cast.manager, on=date(2026, 5, 1))
    assert refusal.value.code == "early"
    unit.refresh_from_db()
    assert unit.status == UnitStatus.COOPERATING
    assert list(StatusChange.objects.values_list("old", "new", "on")) == [
        ("developing", "cooperating", date(2026, 6, 1))
    ]


def test_tier_changes_carry_a_reason(cast):
    unit = make_unit(owner=cast.owner)
    with pytest.raises(BusinessError):
        services.change_tier(unit, to=Tier.A, by=cast.manager, reason=" ")
    services.change_tier(unit, to=Tier.A, by=cast.manager, reason="nine sets wanted")
    unit.refresh_from_db()
    assert unit.tier == Tier.A
    assert list(TierChange.objects.values_list("old", "new", "reason")) == [("D", "A", "nine sets wanted")]


def test_search_finds_by_part_sound_initials_and_code(cast):
    from kam.search.services import find_by_name

    unit = services.create_unit(NEW | {"credit_code": CODE}, by=cast.owner, owner=cast.owner)
    services.create_unit({"name": "株洲机车厂", "channel": Channel.FACTORY}, by=cast.owner, owner=cast.owner)
    for query in ("泉州", "商会", "qzsh", "quanzhou", CODE):
        found = KeyAccount.objects.filter(find_by_name(query, names=("name",), code="credit_code"))
        assert list(found) == [unit], query


def test_a_next_step_is_ticked_off_once(cast):
    unit = make_unit(owner=cast.owner, next_step="送合同", next_step_due_on=business_date())
    DirtyUnit.objects.all().delete()
    for _again in range(2):
        services.finish_next_step(unit, by=cast.owner)
    unit.refresh_from_db()
    assert (unit.next_step, unit.next_step_due_on, unit.version) == ("", None, 2)
    (entry,) = AuditEntry.objects.filter(act="accounts.unit.next_step_done")
    assert (entry.actor, entry.changes["next_step"]) == (cast.owner, ["送合同", ""])
    assert DirtyUnit.objects.filter(unit=unit).exists()


def test_marking_twice_keeps_one_row(cast):
    unit = make_unit(owner=cast.owner)
    services.mark_dirty(unit.pk)
    first = DirtyUnit.objects.get().marked_at
    services.mark_dirty(unit.pk)
    assert DirtyUnit.objects.get().marked_at > first
    assert connection.vendor == "postgresql"


def test_nothing_is_learned_and_nobody_owns_on_a_day_to_come(cast):
    """A value of next year would be the latest one for a year."""
    unit = make_unit(owner=cast.owner)
    tomorrow = business_date() + timedelta(days=1)
    with pytest.raises(BusinessError) as learned:
        services.observe(unit, {Field.HEADCOUNT: "80"}, learned_on=tomorrow, by=cast.owner)
    with pytest.raises(BusinessError) as owned:
        services.change_owner(unit, owner=cast.same_team, on=tomorrow, by=cast.manager, reason="x")
    unit.refresh_from_db()
    assert (learned.value.code, learned.value.field, owned.value.code) == ("future", "learned_on", "future")
    assert (Observation.objects.count(), unit.owner) == (0, cast.owner)

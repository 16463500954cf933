"""The facts that the rules of red flags ask for, for many units with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from accounts.contacts.models import Contact
from accounts.persons.models import KeyPersonPeriod, Person, PersonFact, PersonRole
from accounts.persons.terms import ASSESSED_FIELDS, Insider
from accounts.red_flags.models import FlagCheck, RedFlag
from accounts.red_flags.registry import told_facts
from accounts.red_flags.rules import (
    AgreementEnds,
    Contract,
    FlowDrawn,
    Held,
    Moved,
    PersonState,
    PlanOverdue,
    SevereComplaint,
    Thresholds,
    UnitFacts,
    VisitDue,
)
from accounts.red_flags.telling import tell
from accounts.red_flags.terms import FlagState, Severity
from accounts.roles.selectors import Met, met_days
from accounts.roles.terms import Seat, seat_of
from accounts.units.models import KeyAccount, Observation
from accounts.units.permissions import can_edit_unit
from accounts.units.terms import Field, UnitStatus
from kam.audit.models import AuditEntry
from kam.core.once import once
from kam.core.prepared import Filled, Prepared, blank, rows_read
from kam.settings_rows.selectors import settings_of
from kam.users.models import User

NEW_FACE, CHANGED, WRITTEN = "new_face_days", "person_changed_days", "written_communication_days"
CONTRACT = "competitor_contract_days"
NO_CONTACT = {tier: f"no_contact_days_{tier.lower()}" for tier in ("A", "B", "C", "D")}
POST_CHANGED = "accounts.person.post_changed"
_TWO = 2


def thresholds() -> Thresholds:
    """Return the limits in force today. One query."""
    values = settings_of(NEW_FACE, CHANGED, WRITTEN, CONTRACT, *NO_CONTACT.values())
    days = {key: int(value) for key, value in values.items()}
    contact = {tier: days[key] for tier, key in NO_CONTACT.items()}
    return Thresholds(
        new_face=days[NEW_FACE],
        changed=days[CHANGED],
        written=days[WRITTEN],
        contract=days[CONTRACT],
        contact=contact,
    )


def watched() -> Q:
    """Units that flags are raised for: somebody owns them, and they are not given up."""
    return Q(owner__isnull=False) & ~Q(status__in=[UnitStatus.LOST, UnitStatus.DORMANT])


def facts_of(unit_ids: Collection[int], *, today: date) -> dict[int, UnitFacts]:
    """Return unit → facts for those of the units that are watched. Ten queries and those of the providers."""
    units = list(KeyAccount.objects.filter(watched(), pk__in=unit_ids).order_by("pk"))
    ids = [unit.pk for unit in units]
    if not ids:
        return {}
    persons, ended = _persons(ids, today)
    contacts = _contacts(ids, today)
    power = _power_changes(ids)
    periods = _key_person_changes(ids, today)
    insiders = _insiders_lost(persons)
    moved = _moved(ids, today)
    told = told_facts(ids, today)
    return {
        unit.pk: UnitFacts(
            unit_id=unit.pk,
            tier=unit.tier,
            opened_on=unit.file_opened_on or timezone.localdate(unit.created_at),
            persons=tuple(state for state, _facts in persons[unit.pk]),
            seat_ended=ended[unit.pk],
            insider_lost=insiders.get(unit.pk),
            last_contact_on=contacts.get(unit.pk, (None, None))[0],
            last_written_on=contacts.get(unit.pk, (None, None))[1],
            power_change=power.get(unit.pk),
            key_person_change=periods.get(unit.pk),
            moved=tuple(moved.get(unit.pk, ())),
            **_told(told.get(unit.pk, {})),
        )
        for unit in units
    }


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    visits = tuple(VisitDue(**visit) for visit in facts.get("visits_due", ()))
    flow = next((FlowDrawn(**flow) for flow in facts.get("flows", ())), None)
    return {
        "visits_due": visits,
        "open_referrals": facts.get("open_referrals", 0),
        "flow": flow,
        "contracts": tuple(Contract(**contract) for contract in facts.get("contracts", ())),
        "complaints": tuple(SevereComplaint(**told) for told in facts.get("complaints", ())),
        "service_plans": tuple(PlanOverdue(**plan) for plan in facts.get("service_plans", ())),
        "agreements": tuple(AgreementEnds(**told) for told in facts.get("agreements", ())),
    }


_People = dict[int, list[tuple[PersonState, list[PersonFact]]]]
_Ended = dict[int, dict[Seat, tuple[int, date]]]


def _persons(ids: list[int], today: date) -> tuple[_People, _Ended]:
    """Return unit → persons with their assessments, and unit → when each seat was last given up."""
    met = met_days(ids, until=today)
    facts: dict[int, list[PersonFact]] = defaultdict(list)
    for fact in PersonFact.objects.filter(person__unit_id__in=ids, field__in=ASSESSED_FIELDS).order_by(
        "learned_on", "id"
    ):
        facts[fact.person_id].append(fact)
    roles: dict[int, list[PersonRole]] = defaultdict(list)
    ended: _Ended = defaultdict(dict)
    for role in PersonRole.objects.filter(person__unit_id__in=ids).select_related("person").order_by("id"):
        roles[role.person_id].append(role)
        _note_end(ended[role.person.unit_id], role)
    people = list(Person.objects.filter(unit_id__in=ids).order_by("pk"))
    posts = _posts_changed(people, today)
    states: _People = defaultdict(list)
    for person in people:
        state = _state(
            person, roles[person.pk], met.get(person.pk), facts[person.pk], posts.get(person.pk), today
        )
        states[person.unit_id].append((state, facts[person.pk]))
    return states, ended


def _moved(ids: list[int], today: date) -> dict[int, list[Moved]]:
    """Return unit → who got another boss or department; the first that was known of either is no move."""
    rows = PersonFact.objects.filter(
        person__unit_id__in=ids, field__in=("reports_to", "department"), learned_on__lte=today
    ).order_by("learned_on", "id")
    known: dict[tuple[int, str], Any] = {}
    found: dict[int, list[Moved]] = defaultdict(list)
    for row in rows.select_related("person"):
        key = row.person_id, row.field
        if known.get(key) not in (None, "", row.value):
            found[row.person.unit_id].append(Moved(row.pk, row.learned_on, row.created_at, row.person.name))
        known[key] = row.value
    return found


def _note_end(ended: dict[Seat, tuple[int, date]], role: PersonRole) -> None:
    seat = seat_of(role.role, role.gatekeeper_kind)
    if role.ended_on is not None and (seat not in ended or role.ended_on >= ended[seat][1]):
        ended[seat] = (role.pk, role.ended_on)


def _state(
    person: Person,
    roles: list[PersonRole],
    met: Met | None,
    facts: list[PersonFact],
    post: tuple[int, date, str, str] | None,
    today: date,
) -> PersonState:
    left_on = person.left_on if person.left_on and person.left_on <= today else None
    return PersonState(
        id=person.pk,
        name=person.name,
        added_on=person.added_on,
        left_on=left_on,
        held=tuple(_held(role) for role in roles if _is_held(role, today)),
        lost_seats=tuple(
            seat_of(role.role, role.gatekeeper_kind) for role in roles if left_on and role.ended_on == left_on
        ),
        attitude=person.attitude,
        influence=person.influence,
        insider=person.insider,
        met_first_on=met.first_on if met else None,
        met_last_on=met.last_on if met else None,
        reached_on=met.reached_on if met else None,
        assessed_on=facts[-1].learned_on if facts else None,
        post_changed=post,
    )


def _is_held(role: PersonRole, today: date) -> bool:
    return role.started_on <= today and (role.ended_on is None or role.ended_on > today)


def _held(role: PersonRole) -> Held:
    return Held(role.pk, seat_of(role.role, role.gatekeeper_kind), role.confidence, role.started_on)  # type: ignore[arg-type]  # a StrEnum's value


def _posts_changed(people: Iterable[Person], today: date) -> dict[int, tuple[int, date, str, str]]:
    """Return person → (entry, day, old, new) of the latest change of post; the audit is where it is dated."""
    since = timezone.now() - timedelta(days=400)
    entries = AuditEntry.objects.filter(
        object_type="accounts.person",
        object_id__in=[str(person.pk) for person in people],
        act=POST_CHANGED,
        at__gte=since,
    ).order_by("id")
    found = {}
    for entry in entries:
        old, new = entry.changes.get("post") or entry.changes.get("department") or ["", ""]
        day = timezone.localdate(entry.at)
        if day <= today:
            found[int(entry.object_id)] = (entry.pk, day, str(old or ""), str(new or ""))
    return found


def _insiders_lost(persons: _People) -> dict[int, tuple[int, date]]:
    """Return unit → (fact, day) when the last insider left or ceased to be one."""
    found: dict[int, tuple[int, date]] = {}
    for unit_id, people in persons.items():
        for state, facts in people:
            for fact_id, day in _insider_ends(state, facts):
                if unit_id not in found or day >= found[unit_id][1]:
                    found[unit_id] = (fact_id, day)
    return found


def _insider_ends(state: PersonState, facts: list[PersonFact]) -> Iterable[tuple[int, date]]:
    was = False
    for fact in facts:
        if fact.field == "insider":
            if was and fact.value != Insider.INSIDER:
                yield fact.pk, fact.learned_on
            was = fact.value == Insider.INSIDER
    if was and state.left_on is not None:
        yield facts[-1].pk, state.left_on


def _contacts(ids: list[int], today: date) -> dict[int, tuple[date | None, date | None]]:
    rows = (
        Contact.objects.filter(unit_id__in=ids, on__lte=today)
        .values("unit_id")
        .annotate(last=Max("on"), written=Max("on", filter=Q(written=True)))
    )
    return {row["unit_id"]: (row["last"], row["written"]) for row in rows}


def _power_changes(ids: list[int]) -> dict[int, tuple[int, date, Any, Any]]:
    """Return unit → (observation, day, old, new) where the latest purchasing power is not the one before."""
    rows = Observation.objects.filter(unit_id__in=ids, field=Field.PURCHASING_POWER).order_by(
        "unit_id", "learned_on", "id"
    )
    series: dict[int, list[Observation]] = defaultdict(list)
    for row in rows:
        if not series[row.unit_id] or series[row.unit_id][-1].value != row.value:
            series[row.unit_id].append(row)
    return {
        unit_id: (values[-1].pk, values[-1].learned_on, values[-2].value, values[-1].value)
        for unit_id, values in series.items()
        if len(values) >= _TWO
    }


def _key_person_changes(ids: list[int], today: date) -> dict[int, tuple[int, date, str, str]]:
    """Return unit → (period that ended, day, old name, new name) of the latest change of the key person."""
    periods: dict[int, list[KeyPersonPeriod]] = defaultdict(list)
    rows = KeyPersonPeriod.objects.filter(unit_id__in=ids).select_related("person")
    for period in rows.order_by("unit_id", "started_on", "id"):
        periods[period.unit_id].append(period)
    found = {}
    for unit_id, row in periods.items():
        ended = [period for period in row if period.ended_on is not None and period.ended_on <= today]
        if ended:
            last = ended[-1]
            follower = next((p for p in row if p.ended_on is None), None)
            found[unit_id] = (
                last.pk,
                last.ended_on or today,
                last.person.name,
                follower.person.name if follower else "",
            )
    return found


_standing = Prepared(
    lambda: (
        RedFlag.objects.standing().filter(unit_id=blank("unit")).select_related("person", "acknowledged_by")
    )
)


def flags_asked(unit: KeyAccount) -> Filled[RedFlag]:
    """Return what `standing_of` asks."""
    return _standing.filled(unit=unit.pk)


def standing_of(unit: KeyAccount) -> list[RedFlag]:
    """Return the open and the accepted flags of a unit, the most dangerous and oldest first; read once for a page."""
    return once(
        unit,
        "flags",
        lambda: sorted(
            rows_read(unit, "flags", lambda: flags_asked(unit)),
            key=lambda flag: (flag.severity != Severity.DANGER, flag.since_on, flag.pk),
        ),
    )


def panel_of(unit: KeyAccount, user: User, *, check: FlagCheck | None = None) -> dict[str, Any]:
    """Return what the card of a unit shows: open flags, accepted ones, when they were computed. Two queries, one with `check`."""
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    told = [tell(flag, today=today) for flag in standing_of(unit)]
    return {
        "open": [flag for flag in told if flag.flag.state == FlagState.OPEN],
        "accepted": [flag for flag in told if flag.flag.state == FlagState.ACKNOWLEDGED],
        "check": check or FlagCheck.objects.filter(unit=unit).first(),
        "can_accept": can_edit_unit(user, unit),
        "unit": unit,
    }

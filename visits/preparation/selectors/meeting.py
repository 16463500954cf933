"""What is on file for one meeting: who to meet and how, red flags, and what KAM can say to the five self-questions."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from accounts.contacts.models import Contact, ContactPerson
from accounts.persons.models import Person, PersonRole
from accounts.persons.terms import BuyerRole, Confidence, Insider
from accounts.red_flags.models import RedFlag
from accounts.red_flags.terms import FlagKind
from accounts.units.models import KeyAccount, Observation
from accounts.units.terms import Field
from kam.core.clock import business_date
from kam.core.sentences import followed, listed
from visits.plans.labels import short_day
from visits.plans.models import PlanLine
from visits.preparation.labels import ADVICE, GROUPS, QUESTIONS
from visits.preparation.models import PreparationSheet
from visits.preparation.rules import Known, judge
from visits.preparation.terms import Judgement, SelfQuestion

NEW_FACE_DAYS = 30
CHANGE_DAYS = 60
WRITTEN_DAYS = 30
#: The seats that must be taken: role and kind of gatekeeper.
SEATS = (
    (BuyerRole.DECISION_MAKER, ""),
    (BuyerRole.GATEKEEPER, "technical"),
    (BuyerRole.GATEKEEPER, "financial"),
    (BuyerRole.USER, ""),
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A person of the unit, and how to speak with them."""

    person: Person
    roles: list[str]
    is_assumed: bool
    is_wanted: bool
    advice: Any
    met_on: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One self-question with KAM's hint and the answer so far."""

    question: SelfQuestion
    words: Any
    hint: str
    judgement: Judgement
    text: str

    @property
    def is_answered(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Group:
    number: int
    words: Any
    rows: list[Row]

    @property
    def is_answered(self) -> bool:
        return all(row.is_answered for row in self.rows)


@dataclass(slots=True)
class File:
    """The unit's file as the preparation needs it."""

    unit: KeyAccount
    today: date
    persons: list[Person]
    roles: dict[int, list[PersonRole]]
    met: dict[int, date | None]
    flags: list[RedFlag]
    power: list[Observation]
    last_contacts: list[Contact]
    last_written: date | None
    missing: list[str] = field(default_factory=list)


def file_of(unit: KeyAccount) -> File:
    """Read the unit's file in seven queries."""
    today = business_date()
    persons = list(Person.objects.filter(unit=unit).order_by("left_on", "pk"))
    roles: dict[int, list[PersonRole]] = defaultdict(list)
    for role in PersonRole.objects.on(today).filter(person__unit=unit):
        roles[role.person_id].append(role)
    met = ContactPerson.objects.filter(person__unit=unit, contact__met=True)
    contacts = Contact.objects.filter(unit=unit).order_by("-on", "-pk")
    written = contacts.filter(written=True).aggregate(last=Max("on"))["last"]
    present = {p.pk for p in persons if p.left_on is None}
    taken = {(r.role, r.gatekeeper_kind) for pk in present for r in roles.get(pk, [])}
    return File(
        unit=unit,
        today=today,
        persons=persons,
        roles=roles,
        met=dict(met.values_list("person").annotate(last=Max("contact__on"))),
        flags=list(
            RedFlag.objects.open()
            .filter(unit=unit)
            .select_related("person")
            .order_by("-severity", "since_on")
        ),
        power=list(
            Observation.objects.filter(unit=unit, field=Field.PURCHASING_POWER).order_by(
                "-learned_on", "-pk"
            )[:2]
        ),
        last_contacts=list(contacts.filter(met=True)[:1]),
        last_written=written,
        missing=[seat_name(*seat) for seat in SEATS if seat not in taken],
    )


def seat_name(role: str, kind: str) -> str:
    """Return the seat as a person calls it."""
    blank = PersonRole(role=role, gatekeeper_kind=kind)
    return str(blank.get_gatekeeper_kind_display() if kind else blank.get_role_display())


def meetings(file: File, line: PlanLine | None) -> list[Meeting]:
    """Return whom to meet: the persons of the plan first, then the others at the unit."""
    wanted = {person.pk for person in line.persons.all()} if line else set()
    found = []
    for person in file.persons:
        if person.left_on is not None:
            continue
        roles = file.roles.get(person.pk, [])
        found.append(
            Meeting(
                person=person,
                roles=[seat_name(r.role, r.gatekeeper_kind) for r in roles],
                is_assumed=any(r.confidence == Confidence.ASSUMED for r in roles),
                is_wanted=person.pk in wanted,
                advice=ADVICE.get(person.style, ADVICE[""]),
                met_on=file.met.get(person.pk),
            )
        )
    return sorted(found, key=lambda m: not m.is_wanted)


def known(file: File, line: PlanLine) -> Known:
    """Count what is on file."""
    present = [p for p in file.persons if p.left_on is None]
    held = [(p, r) for p in present for r in file.roles.get(p.pk, [])]
    deciders = [r for _p, r in held if r.role == BuyerRole.DECISION_MAKER]
    new = [p for p in present if (file.today - p.added_on).days <= NEW_FACE_DAYS]
    gone = [p for p in file.persons if p.left_on and (file.today - p.left_on).days <= CHANGE_DAYS]
    last = file.last_contacts[0] if file.last_contacts else None
    return Known(
        insiders=sum(1 for p in present if p.insider == Insider.INSIDER),
        candidates=sum(1 for p in present if p.insider == Insider.CANDIDATE),
        empty_seats=len(file.missing),
        assumed_seats=sum(1 for _p, r in held if r.confidence == Confidence.ASSUMED),
        never_interviewed=len({p.pk for p, _r in held if file.met.get(p.pk) is None}),
        power_changes=int(_power_changed(file)),
        has_power_value=bool(file.power),
        new_faces=len(new),
        new_faces_unassessed=sum(1 for p in new if p.influence is None),
        people_gone=len(gone),
        deciders_confirmed=sum(1 for r in deciders if r.confidence == Confidence.CONFIRMED),
        deciders_assumed=sum(1 for r in deciders if r.confidence == Confidence.ASSUMED),
        deciders_unclear=bool(_unclear(file)),
        questions=len(line.outline),
        asked_last_time=last.outline_used if last else None,
        written_recently=bool(file.last_written and (file.today - file.last_written).days <= WRITTEN_DAYS),
    )


def _power_changed(file: File) -> bool:
    if len(file.power) < 2:
        return False
    newest, before = file.power
    return newest.value != before.value and (file.today - newest.learned_on).days <= CHANGE_DAYS


def hints(file: File, line: PlanLine) -> dict[SelfQuestion, str]:
    """Return what is on file for each question, in words."""
    present = [p for p in file.persons if p.left_on is None]
    new = [p for p in present if (file.today - p.added_on).days <= NEW_FACE_DAYS]
    unseen = [p for p in present if file.roles.get(p.pk) and file.met.get(p.pk) is None]
    deciders = [
        p for p in present if any(r.role == BuyerRole.DECISION_MAKER for r in file.roles.get(p.pk, []))
    ]
    insiders = [p for p in present if p.insider == Insider.INSIDER]
    candidates = [p for p in present if p.insider == Insider.CANDIDATE]
    gone = [p for p in file.persons if p.left_on and (file.today - p.left_on).days <= CHANGE_DAYS]
    last = file.last_contacts[0] if file.last_contacts else None
    return {
        SelfQuestion.INSIDER_CULTIVATED: _names(_("Insiders: %(names)s."), insiders)
        or _("No insider is on file."),
        SelfQuestion.INSIDER_PLAN: _names(_("Candidates: %(names)s."), candidates)
        or _("No candidate is on file."),
        SelfQuestion.BUYERS_CLEAR: _("Missing: %(seats)s.") % {"seats": listed(file.missing)}
        if file.missing
        else _("All four seats are taken."),
        SelfQuestion.NOT_INTERVIEWED: _names(_("Never met: %(names)s."), unseen)
        or _("Everybody with a role was met."),
        SelfQuestion.MORE_INFORMATION: _names(_("Ask through %(names)s."), insiders or candidates)
        or _("Nobody to ask through."),
        SelfQuestion.POWER_CHANGED: _("It changed on %(day)s.") % {"day": short_day(file.power[0].learned_on)}
        if _power_changed(file)
        else (_("No change on file.") if file.power else _("Nothing is on file.")),
        SelfQuestion.NEW_FACES: _names(_("New in the last 30 days: %(names)s."), new) or _("Nobody new."),
        SelfQuestion.REORGANISED: _names(_("Left lately: %(names)s."), gone) or _("Nobody left lately."),
        SelfQuestion.DECIDERS_CERTAIN: reduce(
            followed,
            [
                _names(_("Decide: %(names)s."), deciders) or _("No decision maker is on file."),
                *_unclear(file),
            ],
        ),
        SelfQuestion.OUTLINE: _("%(n)s questions are written.") % {"n": len(line.outline)}
        if line.outline
        else reduce(
            followed,
            [
                _("No question is written yet."),
                *([_("Last time the outline was not used.")] if last and not last.outline_used else []),
            ],
        ),
        SelfQuestion.WRITTEN: _("Last in writing on %(day)s.") % {"day": short_day(file.last_written)}
        if file.last_written
        else _("Never in writing."),
    }


def _unclear(file: File) -> list[str]:
    """Return what the red flag says of who decides finally, where it stands: the drawn flow may name none, or several."""
    return [str(flag.words) for flag in file.flags if flag.kind == FlagKind.DECIDERS_UNCLEAR]


def _names(text: str, persons: Sequence[Person]) -> str:
    return text % {"names": listed(p.name for p in persons)} if persons else ""


def groups(file: File, line: PlanLine, sheet: PreparationSheet | None) -> list[Group]:
    """Return the five groups with hints, judgements and the answers so far."""
    judgements, told = judge(known(file, line)), hints(file, line)
    answers = {a.question: a.text for a in sheet.answers.all()} if sheet else {}
    return [
        Group(
            number,
            words,
            [
                Row(q, QUESTIONS[q], told[q], judgements[q], answers.get(q.value, ""))
                for q in SelfQuestion
                if q.group == number
            ],
        )
        for number, words in GROUPS.items()
    ]


def suggested_questions(file: File, line: PlanLine | None, carried: str) -> list[str]:
    """Return questions worth asking: those kept for next time, one per missing seat and unseen person, and the source's own."""
    found = [text.strip() for text in carried.splitlines() if text.strip()]
    found += [_("Who at your house is the %(seat)s?") % {"seat": seat.lower()} for seat in file.missing]
    unseen = [
        p for p in file.persons if p.left_on is None and file.roles.get(p.pk) and not file.met.get(p.pk)
    ]
    found += [_("When may I meet %(name)s?") % {"name": person.name} for person in unseen[:3]]
    if not file.last_contacts:
        found += [
            _("How many people work here, and what is the main business?"),
            _("Who decides on purchases, and who has to agree?"),
        ]
    found += [
        _("What would make this purchase a success for you personally?"),
        _("What speaks against deciding this month?"),
    ]
    return [question for question in dict.fromkeys(found) if line is None or question not in line.outline]


def carried_questions(line: PlanLine) -> str:
    """Return what the last preparation for this unit kept for next time."""
    rows = PreparationSheet.objects.filter(
        Q(line__day__lt=line.day) | Q(line__day=line.day, line__start__lt=line.start), line__unit=line.unit_id
    )
    found = rows.exclude(next_questions="").order_by("-line__day", "-line__start").first()
    return found.next_questions if found else ""


def groups_answered(questions: Collection[str]) -> int:
    """Return how many of the five groups are answered when these questions are."""
    given = set(questions)
    return sum(all(q.value in given for q in SelfQuestion if q.group == number) for number in GROUPS)

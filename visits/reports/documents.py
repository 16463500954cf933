"""The printed forms: visit report in two columns (Appendix 1, form 6) and visit record (form 5)."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.core.sentences import listed, parted
from kam.notes.models import Task
from kam.pdf.services import Sheet
from kam.users.models import User
from visits.reports.labels import FIELD_LABELS, GROUP_LABELS, shown
from visits.reports.models import VisitReport
from visits.reports.rules import groups_of
from visits.reports.selectors import columns_of, usual_variant
from visits.reports.terms import Variant
from visits.visits.models import Visit
from visits.visits.selectors import market_answers, question_label, tasks_of
from visits.visits.terms import MARKET_QUESTIONS


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One visit's head in the report."""

    number: str
    on: str
    visitor: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One field: its values of both visits and the remarks."""

    label: str
    values: tuple[str, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """The visit report of two visits side by side."""

    unit: str
    columns: tuple[ReportColumn, ...]
    groups: tuple[tuple[str, tuple[ReportLine, ...]], ...]
    market: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class RecordDocument:
    """The record of one visit."""

    unit: str
    on: str
    hours: str
    visitor: str
    companions: str
    way: str
    persons: str
    place: str
    purpose: str
    summary: str
    outcome: str
    problems: str
    next_step: str
    answers: tuple[tuple[str, str], ...]
    market: tuple[tuple[str, str], ...]
    promises: tuple[tuple[str, str, str, str], ...]


def report_sheet(visit: Visit, *, by: User) -> Sheet:
    """Return the report form with the pair of visits this one belongs to; a visit without report has a head and an empty column."""
    with override(by.language):
        slots = _pair(visit, by)
        written = [slot for slot in slots if isinstance(slot, VisitReport)]
        variant = Variant(written[-1].variant) if written else usual_variant(visit)
        document = _report(visit, slots, variant)
        return Sheet(
            "visit_report",
            asdict(document) | {"variant": variant.value},
            title=_("Key-account visit report"),
            number=f"BF-{visit.on:%Y%m%d}-{visit.pk}",
            kind="visits.report",
            language=by.language,
            signatures=(_("Visitor"), _("Key-account manager"), _("Key-account director")),
        )


def record_sheet(visit: Visit, *, by: User) -> Sheet:
    """Return the record form of one visit."""
    with override(by.language):
        return Sheet(
            "visit_record",
            asdict(_record(visit)),
            title=_("Customer visit record"),
            number=f"BJ-{visit.on:%Y%m%d}-{visit.pk}",
            kind="visits.record",
            language=by.language,
            signatures=(_("Visitor"), _("Key-account manager")),
        )


def _pair(visit: Visit, by: User) -> list[VisitReport | Visit]:
    """Return what stands on this sheet: first and second visit together, then third and fourth, and so on.

    A visit whose report is not handed in yet stands where its report will.
    """
    slots: list[VisitReport | Visit] = list(columns_of(visit, by))
    ids = [slot.visit_id for slot in slots if isinstance(slot, VisitReport)]
    if visit.pk in ids:
        at = ids.index(visit.pk)
    else:
        at = sum(1 for slot in slots if isinstance(slot, VisitReport) and slot.visit.on <= visit.on)
        slots.insert(at, visit)
    return slots[at - at % 2 : at - at % 2 + 2]


def _column(slot: VisitReport | Visit) -> ReportColumn:
    visit = _visit_of(slot)
    return ReportColumn(str(visit.get_kind_display()), date_format(visit.on, "DATE_FORMAT"), visit.user.name)


def _visit_of(slot: VisitReport | Visit) -> Visit:
    return slot.visit if isinstance(slot, VisitReport) else slot


def _report(visit: Visit, pair: list[VisitReport | Visit], variant: Variant) -> ReportDocument:
    names = (_("First visit"), _("Second visit"))
    empty = [ReportColumn(name, "", "") for name in names[len(pair) :]]
    columns = (*map(_column, pair), *empty)
    reports = [slot if isinstance(slot, VisitReport) else None for slot in pair]
    slots = [*reports, *([None] * len(empty))]
    groups = tuple(
        (
            str(GROUP_LABELS[group]),
            tuple(
                ReportLine(
                    str(FIELD_LABELS[spec.key]),
                    tuple(shown(spec, report.values.get(spec.key, "")) if report else "" for report in slots),
                    parted(
                        report.remarks[spec.key]
                        for report in reports
                        if report and report.remarks.get(spec.key)
                    ),
                )
                for spec in specs
            ),
        )
        for group, specs in groups_of(variant).items()
    )
    market = tuple(
        (question_label(name), (*(getattr(_visit_of(slot), name) for slot in pair), *("" for _none in empty)))
        for name in MARKET_QUESTIONS
    )
    return ReportDocument(visit.unit.name, columns, groups, market)


def _record(visit: Visit) -> RecordDocument:
    promises = tuple(_promise(task) for task in tasks_of(visit))
    hours = "–".join(
        date_format(moment, "H:i", use_l10n=False)
        for moment in (_local(visit.started_at), _local(visit.ended_at))
        if moment
    )
    return RecordDocument(
        unit=visit.unit.name,
        on=date_format(visit.on, "DATE_FORMAT"),
        hours=hours,
        visitor=visit.user.name,
        companions=listed(user.name for user in visit.companions.all()),
        way=str(visit.get_kind_display()),
        persons=listed(f"{row.person.name} {row.person.post}".strip() for row in visit.persons_met.all()),
        place=visit.place,
        purpose=visit.purpose,
        summary=visit.summary,
        outcome=str(visit.get_outcome_display()),
        problems=visit.problems,
        next_step=_step(visit),
        answers=tuple((row.question, row.answer) for row in visit.answers.all()),
        market=tuple(market_answers(visit)),
        promises=promises,
    )


def _local(moment: Any) -> Any:
    return timezone.localtime(moment) if moment else None


def _step(visit: Visit) -> str:
    on = date_format(visit.next_step_on, "DATE_FORMAT") if visit.next_step_on else ""
    return f"{visit.next_step} {on}".strip()


def _promise(task: Task) -> tuple[str, str, str, str]:
    due = date_format(task.due_on, "SHORT_DATE_FORMAT") if task.due_on else ""
    return (str(task.get_kind_display()), task.text, due, task.assignee.name)

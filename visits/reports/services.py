"""Handing in a visit report: the report is kept version by version, and the unit's file learns what it says."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.units.services import mark_dirty, observe
from accounts.units.terms import FIELD_SPECS, Field, FieldKind
from kam.audit.services import record
from kam.core.errors import BusinessError, ConflictError
from kam.core.house import house_words
from kam.core.locks import locked
from kam.notes.terms import SourceKey
from kam.users.models import User
from visits.reports.labels import choice_label
from visits.reports.models import ReportVersion, VisitReport
from visits.reports.rules import SPEC_OF, Shape, Value, changed_values, file_value
from visits.reports.terms import ReportState, Variant
from visits.visits.models import Visit
from visits.visits.services.contacts import label_of
from visits.visits.services.rights import lock_unit_of
from visits.visits.terms import MARKET_QUESTIONS

MAX_REMARK = 300


@transaction.atomic
def save_report(
    visit: Visit,
    *,
    variant: Variant,
    values: Mapping[str, Value],
    remarks: Mapping[str, str],
    market: Mapping[str, str],
    by: User,
    version: int = 0,
) -> VisitReport:
    """Hand in the report of a visit (again): keeps a version, updates the visit's market answers and the unit's file.

    `version` is the one the page showed, 0 where there was none; another one means that somebody was faster.
    """
    unit = lock_unit_of(visit.unit_id, by=by)
    visit = locked(Visit.objects.filter(pk=visit.pk)).get()
    visit.unit = unit
    report = VisitReport.objects.filter(visit=visit).first()
    if (report.version if report else 0) != version:
        raise ConflictError(_("This report was handed in meanwhile. Look at it again."), code="stale")
    _check_market(visit, market)
    before = report.values if report else {}
    report = _write(report or VisitReport(visit=visit, version=0), variant, values, remarks)
    ReportVersion.objects.create(
        report=report, number=report.version, values=report.values, remarks=report.remarks, by=by
    )
    visit.version += 1
    for question in MARKET_QUESTIONS:
        setattr(visit, question, market[question])
    visit.save(update_fields=[*MARKET_QUESTIONS, "version"])
    learned = changed_values(before, report.values)
    observed = _for_the_file(learned)
    if observed:
        source = SourceKey.of("report", report.pk, label_of(visit))
        observe(unit, observed, learned_on=visit.on, by=by, source=source)
    record(
        "visits.report.submitted",
        report,
        by=by,
        changes={key: (before.get(key), value) for key, value in learned.items()},
    )
    mark_dirty(visit.unit_id)
    return report


def _for_the_file(values: Mapping[str, Value]) -> dict[str, str | dict[str, str]]:
    """Return field of the unit's file → value; a choice the file keeps as text goes in words of the house's language."""
    found: dict[str, str | dict[str, str]] = {}
    with house_words():
        for key, value in values.items():
            spec = SPEC_OF[key]
            kept = file_value(spec, value)
            if spec.shape is Shape.CHOICE and FIELD_SPECS[Field(spec.observed_as)].kind is FieldKind.TEXT:
                kept = choice_label(spec, str(value))
            found[spec.observed_as] = kept
    return found


def _check_market(visit: Visit, market: Mapping[str, str]) -> None:
    """All four questions are answered, if only with "nobody has moved in yet" (S-171)."""
    if not visit.is_held:
        return
    for question in MARKET_QUESTIONS:
        if not market[question].strip():
            raise BusinessError(
                _("Answer this question; write “not asked” where there was nothing to learn."),
                code="unanswered",
                field=question,
            )


def _write(
    report: VisitReport, variant: Variant, values: Mapping[str, Value], remarks: Mapping[str, str]
) -> VisitReport:
    report.variant = variant
    report.values = dict(values)
    report.remarks = {key: text[:MAX_REMARK] for key, text in remarks.items() if text}
    report.state = ReportState.SUBMITTED
    report.submitted_at = timezone.now()
    report.version += 1
    report.save()
    return report

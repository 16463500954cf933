"""Asking the director for a file, and writing it once it is approved."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from kam.approvals.models import Request
from kam.approvals.services import submit
from kam.audit.services import record
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.sentences import listed
from kam.exports.models import MAX_QUERY, WHY_LABELS, ExportRequest
from kam.lists.exports import Approval, start_export
from kam.lists.selectors import condition_words
from kam.lists.spec import ListSpec, list_called
from kam.lists.state import ListState
from kam.lists.terms import Why
from kam.users.models import User

SUBJECT = "bulk_export"


@transaction.atomic
def ask_export(state: ListState, file_format: str, *, why: Why, reason: str, by: User) -> Request:
    """Ask the director for a file. One that was returned is asked again with the new reason; a waiting one is a conflict."""
    if len(state.query) > MAX_QUERY:
        raise BusinessError(_("These conditions are too long. Please narrow the list."), code="too_long")
    same = ExportRequest.objects.open().filter(
        by=by, list_key=state.spec.key, query=state.query, file_format=file_format
    )
    export = locked(same).first() or ExportRequest(
        by=by, list_key=state.spec.key, query=state.query, file_format=file_format
    )
    export.language = translation.get_language() or by.language
    export.position, export.why, export.reason = by.position, why.value, reason
    export.rows = state.rows().count()
    _save_once(export)
    told = {"list": export.list_key, "query": export.query, "format": file_format, "rows": export.rows}
    changes = {field: (None, value) for field, value in told.items()}
    record("exports.asked", export, by=by, changes=changes, reason=reason)
    return submit(SUBJECT, export, by=by)


def _save_once(export: ExportRequest) -> None:
    try:
        with transaction.atomic():
            export.save()
    except IntegrityError as error:
        raise ConflictError(_("This was submitted already."), code="already_submitted") from error


def approve_export(export: ExportRequest, by: User) -> None:
    """Let a worker write the file, as the person who asked; refused when that person has other rights by now."""
    del by
    export = locked(ExportRequest.objects.filter(pk=export.pk)).select_related("by").get()
    person, spec = export.by, list_called(export.list_key)
    if spec is None or not person.is_active or person.position != export.position:
        raise BusinessError(
            _("%(name)s has other rights now than when the file was asked for. Please reject it.")
            % {"name": person.name},
            code="other_rights",
        )
    export.job = start_export(
        state_of(export, spec),
        export.file_format,
        by=person,
        language=export.language,
        approval=Approval(export.pk, export.reason, export.rows),
    )
    _close(export)


def close_export(export: ExportRequest, by: User) -> None:
    """Forget a file that was rejected or withdrawn; it may be asked for anew."""
    del by
    _close(locked(ExportRequest.objects.filter(pk=export.pk)).get())


def _close(export: ExportRequest) -> None:
    export.closed_at = timezone.now()
    export.save(update_fields=["job", "closed_at"])


def state_of(export: ExportRequest, spec: ListSpec) -> ListState:
    """Return the list as the person asked for it."""
    return ListState(spec, export.by, QueryDict(export.query), "")


def snapshot_of(export: ExportRequest) -> Mapping[str, Any]:
    """Return what the director sees: who, which list, which conditions, how many rows, which personal columns, why."""
    spec = list_called(export.list_key)
    if spec is None:
        return {"title": export.list_key, "why": export.reason}
    state = state_of(export, spec)
    personal = [column.label for column in state.columns if column.is_personal]
    return {
        "title": spec.title,
        "subtitle": WHY_LABELS[Why(export.why)],
        "why": export.reason,
        "facts": [
            [_("Asked by"), f"{export.by.name} ({export.by.staff_number})"],
            [_("Rows"), str(export.rows)],
            [_("Conditions"), condition_words(state) or _("none")],
            [_("Personal columns"), listed(personal) or _("none")],
            [_("Format"), export.file_format.upper()],
        ],
    }

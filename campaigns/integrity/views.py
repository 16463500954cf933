"""Pages of the register: the list, one entry, the policy with its limits."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from campaigns.integrity.labels import KIND_LABELS, OUTCOME_LABELS, PARTY_LABELS
from campaigns.integrity.models import Benefit
from campaigns.integrity.permissions import can_see_register
from campaigns.integrity.selectors import limits_on, policy_table, totals_by_kind, with_all
from campaigns.integrity.tables import REGISTER, exceptions_of
from campaigns.integrity.terms import OUTCOME_TONES, STATE_TONES
from kam.approvals.rule_changes.permissions import can_see_rules
from kam.core.clock import business_date
from kam.lists.http import list_response
from kam.notes.registry import link_of
from kam.notes.terms import SourceKey
from kam.users.http import AuthedRequest, require


@require_GET
def list_register(request: AuthedRequest) -> HttpResponseBase:
    """Everything of value given to the persons whom one sees."""
    require(can_see_register(request.user))
    return list_response(request, REGISTER, page="campaigns/integrity/list.html")


@require_GET
def show_benefit(request: AuthedRequest, pk: int) -> HttpResponse:
    """One entry: what, for whom, why it was allowed, what became of it."""
    rows = with_all(Benefit.objects.visible_to(request.user).valued())
    row = get_object_or_404(rows, pk=pk)
    context = {
        "benefit": row,
        "tone": STATE_TONES[row.state],
        "exceptions": exceptions_of(row),
        "source_url": link_of(SourceKey(row.source_kind, row.source_id, row.source_label)),
    }
    return render(request, "campaigns/integrity/benefit.html", context)


@require_GET
def show_policy(request: AuthedRequest) -> HttpResponse:
    """What the policy says today, and the limits."""
    require(can_see_register(request.user))
    today = business_date()
    table = [
        (
            PARTY_LABELS[party],
            [(OUTCOME_TONES[outcome], OUTCOME_LABELS[outcome]) for _kind, outcome in cells],
        )
        for party, cells in policy_table(today)
    ]
    context = {
        "table": table,
        "kinds": list(KIND_LABELS.values()),
        "limits": limits_on(today),
        "totals": [
            (KIND_LABELS[kind], worth)
            for kind, worth in totals_by_kind(Benefit.objects.visible_to(request.user))
        ],
        "can_see_admin": can_see_rules(request.user),
    }
    return render(request, "campaigns/integrity/policy.html", context)

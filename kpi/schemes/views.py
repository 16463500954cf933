"""The schemes with their history, for everybody who is scored or scores."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kam.approvals.rule_changes.permissions import can_draft_rule
from kam.core.clock import business_date
from kam.users.http import AuthedRequest, require
from kpi.measures.permissions import can_see_measures
from kpi.schemes.labels import how_of
from kpi.schemes.models import Scheme
from kpi.schemes.selectors import versions_shown
from kpi.scoring.labels import CATEGORY_LABELS, METHOD_LABELS
from kpi.scoring.registry import all_indicators, indicator


@require_GET
def list_schemes(request: AuthedRequest) -> HttpResponse:
    """Every scheme in force with its lines, the versions before it, and the indicators there are."""
    require(can_see_measures(request.user))
    today = business_date()
    versions = versions_shown()
    current = [scheme for scheme in versions if scheme.valid_until is None or scheme.valid_until > today]
    context = {
        "current": [_told(scheme) for scheme in current],
        "former": [_told(scheme) for scheme in versions if scheme not in current],
        "indicators": [(told, CATEGORY_LABELS[told.category]) for told in all_indicators().values()],
        "can_draft": can_draft_rule(request.user, "kpi_scheme"),
    }
    return render(request, "kpi/schemes/list.html", context)


def _told(scheme: Scheme) -> dict[str, object]:
    lines = [line.told for line in scheme.lines.all()]
    rows = [
        {
            "line": line,
            "label": indicator(line.indicator).label,
            "method": METHOD_LABELS[line.method],
            "how": how_of(line),
        }
        for line in lines
    ]
    return {"scheme": scheme, "rows": rows, "total": sum(line.weight for line in lines)}

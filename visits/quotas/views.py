"""The rings of oneself and of those one leads."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kam.core.clock import business_date
from kam.users.http import AuthedRequest, require
from visits.quotas.models import QUOTA_LABELS
from visits.quotas.selectors import people_seen_by, quotas_of
from visits.visits.permissions import can_log_visits


@require_GET
def quotas(request: AuthedRequest) -> HttpResponse:
    people = list(people_seen_by(request.user))
    require(bool(people) or can_log_visits(request.user))
    day = business_date()
    rings = quotas_of(people, day)
    mine = rings.get(request.user.pk, [])
    context = {
        "day": day,
        "mine": [(QUOTA_LABELS[quota.key], quota) for quota in mine if quota.owed],
        "heads": [QUOTA_LABELS[quota.key] for quota in next(iter(rings.values()), [])],
        "people": [(user, rings[user.pk]) for user in people if user.pk in rings],
    }
    return render(request, "visits/quotas/quotas.html", context)

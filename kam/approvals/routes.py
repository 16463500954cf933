"""Routes: the ones shipped by default (12-decisions, 8), and writing a new version when a rule change is in force."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from kam.approvals.models import Route, RouteStep


def default_routes() -> dict[str, list[dict[str, Any]]]:
    """Return subject → steps of the routes of 12-decisions, 8, as the file keeps them."""
    entries = json.loads((settings.BASE_DIR / "fixtures" / "routes.json").read_text("utf-8"))
    return {subject: entry["steps"] for entry in entries for subject in entry["subjects"]}


@transaction.atomic
def load_default_routes() -> int:
    """Write version 1 for every subject that has no route yet; return how many were written."""
    known = set(Route.objects.values_list("subject_key", flat=True))
    missing = {subject: steps for subject, steps in default_routes().items() if subject not in known}
    for subject, steps in missing.items():
        route = Route.objects.create(subject_key=subject, number=1, valid_from=date(2000, 1, 1))
        write_steps(route, steps)
    return len(missing)


def write_steps(route: Route, steps: Iterable[dict[str, Any]]) -> None:
    """Write the steps of a route from plain data: {"by", "amount_over", "amount_up_to", "official", "kind", "only_for"}."""
    RouteStep.objects.bulk_create(
        RouteStep(
            route=route,
            order=order,
            positions=step["by"],
            amount_over=step.get("amount_over"),
            amount_up_to=step.get("amount_up_to"),
            official=step.get("official", ""),
            kind=step.get("kind", ""),
            only_for=step.get("only_for", []),
        )
        for order, step in enumerate(steps, start=1)
    )

"""The routes of 12-decisions, 8: version 1 of each, in force from the beginning."""

import json
from datetime import date

from django.conf import settings
from django.db import migrations


def write_routes(apps, _schema_editor):
    route_model, step_model = apps.get_model("approvals", "Route"), apps.get_model("approvals", "RouteStep")
    for entry in json.loads((settings.BASE_DIR / "fixtures" / "routes.json").read_text("utf-8")):
        for subject in entry["subjects"]:
            if route_model.objects.filter(subject_key=subject).exists():
                continue
            route = route_model.objects.create(subject_key=subject, number=1, valid_from=date(2000, 1, 1))
            for order, step in enumerate(entry["steps"], start=1):
                step_model.objects.create(
                    route=route,
                    order=order,
                    positions=step["by"],
                    amount_over=step.get("amount_over"),
                    kind=step.get("kind", ""),
                    only_for=step.get("only_for", []),
                )


class Migration(migrations.Migration):
    dependencies = [("approvals", "0002_append_only")]
    operations = [migrations.RunPython(write_routes, migrations.RunPython.noop)]

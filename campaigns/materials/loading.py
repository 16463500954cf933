"""The bills of the source (S-122, S-123), written for those of its campaigns that have none yet."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from campaigns.campaigns.models import Campaign
from campaigns.materials.models import Material
from campaigns.materials.services import add_material

FIXTURE = settings.BASE_DIR / "fixtures" / "materials.json"


@transaction.atomic
def load_materials() -> list[Material]:
    """Return the lines that were written."""
    entries: list[Mapping[str, Any]] = json.loads(FIXTURE.read_text("utf-8"))
    codes = {entry["campaign"]: entry["lines"] for entry in entries}
    found = Campaign.objects.filter(code__in=codes, materials__isnull=True).order_by("pk")
    return [
        add_material(campaign, _values(line), by=None) for campaign in found for line in codes[campaign.code]
    ]


def _values(line: Mapping[str, Any]) -> dict[str, Any]:
    due = line.get("due_on")
    return {**line, "due_on": date.fromisoformat(due) if due else None}


def copy_materials(source: Campaign, target: Campaign) -> list[Material]:
    """Write the bill of one campaign for another; due days move with the first day of the offer."""
    assert source.window_from is not None  # noqa: S101 -- the campaigns of the source have days
    assert target.window_from is not None  # noqa: S101 -- a copy has days
    shift = target.window_from - source.window_from
    told = []
    for row in Material.objects.filter(campaign=source).order_by("place"):
        values = {name: getattr(row, name) for name in ("name", "quantity", "measure", "department", "note")}
        values |= {"price_amount": row.price_amount, "due_on": row.due_on + shift if row.due_on else None}
        told.append(add_material(target, values, by=None))
    return told

"""Reads of accounts: what is held, what a year came to, which years there are, what may be drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from campaigns.campaigns.models import Campaign
from campaigns.materials.models import Material
from campaigns.supplies.models import SupplyAccount, SupplyEntry
from campaigns.supplies.rules import Entry, Year, year_of
from campaigns.supplies.terms import EntryKind
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class Held:
    """How many of a material are held on an account."""

    material: Material
    quantity: int


@dataclass(frozen=True, slots=True)
class ShownYear:
    material: Material
    row: Year


def held_of(account: SupplyAccount, material: Material) -> int:
    rows = SupplyEntry.objects.filter(account=account, material=material)
    return rows.aggregate(sum=Sum("change"))["sum"] or 0


def holdings(accounts: Iterable[SupplyAccount]) -> dict[int, list[Held]]:
    """Return account → what is held, by name; two statements for many."""
    rows = SupplyEntry.objects.filter(account__in=list(accounts)).order_by()
    sums = list(rows.values_list("account", "material").annotate(held=Sum("change")).filter(held__gt=0))
    materials = _materials(material for _account, material, _held in sums)
    found: dict[int, list[Held]] = {}
    for account, material, held in sums:
        found.setdefault(account, []).append(Held(materials[material], held))
    for shown in found.values():
        shown.sort(key=lambda one: (one.material.name, one.material.pk))
    return found


def years_of(account: SupplyAccount) -> list[int]:
    """Return the years with entries, the last first."""
    return list(account.entries.order_by("-on__year").values_list("on__year", flat=True).distinct())


def statement(account: SupplyAccount, year: int) -> list[ShownYear]:
    """Return what each material came to in a year, by name."""
    rows = account.entries.values_list("material_id", "kind", "change", "on")
    years = year_of((Entry(pk, EntryKind(kind), change, on) for pk, kind, change, on in rows), year)
    materials = _materials(row.material for row in years)
    shown = [ShownYear(materials[row.material], row) for row in years]
    return sorted(shown, key=lambda one: (one.material.name, one.material.pk))


def drawable(user: User) -> QuerySet[Material]:
    """Return what is in stock: the office's supplies and the materials of campaigns that the person sees."""
    seen = Q(campaign__isnull=True) | Q(campaign__in=Campaign.objects.visible_to(user))
    rows = Material.objects.filter(seen).select_related("campaign").stocked()
    return rows.filter(stock__gt=0).order_by("campaign_id", "name")  # type: ignore[misc]  # `stocked` says it


def _materials(ids: Iterable[int]) -> dict[int, Material]:
    return {row.pk: row for row in Material.objects.filter(pk__in=set(ids)).select_related("campaign")}

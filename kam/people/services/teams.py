"""The acts on teams and industries."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kam.approvals.seats import follow_manager
from kam.audit.services import record
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.users.models import Industry, Team, User


@transaction.atomic
def create_industry(*, code: str, name: str, by: User | None) -> Industry:
    """Add an industry."""
    industry = Industry.objects.create(code=code, name=name)
    record("people.industry.created", industry, by=by, changes={"code": (None, code), "name": (None, name)})
    return industry


@transaction.atomic
def change_industry(industry: Industry, *, name: str, by: User) -> Industry:
    """Rename an industry; its code stays, files and imports know it by that."""
    industry = locked(Industry.objects.filter(pk=industry.pk)).get()
    if industry.name != name:
        before, industry.name = industry.name, name
        industry.save(update_fields=["name"])
        record("people.industry.changed", industry, by=by, changes={"name": (before, name)})
    return industry


@transaction.atomic
def create_team(
    *, name: str, lead: User | None, manager: User | None, industries: Collection[Industry], by: User | None
) -> Team:
    """Add a team with its lead, manager and industries (S-143)."""
    team = Team.objects.create(name=name, lead=lead, manager=manager)
    team.industries.set(industries)
    record(
        "people.team.created",
        team,
        by=by,
        changes={
            "name": (None, name),
            "lead": (None, lead),
            "manager": (None, manager),
            "industries": (None, list(industries)),
        },
    )
    return team


@transaction.atomic
def change_team(
    team: Team,
    *,
    name: str,
    lead: User | None,
    manager: User | None,
    industries: Collection[Industry],
    by: User,
) -> Team:
    """Change a team; who sees the team's rows follows at the next request."""
    team = locked(Team.objects.filter(pk=team.pk)).get()
    _refuse_gone(lead, manager)
    former = team.manager
    old = {
        "name": team.name,
        "lead": team.lead,
        "manager": former,
        "industries": sorted(team.industries.all(), key=lambda i: i.pk),
    }
    new = {
        "name": name,
        "lead": lead,
        "manager": manager,
        "industries": sorted(industries, key=lambda i: i.pk),
    }
    changes = {field: (old[field], new[field]) for field in old if old[field] != new[field]}
    if changes:
        team.name, team.lead, team.manager = name, lead, manager
        team.save(update_fields=["name", "lead", "manager"])
        team.industries.set(industries)
        record("people.team.changed", team, by=by, changes=changes)
        if "manager" in changes:
            follow_manager(team, former, by=by)
    return team


def _refuse_gone(*people: User | None) -> None:
    for person in people:
        if person is not None and not person.is_active:
            raise BusinessError(_("This person does not work here any more."), code="gone")

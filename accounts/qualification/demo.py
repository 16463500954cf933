"""The demo's grading: who belongs to the core, and which tiers the night proposes."""

from accounts.qualification.models import TierProposal
from accounts.qualification.services_tiers import (
    confirm_proposal,
    mark_core,
    propose_for_all,
    reject_proposal,
)
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier
from kam.demo.story import Story
from kam.users.models import User


def play_core(story: Story) -> None:
    """The units of tier A can place big orders; those somebody has marked already stay as they are."""
    waiting = KeyAccount.objects.filter(tier=Tier.A, is_core=False)
    for unit in waiting.select_related("owner", "team__manager").order_by("pk"):
        with story.at(story.day(-140), 17):
            mark_core(unit, is_core=True, by=unit.owner, reason="可一次性组织大批团购")


def play_tiers(story: Story) -> None:
    """Last night KAM proposed tiers; a manager has decided about two of them this morning, the rest waits."""
    with story.at(story.day(0), 1, 40):
        propose_for_all()
    rows = TierProposal.objects.open().select_related("unit__team__manager").order_by("pk")
    higher = [row for row in rows if row.proposed < row.current]
    decided = [row for row in higher if row.unit.team and row.unit.team.manager][:2]
    for place, row in enumerate(decided):
        with story.at(story.day(0), 8, 30 + place):
            if place:
                reject_proposal(row, by=_manager(row), reason="领导班子刚调整，先观察一个季度")
            else:
                confirm_proposal(row, by=_manager(row), reason="规模与意向已由两次拜访确认")


def _manager(row: TierProposal) -> User:
    team = row.unit.team
    assert team is not None  # noqa: S101 -- chosen above
    assert team.manager is not None  # noqa: S101 -- chosen above
    return team.manager

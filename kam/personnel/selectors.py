"""Reading personnel proposals: one as a person may see it, what was decided about somebody."""

from django.db.models import QuerySet

from kam.core.asked import number_in
from kam.files.models import Attachment
from kam.personnel.models import Proposal
from kam.personnel.terms import DECIDED_STATES
from kam.users.models import User

#: The kind under which evidence is kept.
FILES = "personnel.proposal"


def as_seen(user: User, proposal_id: str) -> Proposal | None:
    """Return the proposal as this person may see it."""
    return Proposal.objects.visible_to(user).filter(pk=number_in(proposal_id) or 0).first()


def decided_about(user: User) -> QuerySet[Proposal]:
    """Return what was decided about a person, newest first."""
    return Proposal.objects.filter(person=user, state__in=sorted(DECIDED_STATES)).order_by("-decided_at")


def evidence_of(proposal: Proposal) -> QuerySet[Attachment]:
    return Attachment.objects.of(FILES, proposal.pk).select_related("by")

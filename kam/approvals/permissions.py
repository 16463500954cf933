"""Who may do what to a request. Whether it is visible at all is `Request.objects.visible_to`."""

from kam.approvals.models import Request
from kam.approvals.selectors import chair_of, involved_in
from kam.approvals.terms import RequestState
from kam.users.models import User

_WITHDRAWABLE = {RequestState.PENDING, RequestState.RETURNED, RequestState.VOIDED}


def can_decide_request(user: User, request: Request) -> bool:
    """A seat at the pending stage (own or an absent person's); never requester, beneficiary, last editor, earlier decider."""
    return chair_of(request, user) is not None


def can_attempt_decision(user: User, request: Request) -> bool:
    """Whoever is not involved may try: a visible request that moved on answers 409 with its present state, not 403."""
    return user.is_active and user.pk not in involved_in(request)


def can_withdraw_request(user: User, request: Request) -> bool:
    """Whoever asked, while nothing final has happened."""
    return (
        user.is_active
        and user.pk in {request.requester_id, request.submitted_by_id}
        and (request.state in _WITHDRAWABLE)
    )

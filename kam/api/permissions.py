"""Who may have tokens: whoever works here, each their own."""

from kam.api.models import ApiToken
from kam.users.models import User


def can_have_tokens(user: User) -> bool:
    return user.is_active


def can_revoke_token(user: User, token: ApiToken) -> bool:
    return user.is_active and token.user_id == user.pk and token.revoked_at is None

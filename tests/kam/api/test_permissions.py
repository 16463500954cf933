"""Who has tokens: whoever works here, each their own. No database."""

from types import SimpleNamespace

from kam.api.permissions import can_have_tokens, can_revoke_token


def test_each_their_own():
    owner, other, gone = (SimpleNamespace(pk=pk, is_active=pk != 3) for pk in (1, 2, 3))
    token = SimpleNamespace(user_id=1, revoked_at=None)
    assert [can_have_tokens(who) for who in (owner, other, gone)] == [True, True, False]
    assert [can_revoke_token(who, token) for who in (owner, other)] == [True, False]
    assert not can_revoke_token(gone, SimpleNamespace(user_id=3, revoked_at=None))
    assert not can_revoke_token(owner, SimpleNamespace(user_id=1, revoked_at="then"))

"""What the API gives to the frames: acts, the page of tokens, forgetting old keys."""

from django.utils.translation import gettext_lazy as _

from kam.api.approvals import APPROVALS
from kam.api.people import TEAMS, USERS
from kam.api.permissions import can_have_tokens
from kam.api.registry import register_resource
from kam.api.services import forget_keys
from kam.audit.registry import register_act
from kam.jobs.registry import periodic
from kam.search.registry import register_action

register_act("api.token.made", _("API token made"))
register_act("api.token.revoked", _("API token revoked"))
register_act("api.rows.read", _("Rows read by API"))
periodic("api.keys", every="daily 02:50", run=forget_keys, label=_("Keys of repeated requests forgotten"))
register_action("api.tokens", _("My API tokens"), "/me/tokens/", icon="link", visible=can_have_tokens)
register_resource(USERS)
register_resource(TEAMS)
register_resource(APPROVALS)

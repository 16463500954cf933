"""The register follows the units of its persons; finance, HR and administrators have no part in it."""

from typing import Any

from campaigns.integrity.models import PolicyVersion
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.factories.integrity import make_benefit, make_receiver
from tests.permissions.admin import STAFF, admin_rows
from tests.permissions.row import Row

LIST = "403: finance hr admin; 200: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"


def benefit(cast: Cast) -> dict[str, Any]:
    return {"pk": make_benefit(make_receiver(make_unit("泉州商会", owner=cast.owner)), cast.other_team).pk}


def policy(_cast: Cast) -> int:
    return PolicyVersion.objects.order_by("pk").values_list("pk", flat=True)[0]


ROWS = [
    Row("integrity/", "GET", "-", LIST),
    Row("integrity/policy/", "GET", "-", LIST),
    Row("integrity/<int:pk>/", "GET", "given by somebody of another team", READ, make=benefit),
    *admin_rows("campaigns/policyversion", see=STAFF, make=policy),
]

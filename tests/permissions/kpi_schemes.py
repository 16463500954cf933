"""Schemes in the administration: read there, changed only by a rule change."""

from kpi.schemes.models import Scheme
from tests.conftest import Cast
from tests.permissions.admin import STAFF, admin_rows


def scheme(_cast: Cast) -> int:
    return Scheme.objects.get(position="manager").pk


ROWS = [*admin_rows("kpi/scheme", see=STAFF, make=scheme)]

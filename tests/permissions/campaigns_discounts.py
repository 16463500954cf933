"""Discount rules in the administration: read there, changed only by a rule change."""

from datetime import date

from campaigns.discounts.models import DiscountVersion
from tests.conftest import Cast
from tests.factories.campaigns import make_campaign
from tests.permissions.admin import STAFF, admin_rows


def version(_cast: Cast) -> int:
    columns = {"kind": "general", "min_sets": 9, "number": 1, "valid_from": date(2026, 1, 1)}
    return DiscountVersion.objects.create(campaign=make_campaign(), **columns).pk


ROWS = [*admin_rows("campaigns/discountversion", see=STAFF, make=version)]

"""Discount rules in the administration: read there, changed only by a rule change; confirmed on paper for whoever sees the campaign."""

from datetime import date

from campaigns.discounts.models import DiscountVersion
from tests.conftest import Cast
from tests.factories.campaigns import make_campaign
from tests.permissions.admin import STAFF, admin_rows
from tests.permissions.campaigns_campaigns import DRAFT, EVERYBODY, draft, running
from tests.permissions.row import Row


def version(_cast: Cast) -> int:
    columns = {"kind": "general", "min_sets": 9, "number": 1, "valid_from": date(2026, 1, 1)}
    return DiscountVersion.objects.create(campaign=make_campaign(), **columns).pk


ROWS = [
    *admin_rows("campaigns/discountversion", see=STAFF, make=version),
    Row("campaigns/<int:pk>/discounts.pdf", "GET", "running", EVERYBODY, make=running),
    Row("campaigns/<int:pk>/discounts.pdf", "GET", "draft", DRAFT, make=draft),
]

"""Campaigns are the department's: everybody sees what was handed in, a draft only planners and its people."""

from typing import Any

from tests.conftest import Cast
from tests.factories.campaigns import make_campaign
from tests.permissions.row import Row

EVERYBODY = "200: *"
DRAFT = "200: owner manager other_manager director marketing; 404: *"


def running(_cast: Cast) -> dict[str, Any]:
    return {"pk": make_campaign().pk}


def draft(cast: Cast) -> dict[str, Any]:
    return {"pk": make_campaign(state="draft", coordinator=cast.owner).pk}


ROWS = [
    Row("campaigns/", "GET", "-", EVERYBODY),
    Row("campaigns/<int:pk>/", "GET", "running", EVERYBODY, make=running),
    Row("campaigns/<int:pk>/", "GET", "draft", DRAFT, make=draft),
]

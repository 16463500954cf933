"""`{% load audit_tags %}{% history unit %}`: the readable history of an object."""

from typing import Any

from django import template
from django.db.models import Model

from kam.audit.selectors import HISTORY, history_of
from kam.users.models import User

register = template.Library()


@register.inclusion_tag("audit/_history.html", takes_context=True)
def history(context: dict[str, Any], obj: Model, limit: int = HISTORY) -> dict[str, Any]:
    """Draw the newest entries about `obj`; personal values stay masked unless the room's rule opens them to the reader."""
    viewer = getattr(context.get("request"), "user", None)
    return {"lines": history_of(obj, viewer if isinstance(viewer, User) else None, limit=limit)}

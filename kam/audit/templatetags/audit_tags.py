"""`{% load audit_tags %}{% history_panel unit %}`: the history of a record, fetched when somebody opens it; `{% history obj %}` draws it at once."""

from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse

from kam.audit.records import history_of_model
from kam.audit.selectors import HISTORY, history_of
from kam.users.models import User

register = template.Library()


@register.inclusion_tag("audit/_history.html", takes_context=True)
def history(context: dict[str, Any], obj: Model, limit: int = HISTORY) -> dict[str, Any]:
    """Draw the newest entries about `obj`; personal values stay masked unless the room's rule opens them to the reader."""
    viewer = getattr(context.get("request"), "user", None)
    return {"lines": history_of(obj, viewer if isinstance(viewer, User) else None, limit=limit)}


@register.inclusion_tag("audit/_panel.html")
def history_panel(obj: Model) -> dict[str, Any]:
    """Draw a closed panel; opening it fetches the entries (without JavaScript its link leads to the same page)."""
    known = history_of_model(type(obj))
    return {"url": reverse("history", args=[known.kind, obj.pk]) if known is not None else ""}

"""The bar of a room: its pages, above the page's head."""

from typing import Any

from django import template

from kam.search.selectors import room_pages
from kam.users.models import User

register = template.Library()


@register.inclusion_tag("components/_room.html", takes_context=True)
def room_bar(context: dict[str, Any]) -> dict[str, Any]:
    """`{% room_bar %}`: draw the pages of the room this address belongs to."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or not isinstance(user, User):
        return {"pages": []}
    return {"pages": room_pages(user, request.path)}

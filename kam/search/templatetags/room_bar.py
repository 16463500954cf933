"""The bar of a room: its pages, above the page's head."""

from django import template
from django.utils.safestring import SafeString

from kam.core.frozen import frozen_part
from kam.search.selectors import room_pages
from kam.users.models import User

register = template.Library()


@register.simple_tag(takes_context=True)
def room_bar(context: template.Context) -> SafeString:
    """`{% room_bar %}`: draw the pages of the room this address belongs to."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or not isinstance(user, User):
        return SafeString("")
    pages = room_pages(user, request.path)
    if not pages:
        return SafeString("")
    told = tuple((page["path"], page["is_current"], page["is_here"]) for page in pages)
    with context.push(pages=pages):
        return frozen_part(context, "components/_room.html", told)

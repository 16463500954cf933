"""What every page's frame shows. No statement here: rooms and menus are known, counts come by themselves (`/frame/counts/`)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from kam.core import frame as frames
from kam.core.names import initials_of
from kam.users.models import POSITION_LABELS, User
from kam.users.preferences import DENSITY_COOKIE, THEME_COOKIE, clean_density, clean_theme
from kam.users.terms import Position


def _drafts_key(user: User) -> str:
    """Return the key under which this person's unsent forms lie on a device; it stays in the pages of who is signed in."""
    return salted_hmac("kam.drafts", str(user.pk), algorithm="sha256").hexdigest()


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return `frame`: theme, density, languages, and for people who signed in rooms and menu."""
    found: dict[str, Any] = {
        "theme": clean_theme(request.COOKIES.get(THEME_COOKIE)),
        "density": clean_density(request.COOKIES.get(DENSITY_COOKIE)),
        "languages": settings.LANGUAGES,
        "banners": frames.banners_of(request),
        "has_search": frames.exists("/search/"),
        "path": request.get_full_path() if request.method == "GET" else "/",
    }
    user = getattr(request, "user", None)
    if isinstance(user, User):
        places = frames.places_of(user.position, request.path)
        found |= {
            "signed_in": True,
            "user_pk": user.pk,
            "drafts_key": _drafts_key(user),
            "user_name": user.name,
            "user_initials": initials_of(user.name),
            "position": user.position,
            "position_label": POSITION_LABELS[Position(user.position)],
            "places": places,
            "has_rows": frames.has_rows(user.position),
            "has_bell": frames.exists("/notices/"),
            "menu": frames.menu_of(user),
            "current": next((p for p in places if p["is_current"]), None),
            "log_visit": frames.log_visit_of(user.position),
        }
    return {"frame": found}

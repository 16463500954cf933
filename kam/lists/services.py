"""Keeping and dropping views. They hold conditions, never rows: opening one asks again what the person may see."""

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kam.core.errors import BusinessError
from kam.lists.models import SavedView
from kam.lists.spec import ListSpec
from kam.users.models import Team, User

MAX_VIEWS = 30
_NOT_KEPT = ("after", "before", "export", "view", "csrfmiddlewaretoken")


@transaction.atomic
def save_view(
    spec: ListSpec, *, by: User, name: str, query: str, team: Team | None = None, is_default: bool = False
) -> SavedView:
    """Keep the address `query` of a list under a name; a name used before is refused."""
    kept = QueryDict(query, mutable=True)
    for key in _NOT_KEPT:
        kept.pop(key, None)
    if SavedView.objects.filter(owner=by, list_key=spec.key).count() >= MAX_VIEWS:
        raise BusinessError(_("You keep 30 views of this list; drop one first."), code="too_many")
    if is_default:
        SavedView.objects.filter(owner=by, list_key=spec.key, is_default=True).update(is_default=False)
    try:
        with transaction.atomic():
            return SavedView.objects.create(
                list_key=spec.key,
                name=name,
                query=kept.urlencode(safe=","),
                owner=by,
                team=team,
                is_default=is_default,
            )
    except IntegrityError as error:
        raise BusinessError(_("You have a view of this name."), code="name_taken", field="name") from error


@transaction.atomic
def set_default(view: SavedView, *, by: User) -> None:
    """Open the list with this view from now on; with the one that is the default already: no longer."""
    was_default = view.is_default
    SavedView.objects.filter(owner=by, list_key=view.list_key, is_default=True).update(is_default=False)
    if not was_default:
        SavedView.objects.filter(pk=view.pk, owner=by).update(is_default=True)


def drop_view(view: SavedView, *, by: User) -> None:
    """Forget a view."""
    SavedView.objects.filter(pk=view.pk, owner=by).delete()

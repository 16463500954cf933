"""How a Django app finds its rooms: by name, in one place, so that adding a room is one word."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern


class RoomConfig(AppConfig):
    """An app made of rooms; `registers.py` and `tasks.py` of the app and of each room are imported when Django is ready.

    An app's own `admin.py` is found by Django's admin; those of its rooms are imported here.
    """

    default = False  # each app's own config says True, so that Django does not hesitate between the two
    default_auto_field = "django.db.models.BigAutoField"
    rooms: tuple[str, ...] = ()

    def ready(self) -> None:
        for package in (self.name, *(f"{self.name}.{room}" for room in self.rooms)):
            for part in ("registers", "tasks"):
                _import_if_there(f"{package}.{part}")
        for room in self.rooms:
            _import_if_there(f"{self.name}.{room}.admin")


def _import_if_there(module: str) -> None:
    if find_spec(module):
        import_module(module)


def urls_of(app_label: str) -> list[URLPattern | URLResolver]:
    """Return the URL patterns of all rooms of an app, in the order its config lists them."""
    config = apps.get_app_config(app_label)
    patterns: list[URLPattern | URLResolver] = []
    for room in getattr(config, "rooms", ()):
        if find_spec(f"{config.name}.{room}.urls"):
            patterns += import_module(f"{config.name}.{room}.urls").urlpatterns
    return patterns


def by_first_segment(entries: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Return the same addresses parted by what stands before their first slash.

    Django compares an address with one pattern after the other, and there are eight hundred: so it is compared with eighty words and
    then with those of one room. Addresses of one word keep their order; a group stands where its first address stood.
    """
    parted: dict[object, list[URLPattern]] = {}
    whole: dict[object, URLPattern | URLResolver] = {}
    for entry in _laid_flat(entries):
        word, slash, rest = str(entry.pattern).partition("/")
        if (
            isinstance(entry, URLPattern)
            and isinstance(entry.pattern, RoutePattern)
            and slash
            and "<" not in word
        ):
            inner = path(rest, entry.callback, entry.default_args or None, entry.name)
            parted.setdefault(f"{word}/", []).append(inner)
            whole.setdefault(f"{word}/", inner)
        else:
            whole[entry] = entry
    return [
        path(key, include(parted[key])) if isinstance(key, str) else entry for key, entry in whole.items()
    ]


def _laid_flat(entries: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern | URLResolver]:
    """Yield what stands under an empty address without a name of its own as if it stood here."""
    for entry in entries:
        if isinstance(entry, URLResolver) and not (
            str(entry.pattern) or entry.namespace or entry.app_name or entry.default_kwargs
        ):
            yield from _laid_flat(entry.url_patterns)
        else:
            yield entry

"""How a Django app finds its rooms: by name, in one place, so that adding a room is one word."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.urls import URLPattern, URLResolver


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

"""`migrate`, without drawing every table anew for each table that is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.state import ModelState, ProjectState

from kam.approvals.routes import load_default_routes

#: What other people's types do not tell of Django's own class.
State: Any = ProjectState


@contextmanager
def only_itself() -> Iterator[None]:
    """Let a table that is made or gets a constraint renew its own model, not those around it.

    Almost every table points to people and units: Django renews nearly all models for each of two hundred tables, most of the time
    that an empty database took. The state says that it is delayed, so that a step in Python is given all models anew.
    """
    add, around = State.add_model, State._find_reload_model  # noqa: SLF001 - no setting says it

    def add_model(self: ProjectState, model_state: ModelState) -> None:
        apps = self.__dict__.pop("apps", None)
        add(self, model_state)
        if apps is not None:
            self.apps = apps
            self.reload_model(model_state.app_label, model_state.name_lower, delay=True)

    def itself(self: Any, app_label: str, model_name: str, delay: bool = False) -> Any:
        if not delay:
            return around(self, app_label, model_name, delay)
        self.is_delayed = True
        return {(app_label, model_name)}

    State.add_model, State._find_reload_model = add_model, itself  # noqa: SLF001 - see above
    try:
        yield
    finally:
        State.add_model, State._find_reload_model = add, around  # noqa: SLF001 - see above


class Command(migrate.Command):
    """Django's own command, quicker from nothing. All the way up it also writes the approval routes that are missing.

    A new version brings new subjects: without a route nobody could ask for them until somebody thought of `load_routes`.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        with only_itself():
            super().handle(*args, **options)
        if not (options["app_label"] or options["plan"] or options["check_unapplied"]):
            load_default_routes()

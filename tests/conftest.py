"""The cast: the same people in every test. Group 1 under `manager`, group 2 under `other_manager`."""

import gc
import math
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from allauth.account.internal.flows import login
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management.commands import flush
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client, override_settings
from django.utils import translation
from django.utils.translation import trans_real
from pytest_django import DjangoDbBlocker

from accounts.units import registry as legends
from kam.core import frozen
from kam.demo import selectors
from kam.people.middleware import SEEN, STARTED
from kam.users.models import Team, User
from kam.users.terms import Position
from tests.application import open_as_application
from tests.database import flush_and_bring_back, keep_reference_rows
from tests.factories.kam import make_teams, user_of

if TYPE_CHECKING:
    from tests.permissions.speech import Listener

#: No example has a time limit: the machine may be busy. `make test` tries the same examples each time; KAM_RANDOM=1 tries others.
hypothesis.settings.register_profile("kam", deadline=None, derandomize=os.environ.get("KAM_RANDOM") != "1")
hypothesis.settings.load_profile("kam")

#: Whoever asks for one of these asks for the database.
_DATABASE = frozenset({"db", "transactional_db"})
#: Long ones begin first: what is left at the end can be shared out.
_FIRST = ("test_story.py", "test_race_controls.py")
#: A moment far ahead: signed in like this, a test may move the clock without being signed out for idleness.
NEVER_IDLE = 4_102_444_800.0


def shows_rules(item: pytest.Item) -> bool:
    """Say whether a test shows a rule or permission and is watched for coverage: it needs no database, or is named after them.

    Elsewhere `pytestmark = pytest.mark.rules` says so. The permission matrix is not: whoever asks a page asks a permission, and one
    that only pages ask would have no test that says what it promises.
    """
    if "architecture" in item.path.parts or item.path.name == "test_permission_matrix.py":
        return False
    needs_database = item.get_closest_marker("django_db") or not _DATABASE.isdisjoint(item.fixturenames)  # type: ignore[attr-defined]  # of functions
    return item.path.name.startswith(("test_rules", "test_permission")) or not needs_database


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is watched; begin with what takes long."""
    for item in items:
        if shows_rules(item):
            item.add_marker("rules")
    items.sort(key=lambda item: item.path.name not in _FIRST)


def pytest_collection_finish() -> None:
    """What five thousand tests are made of stays to the end: the collector of garbage need not walk over it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Watch a test only where it shows rules, or where tools/suite.py asks for pages too."""
    watcher = item.config.pluginmanager.getplugin("_cov")
    watching = getattr(watcher, "cov_controller", None)
    if watching is not None:
        wanted = "KAM_WATCH_PAGES" in os.environ or item.get_closest_marker("rules") is not None
        if wanted != watching.started:
            (watching.resume if wanted else watching.pause)()
    return (yield)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Remember what migrations put into the tables, once they are there."""
    with django_db_blocker.unblock():
        keep_reference_rows()


@pytest.fixture(autouse=True, scope="session")
def _flush_append_only_tables() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_and_bring_back)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_args, **_kwargs: None)
        yield


@pytest.fixture(autouse=True, scope="session")
def _keep_files_of_tests_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(autouse=True)
def _no_language_is_left_behind() -> Iterator[None]:
    """A request leaves its reader's language active in the thread; the next test begins in the default."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def heard_of_demo(monkeypatch: pytest.MonkeyPatch) -> selectors.Heard:
    """Each process asks once a minute whether it holds a demo. In tests there is none unless they say so: statements that are
    counted must not depend on when the process asked last."""
    heard = selectors.Heard(at=math.inf)
    monkeypatch.setattr(selectors, "heard", heard)
    return heard


@dataclass(frozen=True)
class Cast:
    owner: User  # specialist of group 1 who owns what a test makes
    same_team: User
    lead: User
    manager: User
    other_team: User  # specialist of group 2
    other_lead: User
    other_manager: User
    director: User
    marketing: User
    gm: User
    finance: User
    clerk: User
    hr: User
    admin: User
    gone: User  # deactivated
    team: Team
    second_team: Team


_POSITIONS = {
    "owner": Position.SPECIALIST,
    "same-team": Position.SPECIALIST,
    "other-team": Position.SPECIALIST,
    "lead": Position.TEAM_LEAD,
    "other-lead": Position.TEAM_LEAD,
    "manager": Position.MANAGER,
    "other-manager": Position.MANAGER,
    "director": Position.DIRECTOR,
    "marketing": Position.MARKETING_DIRECTOR,
    "gm": Position.GENERAL_MANAGER,
    "finance": Position.FINANCE,
    "clerk": Position.CLERK,
    "hr": Position.HR,
    "admin": Position.ADMINISTRATOR,
    "gone": Position.SPECIALIST,
}


@pytest.fixture
def cast(db: None) -> Cast:
    """Make everybody once per test, in three statements."""
    made = User.objects.bulk_create(
        user_of(number, position, is_active=number != "gone") for number, position in _POSITIONS.items()
    )
    people = {user.staff_number.replace("-", "_"): user for user in made}
    team, second_team = make_teams(
        {
            "Group 1": (people["manager"], people["lead"], people["owner"], people["same_team"]),
            "Group 2": (people["other_manager"], people["other_lead"], people["other_team"]),
        }
    )
    return Cast(**people, team=team, second_team=second_team)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Return a function that signs a person in and returns their client."""

    def sign_in(user: User) -> Client:
        # What signing in leaves behind, in one row: the form itself is shown in tests/kam/people.
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session[STARTED] = session[SEEN] = NEVER_IDLE
        session.create()
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
        return client

    return sign_in


@pytest.fixture
def listener(
    cast: Cast, client_of: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> Iterator["Listener"]:
    """Return somebody who walks over the permission table and reads; everybody reads a language that brackets all it is given."""
    from tests.permissions import speech  # it speaks of the cast

    monkeypatch.setitem(trans_real._translations, speech.LANGUAGE, speech.Bracketed(speech.LANGUAGE))
    User.objects.update(language=speech.LANGUAGE)
    yield speech.Listener(cast, client_of)
    frozen._kept.clear()  # what is kept by language holds brackets now
    legends._legend_in.cache_clear()


@pytest.fixture
def fresh_client_of(client_of: Callable[[User], Client]) -> Callable[[User], Client]:
    """Return a function that signs a person in who has just given the password."""

    def sign_in(user: User) -> Client:
        client = client_of(user)
        session = client.session
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
        session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session.save()
        return client

    return sign_in


@pytest.fixture
def as_application() -> Iterator[Callable[..., list[Any]]]:
    """Return a function that runs SQL as the application's role in a connection of its own; skips nothing."""
    opened = open_as_application()

    def run(sql: str, *values: Any) -> list[Any]:
        with opened.cursor() as cursor:
            cursor.execute(sql, values or None)
            return cursor.fetchall() if cursor.description else []

    yield run
    opened.close()

"""The whole of KAM as `make run` starts it, against a database of its own, and Chromium in front of it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect

from kam.core.addresses import database_config
from kam.core.clock import business_date
from kam.ops.process import die_with_parent
from tests.e2e.browsing import CHROMIUM, PATIENCE_MS, Office, Visitor, sign_in

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 600
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what waits for the next tick come last: a minute passes while the others run."""
    items.sort(key=lambda item: "new_face" in getattr(item, "fixturenames", ()))


@dataclass
class Stack:
    """A running KAM: where it answers, and where its sent mails lie."""

    url: str
    var: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    #: The department's day on which the story was told; the clock may pass midnight before the last test.
    day: date

    def mails(self) -> list[EmailMessage]:
        """Return every mail that the sink took, oldest first."""
        files = sorted((self.var / "mail").glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]  # type: ignore[misc]

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `manage.py …` beside the running processes."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )


def _address(url: str, name: str) -> str:
    parts = urlsplit(url)
    return parts._replace(path=f"/{name}").geturl()


def _with_database(owner_url: str, sql: str) -> None:
    config = database_config(_address(owner_url, "postgres"))
    connection = psycopg2.connect(
        host=config["HOST"],
        port=config["PORT"] or None,
        user=config["USER"],
        password=config["PASSWORD"] or None,
        dbname="postgres",
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql)
    connection.close()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Start everything with the demo department; stop everything afterwards."""
    name = f"kam_e2e_{os.getpid()}"
    owner, app = settings.DATABASE_OWNER_URL, os.environ["DATABASE_URL"]
    migrated = os.environ.get("KAM_TEST_TEMPLATE")
    _with_database(owner, f"create database {name}" + (f" template {migrated}" if migrated else ""))
    var = tmp_path_factory.mktemp("var")
    port = str(_free_port())
    hidden = ("KAM_", "DATABASE", "SECRET_KEY", "ALLOWED_HOSTS", "DJANGO", "EMAIL_URL")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(hidden)}
    environment |= {
        "DATABASE_URL": _address(app, name),
        "DATABASE_OWNER_URL": _address(owner, name),
        "KAM_VAR": str(var),
        "KAM_LAPTOP": "1",
        "PORT": port,
        "KAM_DEMO": "small",
    }
    log = (var / "up.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 -- a test that is given up leaves nothing behind
    )
    stack = Stack(
        f"http://localhost:{port}",
        var,
        environment | {"SECRET_KEY": "", "ALLOWED_HOSTS": "localhost"},
        process,
        business_date(),
    )
    try:
        _wait(stack)
        stack.environment["SECRET_KEY"] = (var / "secret_key").read_text()
        yield stack
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()
        _with_database(owner, f"drop database if exists {name} with (force)")


def _free_port() -> int:
    """Return a port below the range that clients take at random; each process looks from a place of its own."""
    start = 21000 + os.getpid() % 9000
    for port in range(start, start + 500):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port")


def _wait(stack: Stack) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if stack.process.poll() is not None:
            break
        if "KAM is ready" in (stack.var / "up.log").read_text(errors="replace"):
            with urllib.request.urlopen(f"{stack.url}/healthz", timeout=5):
                return
        time.sleep(0.3)
    raise AssertionError("KAM did not start:\n" + (stack.var / "up.log").read_text(errors="replace")[-3000:])


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | CHROMIUM


@pytest.fixture
def visit(stack: Stack, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Return a function that signs somebody in at a width; whatever the browser complained about fails the test at its end."""
    opened: list[Visitor] = []

    def open_browser(who: str, *, width: int = 1440, dark: bool = False) -> Visitor:
        opened.append(sign_in(browser, stack.url, who, width=width, dark=dark))
        return opened[-1]

    yield open_browser
    complaints = [complaint for visitor in opened for complaint in visitor.complaints]
    for visitor in opened:
        visitor.context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def whole_office(stack: Stack, browser: Browser) -> Iterator[Office]:
    """Return the browsers that serve the whole session."""
    made = Office(browser, stack.url)
    yield made
    made.close()


@pytest.fixture
def office(whole_office: Office) -> Iterator[Office]:
    """Return the same browsers; what they complained about fails the test."""
    yield whole_office
    assert whole_office.complaints() == []

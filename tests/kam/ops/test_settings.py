"""Production refuses to start on unsafe values and says which."""

import os
import subprocess
import sys

import pytest

SAFE = {
    "SECRET_KEY": "a-long-and-random-key-for-this-test-only-0123456789",
    "ALLOWED_HOSTS": "kam.example.com",
    "KAM_HTTPS": "1",
    "DATABASE_URL": "postgres://kam_app:x@localhost/kam",
}


def start(then: str = "", **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("KAM_", "DATABASE", "SECRET", "ALLOWED", "DJANGO"))
    }
    environment |= {name: value for name, value in (SAFE | changes).items() if value}
    return subprocess.run(
        [sys.executable, "-c", f"import kam.settings\n{then}"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_safe_values_start():
    assert start().returncode == 0


@pytest.mark.parametrize(("as_owner", "patience"), [("0", "15s"), ("1", "0")])
def test_a_page_gives_up_and_a_migration_takes_its_time(as_owner, patience):
    say = "print(kam.settings.DATABASES['default']['OPTIONS']['options'].split()[1])"
    owner = {"KAM_AS_OWNER": as_owner, "DATABASE_OWNER_URL": "postgres://kam_owner:x@localhost/kam"}
    assert start(say, **owner).stdout.strip() == f"statement_timeout={patience}"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"KAM_HTTPS": ""}, "KAM_HTTPS"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"KAM_TEST_SKIP_LOCKS": "1"}, "KAM_TEST_SKIP_LOCKS"),
    ],
)
def test_each_unsafe_value_is_refused_by_name(change, said):
    done = start(**change)
    assert (done.returncode, said in done.stderr) == (1, True)

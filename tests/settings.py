"""The project's settings as the tests use them: the owner's role (tests make databases), quick hashes, no kept connections."""

import os

os.environ.setdefault("KAM_TESTING", "1")
os.environ.setdefault("KAM_AS_OWNER", "1")

from kam.settings import *  # noqa: F403 -- the environment comes first
from kam.settings import BASE_DIR, TEMPLATES

TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests" / "templates")  # type: ignore[attr-defined]  # a list, as settings.py says

# A whole run migrates once and copies that database for each process (tests/template.py).
if template := os.environ.get("KAM_TEST_TEMPLATE"):
    DATABASES["default"]["TEST"]["TEMPLATE"] = template  # noqa: F405 -- from the project's settings

INSTALLED_APPS = [*INSTALLED_APPS, "tests.approval_subject"]  # noqa: F405 -- from the project's settings

# Every client of a test makes the middleware anew: looking up a file when it is asked for, it need not read them all first.
WHITENOISE_AUTOREFRESH = True

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 -- whitenoise warns of a folder that is not there

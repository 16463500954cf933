"""The project's settings with one more address: the hello page that every figure is measured against."""

from kam.settings import *  # noqa: F403 -- the same project, one address more

ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "templates")  # type: ignore[attr-defined]  # noqa: F405 -- from the project's settings

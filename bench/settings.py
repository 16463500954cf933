"""The project's settings with one more address: the hello page that every figure is measured against."""

from kam.settings import *  # noqa: F403 -- the same project, one address more

ROOT_URLCONF = "bench.urls"

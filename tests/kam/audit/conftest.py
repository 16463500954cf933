"""The heads of the chain in a place of the test's own: a file that an earlier run left behind fails nobody."""

import pytest


@pytest.fixture(autouse=True)
def own_place(settings, tmp_path):
    settings.VAR_DIR = tmp_path

"""Records that take files: everybody may read "tests.open"; only the person whose id it is may read "tests.own"."""

import pytest

from kam.files import registry


@pytest.fixture(autouse=True)
def owners(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(registry, "_owners", {})
    registry.register_owner(
        "tests.own", "Own", may_read=lambda u, i: str(u.pk) == i, may_add=lambda u, i: str(u.pk) == i
    )

"""Who reads, adds and removes a file: whoever the owning record's room lets; a removed one nobody reads."""

from types import SimpleNamespace

import pytest

from kam.files import permissions, registry
from kam.files.permissions import can_add_file, can_read_file, can_remove_file

READER, WRITER = SimpleNamespace(pk=1), SimpleNamespace(pk=2)


@pytest.fixture(autouse=True)
def _one_room(monkeypatch):
    room = registry.FileOwner("planted", "Planted", lambda user, _pk: True, lambda user, _pk: user is WRITER)
    monkeypatch.setattr(permissions, "owner_of", {"planted": room}.get)


def file(kind="planted", removed_at=None, by_id=2):
    return SimpleNamespace(owner_kind=kind, owner_id="7", removed_at=removed_at, by_id=by_id)


def test_a_file_is_read_by_whom_its_room_lets_until_it_is_removed():
    assert can_read_file(READER, file()) is True
    assert can_read_file(READER, file(removed_at="yesterday")) is False
    assert can_read_file(READER, file(kind="unknown")) is False


def test_a_file_is_added_by_whom_its_room_lets():
    assert [can_add_file(user, "planted", "7") for user in (READER, WRITER)] == [False, True]
    assert can_add_file(WRITER, "unknown", "7") is False


def test_a_file_is_removed_by_whoever_added_it_and_still_may():
    assert can_remove_file(WRITER, file()) is True
    assert can_remove_file(WRITER, file(by_id=1)) is False
    assert can_remove_file(READER, file(by_id=1)) is False

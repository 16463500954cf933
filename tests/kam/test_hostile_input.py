"""Junk in every parameter and in every field of every address: whatever is sent, the answer is never a 5xx (R-09, R-34).

Addresses, objects and valid bodies come from the permission table, so a new page is under fire as soon as it is listed. What a
view reads from the address is learned by watching it read. Each test takes a share of the junk, so that all of it is fired
over the fields of a module; KAM_ALL_JUNK=1 fires every piece at every field.
"""

import itertools
import json
import logging
import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import QueryDict
from django.urls import resolve
from django.utils.datastructures import MultiValueDict

from kam.pdf import services as pdf
from tests.permissions.row import Row
from tests.permissions.walk import DrawnOnce, Walker, blank_pages, by_object, modules, rows_of

SHORT = (
    "a\0b",
    "a\ud800b",
    "😀\u202egnp.exe\u2066𠮷",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>'\"{{7*7}}{% now %}",
    "1" + "0" * 30,
    "9223372036854775808",
    "-9223372036854775809",
    "²",
    "NaN",
    "1e400",
    "1e9999999",
    "9999-12-31",
    "9999-12-31T23:59:59+14:00",
    "0001-01-01",
    "0001-01-01T00:00:00+14:00",
    "2026-W99",
    "0000-W01",
    "9999-W52",
    "eyJhIjoxfQ:1abc:xyz",
    " ",
    "名" * 301,
)
LONG = ("長" * 5_000, "x" * 1_000_000)
FILES = (
    ("a\0.xlsx", b"PK\x03\x04 no archive"),
    ("名" * 120 + ".csv", b"\xff\xfe\x00\x00"),
    ("../../etc/passwd", b""),
    ("x.csv", b'"' * 5_000),
    ("x.png", b"\x89PNG\r\n\x1a\n no picture"),
    ("x.pdf", b"%PDF-1.7 nothing"),
)
_ASKED = re.compile(r"\.GET(?:\.get|\.getlist)?[\[(]\s*\"(\w+)\"")
EVERYTHING = os.environ.get("KAM_ALL_JUNK") == "1"


@cache
def _named_in_the_code() -> tuple[str, ...]:
    """Return every parameter that the project's own code reads from an address by name."""
    tops = ("kam", "accounts", "visits", "campaigns", "kpi")
    return tuple(sorted({name for top in tops for name in _named_in(top)}))


@cache
def _named_in(folder: str) -> frozenset[str]:
    paths = Path(settings.BASE_DIR, folder).rglob("*.py")
    return frozenset(name for path in paths for name in _ASKED.findall(path.read_text()))


def _named_in_the_room_of(address: str) -> frozenset[str]:
    """Return the parameters that the room of a page reads by name; none for pages of a library."""
    room = Path(*resolve(address).func.__module__.split(".")[:2])
    return _named_in(str(room)) if Path(settings.BASE_DIR, room).is_dir() else frozenset()


class Gunner(Walker):
    """Fires at one row of the table; what a shot wrote or broke is rolled back before the next."""

    def __init__(self, cast, client_of) -> None:
        super().__init__(cast, client_of)
        self.named = _named_in_the_code()
        self.turn = itertools.cycle(SHORT)
        self.long = itertools.cycle(LONG)
        self.shots = 0
        self.point = ""

    def hits(self, rows: list[Row]) -> Iterator[str]:
        """Yield a line per shot at one of these rows, which ask for the same object, that was answered with a 5xx."""
        point = transaction.savepoint()
        try:
            kwargs = rows[0].make(self.cast)
            for row in rows:
                yield from self._hits_of_one(row, dict(kwargs))
        finally:
            transaction.set_rollback(False)
            transaction.savepoint_rollback(point)

    def _hits_of_one(self, row: Row, kwargs: dict[str, Any]) -> Iterator[str]:
        told = row.expected()
        person = next((p for p in ("director", "owner", *sorted(told)) if told[p] in {200, 302}), None)
        if person is None:
            return
        point = self.point = transaction.savepoint()
        try:
            address = self.known[row.route].address(kwargs)
            yield from self._at_the_address(row, person, kwargs)
            fire = self._at_parameters if row.method == "GET" else self._at_fields
            yield from fire(row, person, address, kwargs)
        finally:
            transaction.set_rollback(False)
            transaction.savepoint_rollback(point)

    def _at_the_address(self, row: Row, person: str, kwargs: dict[str, Any]) -> Iterator[str]:
        for name, value in kwargs.items():
            junk = (
                ("0", "9223372036854775808", "9" * 40)
                if isinstance(value, int)
                else ("%00", "%ED%A0%80", "9" * 300, "²")
            )
            for piece in junk:
                filled = {key: piece if key == name else given for key, given in kwargs.items()}
                address = "/" + re.sub(
                    r"<(?:\w+:)?(\w+)>", lambda found, f=filled: str(f[found[1]]), row.route
                )
                body = row.body(self.cast, kwargs) if row.method == "POST" else {}
                with blank_pages():
                    yield from self._fire(row, person, address, body, f"<{name}>={piece[:30]!r}")

    def _at_parameters(self, row: Row, person: str, address: str, _kwargs: dict[str, Any]) -> Iterator[str]:
        unasked, asked = self._read_by(row, person, address)
        read = sorted(unasked | asked)
        if not read:
            return
        # A page that goes through all it is given reads no name in particular: those of its own room are tried alone.
        goes_through = asked.issuperset(self.named)
        alone = unasked | _named_in_the_room_of(address) if goes_through and not EVERYTHING else set(read)
        for number, piece in enumerate(SHORT if EVERYTHING else itertools.islice(self.turn, 6)):
            with _drawn_first(number):
                yield from self._fire(row, person, address, dict.fromkeys(read, piece), f"all={piece[:30]!r}")
        for name in sorted(alone):
            pieces = SHORT if EVERYTHING else itertools.islice(self.turn, 2 if name in self.named else 0)
            for number, piece in enumerate(pieces, start=1):
                with _drawn_first(number):
                    yield from self._fire(row, person, address, {name: piece}, f"?{name}={piece[:30]!r}")

    def _read_by(self, row: Row, person: str, address: str) -> tuple[set[str], set[str]]:
        """Return the parameters that the view reads with none given, and with all given that the code names."""
        seen: set[str] = set()
        ways = {name: getattr(MultiValueDict, name) for name in ("__getitem__", "getlist")}
        with pytest.MonkeyPatch.context() as patch:
            for name, way in ways.items():

                def watched(given, key, *rest, way=way, **options):
                    if isinstance(given, QueryDict) and isinstance(key, str):
                        seen.add(key)
                    return way(given, key, *rest, **options)

                patch.setattr(MultiValueDict, name, watched)
            with blank_pages():
                list(self._fire(row, person, address, {}, ""))
            unasked = set(seen)
            list(self._fire(row, person, address, dict.fromkeys(self.named, "1"), ""))
        return unasked, seen

    def _at_fields(self, row: Row, person: str, address: str, kwargs: dict[str, Any]) -> Iterator[str]:
        body = row.body(self.cast, kwargs)
        for number, piece in enumerate(SHORT if EVERYTHING else itertools.islice(self.turn, 4)):
            with _drawn_first(number):
                yield from self._fire(row, person, address, dict.fromkeys(body, piece), f"all={piece[:30]!r}")
        for name in body:
            pieces: list[Any] = [*(SHORT if EVERYTHING else itertools.islice(self.turn, 1)), next(self.long)]
            if hasattr(body[name], "read"):
                pieces += [SimpleUploadedFile(*file) for file in FILES]
            for number, piece in enumerate(pieces, start=len(body) > 3):
                told = getattr(piece, "name", str(piece)[:30])
                fresh = row.body(self.cast, kwargs) | {name: piece}
                with _drawn_first(number):
                    yield from self._fire(row, person, address, fresh, f"{name}={told!r}")

    def _fire(self, row: Row, person: str, address: str, data: dict[str, Any], told: str) -> Iterator[str]:
        self.shots += 1
        options: dict[str, Any] = {"headers": dict(row.headers)}
        content_type = options["headers"].pop("Content-Type", "")
        if content_type:
            options["content_type"] = content_type
            data = json.loads(json.dumps(data, default=str))
        elif row.method == "GET":
            address += "?" + _encoded(data) if data else ""
            data = {}
        else:
            data = {key: _sendable(value) for key, value in data.items()}
        with self.rolled_back_to(self.point):
            try:
                response = getattr(self.clients[person], row.method.lower())(address, data, **options)
            finally:
                transaction.set_rollback(False)
        if response.status_code >= 500 and response.status_code != 503:
            trouble = getattr(response, "exc_info", None)
            why = f"{trouble[0].__name__}: {str(trouble[1])[:200]}" if trouble else ""
            yield f"{row.method} {row.route} as {person}, {told}: {response.status_code} {why}"


def _drawn_first(number: int) -> AbstractContextManager[None]:
    """Draw the page for the first piece; the next goes first elsewhere, so each is drawn somewhere."""
    return nullcontext() if EVERYTHING or number == 0 else blank_pages()


def _encoded(data: dict[str, Any]) -> str:
    return "&".join(f"{quote(k)}={quote(v.encode('utf-8', 'surrogatepass'))}" for k, v in data.items())


def _sendable(value: Any) -> Any:
    """Return text as the client can put it on the wire: a lone surrogate goes as its three bytes would come."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals would drown what the run has to say."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _papers_are_drawn_once(monkeypatch):
    monkeypatch.setattr(pdf, "_layout", DrawnOnce())


@pytest.mark.parametrize("module", modules())
def test_junk_is_never_answered_with_a_server_error(module, cast, client_of):
    gunner = Gunner(cast, client_of)
    first = {(row.route, row.method): row for row in reversed(rows_of(module)) if row.route in gunner.known}
    found = [line for rows in by_object(first.values()) for line in gunner.hits(rows)]
    assert not found, f"{len(found)} of {gunner.shots} shots:\n" + "\n".join(found)


def test_a_view_that_breaks_is_named(cast, client_of, settings):
    """Negative control: a view that believes what it is given is found."""
    settings.ROOT_URLCONF = "tests.permissions_planted"
    row = Row("trusting/", "GET", "-", "200: *")
    found = list(Gunner(cast, client_of).hits([row]))
    assert found
    assert all("ValueError" in line or "OverflowError" in line for line in found)

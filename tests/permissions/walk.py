"""How the table is walked: every pattern of the resolver, every person of the cast, and whether a refusal left a trace."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from http.cookies import SimpleCookie
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from django.utils.safestring import mark_safe

from kam.pdf import services as pdf
from kam.users.models import User
from tests.conftest import Cast
from tests.permissions.row import EVERYBODY, Row

#: Tables that keep house for signing in, written on every request whatever the answer.
HOUSEKEEPING = frozenset({"django_session", "kam_cache", "people_sessionrecord"})
SIGN_IN = "/login/"
REFUSALS = frozenset({401, 403, 404, 405})
STRANGERS = frozenset({"anonymous", "gone"})


@dataclass(frozen=True)
class Pattern:
    """One URL pattern; `route` is what all resolvers on the way print."""

    route: str
    name: str

    def address(self, kwargs: dict[str, Any]) -> str:
        """Return an address with these arguments, by name where there is one, else by filling in the route."""
        if self.name:
            try:
                return reverse(self.name, kwargs=kwargs)
            except NoReverseMatch:
                pass
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(kwargs[found[1]]), self.route)


def patterns() -> Mapping[str, Pattern]:
    """Return route → pattern for everything this project answers."""
    return _patterns_of(get_resolver())


@cache
def _patterns_of(resolver: URLResolver) -> Mapping[str, Pattern]:
    return {pattern.route: pattern for pattern in _walk(resolver.url_patterns, "", "")}


def _walk(entries: list[Any], route: str, namespace: str) -> Iterator[Pattern]:
    for entry in entries:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, here, inner)
        elif isinstance(entry, URLPattern):
            # Which apps the admin lists depends on what is registered; the table speaks of the page as such.
            shown = re.sub(r"\^\(\?P<app_label>[^)]*\)/\$", "<app_label>/", here)
            yield Pattern(shown, f"{namespace}{entry.name}" if entry.name else "")


def modules() -> list[str]:
    """Return the names of the table's modules."""
    own = {"__init__", "row", "walk", "speech"}
    return sorted(file.stem for file in Path(__file__).parent.glob("*.py") if file.stem not in own)


def rows_of(module: str) -> list[Row]:
    return list(import_module(f"tests.permissions.{module}").ROWS)


def by_object(rows: Iterable[Row]) -> list[list[Row]]:
    """Return the rows in groups that ask for the same object: it is made once for all of them."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.make, []).append(row)
    return list(groups.values())


@contextmanager
def blank_pages() -> Iterator[None]:
    """Answer with empty pages and papers: who may see them is known before they are drawn, and two of a row draw them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_layout", _drawn)
        patch.setattr(Template, "render", lambda *_arguments, **_options: mark_safe("<html></html>"))
        yield


class DrawnOnce:
    """Papers by their HTML: the same contents are laid out and written once, however often they are asked for."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[list[Any], bytes]] = {}
        self.lay_out = pdf._layout

    def __call__(self, html: str, sheet: pdf.Sheet) -> "DrawnOnce.Paper":
        if html not in self.known:
            document = self.lay_out(html, sheet)
            self.known[html] = document.pages, document.write_pdf(pdf_identifier=b"0")
        return self.Paper(*self.known[html])

    @dataclass(frozen=True)
    class Paper:
        pages: list[Any]
        written: bytes

        def write_pdf(self, **_options: Any) -> bytes:
            return self.written


_drawn = DrawnOnce()


class Statements:
    """Notes whether anything was sent to the database that could have written, or that failed.

    Only what begins with SELECT and calls no function of ours is known to read. All else counts as writing: also a savepoint, for what
    copies rows past the cursor that is watched stands in a transaction.
    """

    def __init__(self) -> None:
        self.only_read = True
        with connection.cursor() as cursor:
            cursor.execute(
                "select string_agg(proname, '|') from pg_proc join pg_language on pg_language.oid = prolang"
                " where pronamespace = 'public'::regnamespace and lanname in ('sql', 'plpgsql')"
            )
            self.ours = re.compile(cursor.fetchone()[0] or "$.")

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]
    ) -> Any:
        if sql.lstrip("( ")[:7].upper() != "SELECT " or self.ours.search(sql):
            self.only_read = False
        try:
            return execute(sql, params, many, context)
        except Exception:
            self.only_read = False
            raise


class Walker:
    """Sends rows for everybody; what a request wrote is rolled back before the next."""

    def __init__(
        self, cast: Cast, client_of: Callable[[User], Client], cookies: Mapping[str, str] | None = None
    ) -> None:
        self.cast = cast
        self.known = patterns()
        gone = client_of(cast.gone)
        self.clients = {
            person: client_of(getattr(cast, person)) for person in EVERYBODY - {"anonymous", "gone"}
        } | {"anonymous": Client(), "gone": gone}
        for client in self.clients.values():
            client.raise_request_exception = False
            client.cookies.load(dict(cookies or {}))
        #: What was counted before or after a refusal; nothing where anything was written since.
        self.counted: dict[str, int] | None = None
        self.sent = Statements()
        self.cookies = {person: client.cookies.output(header="") for person, client in self.clients.items()}

    def all_complaints(self, rows: list[Row]) -> list[str]:
        """Return what is wrong with these rows; rows that ask for the same object are walked over one and the same."""
        return [line for same in by_object(rows) for line in self._complaints_of_one_object(same)]

    def complaints(self, row: Row) -> list[str]:
        """Return what is wrong with a row: a line per person who got something else, or whose refusal changed data."""
        return self._complaints_of_one_object([row])

    def _complaints_of_one_object(self, rows: list[Row]) -> list[str]:
        point = transaction.savepoint()
        try:
            kwargs = rows[0].make(self.cast)
            found = [line for row in rows for line in self._walk_over(row, dict(kwargs))]
        finally:
            transaction.savepoint_rollback(point)
        return found

    def _walk_over(self, row: Row, kwargs: dict[str, Any]) -> Iterator[str]:
        point = transaction.savepoint()
        self.counted = None
        try:
            address = self.known[row.route].address(kwargs)
            told = row.expected()
            drawn_for = {row.first_reader(), *[person for person in sorted(told) if told[person] == 200][-1:]}
            for person in sorted(told):
                with nullcontext() if person in drawn_for else blank_pages():
                    complaint = self._complaint(row, person, told[person], address, kwargs, point)
                if complaint:
                    yield complaint
        finally:
            transaction.savepoint_rollback(point)

    def _complaint(
        self, row: Row, person: str, code: int, address: str, kwargs: dict[str, Any], point: str
    ) -> str:
        may_refuse = code in REFUSALS or person in STRANGERS
        if may_refuse:
            self.count()
        with self.rolled_back_to(point):
            sent = row.body(self.cast, kwargs)
            response = self.ask(row, person, address, sent)
            self.hear(row, person, address, {**kwargs, **sent}, response)
            wrong = _wrong(response, person, code, is_named=person in row.codes.replace(";", " ").split())
            if not wrong and may_refuse and (code in REFUSALS or _leads_to_sign_in(response)):
                changed = self.changed_since(point)
                wrong = f"{code}, but it changed {', '.join(changed)}" if changed else ""
            elif not self.sent.only_read:
                self.counted = None
        return f"{row.method} {address} [{row.object_class}] as {person}: {wrong}" if wrong else ""

    def count(self) -> None:
        """Count what was written so far, unless that is known."""
        if self.counted is None:
            self.counted = _written()

    def changed_since(self, point: str) -> list[str]:
        """Return the tables that the last request changed, counted before; what it wrote is rolled back to see."""
        if self.sent.only_read:
            return []
        before, self.counted = self.counted or {}, _written()
        touched = _touched(before, self.counted)
        after = _contents(touched)
        transaction.savepoint_rollback(point)
        return sorted(table for table, rows in _contents(touched).items() if rows != after[table])

    @contextmanager
    def rolled_back_to(self, point: str) -> Iterator[None]:
        """Watch what is sent to the database; roll back to that savepoint unless all of it only read."""
        self.sent.only_read = True
        try:
            with connection.execute_wrapper(self.sent):
                yield
        finally:
            if not self.sent.only_read:
                transaction.savepoint_rollback(point)

    def hear(
        self, row: Row, person: str, address: str, told: Mapping[str, Any], response: HttpResponse
    ) -> None:
        """For whoever reads what is answered, before it is rolled back; `told` is what address and body said."""

    def ask(self, row: Row, person: str, address: str, body: dict[str, Any]) -> HttpResponse:
        """Send one request as that person, with the cookies of somebody who just signed in."""
        client = self.clients[person]
        client.cookies = SimpleCookie(self.cookies[person].replace("\r\n", "; "))
        headers = dict(row.headers)
        options: dict[str, Any] = {"headers": headers}
        if "Content-Type" in headers:
            options["content_type"] = headers.pop("Content-Type")
        return getattr(client, row.method.lower())(address, body, **options)


def _wrong(response: HttpResponse, person: str, code: int, *, is_named: bool) -> str:
    """Say what is wrong; strangers are sent to the sign-in page unless the row names them, nobody else ever is."""
    status = response.status_code
    if status != code:
        trouble = getattr(response, "exc_info", None)
        return f"{status} instead of {code}" + (f" ({trouble[1]!r})" if trouble else "")
    to_sign_in = _leads_to_sign_in(response)
    if code == 302 and not is_named and to_sign_in != (person in STRANGERS):
        return f"302 to {response.headers['Location']}"
    return ""


def _leads_to_sign_in(response: HttpResponse) -> bool:
    return str(response.headers.get("Location", "")).split("?")[0] == SIGN_IN


def _written() -> dict[str, int]:
    """Return table → rows written so far in this transaction, rolled back ones included; exact per backend.

    The counters themselves are asked: the view over them joins every index first and takes ten times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, rows from pg_class, lateral (select pg_stat_get_xact_tuples_inserted(oid)"
            " + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid) as rows offset 0) counted"
            " where relkind = 'r' and relnamespace = 'public'::regnamespace and rows > 0"
        )
        return dict(cursor.fetchall())


def _touched(before: dict[str, int], after: dict[str, int]) -> list[str]:
    return sorted(
        table for table, count in after.items() if before.get(table) != count and table not in HOUSEKEEPING
    )


def _contents(tables: list[str]) -> dict[str, str]:
    """Return table → hash over all its rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {name} t"
            )
            found[table] = cursor.fetchone()[0]
    return found

"""Incomplete files: whoever sees units; the definition: whoever reads rules."""

from tests.conftest import Cast
from tests.factories.accounts import file_definition
from tests.permissions.admin import admin_rows
from tests.permissions.row import Row


def definition(_cast: Cast) -> int:
    return file_definition().pk


ROWS = [
    Row("accounts/incomplete/", "GET", "-", "403: finance hr admin; 200: *"),
    *admin_rows("accounts/filedefinition", see="director admin hr gm", make=definition),
]

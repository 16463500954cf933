from tests.permissions.row import Row

ROWS = [
    Row(
        "^documents/check/(?P<digest>[0-9a-f]{24})/$",
        "GET",
        "unknown hash",
        "404: *",
        make=lambda _cast: {"digest": "0" * 24},
    ),
]

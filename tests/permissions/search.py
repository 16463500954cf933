"""Search: everybody may ask; each kind answers from the asker's own scope."""

from tests.permissions.row import Row

ROWS = [
    Row("search/", "GET", "none", "200: *"),
    Row("search/palette/", "GET", "none", "200: *"),
    Row("search/pick/<str:kind>/", "GET", "none", "200: *", make=lambda _cast: {"kind": "accounts.unit"}),
]

"""Frame: language, theme, density, counts. Choices of the device are open to everybody, strangers included."""

from tests.permissions.row import Row

ROWS = [
    Row(
        "preferences/language/",
        "POST",
        "none",
        "302: * anonymous gone",
        body=lambda _c, _k: {"language": "en"},
    ),
    Row("preferences/theme/", "POST", "none", "302: * anonymous gone", body=lambda _c, _k: {"theme": "dark"}),
    Row("preferences/density/", "POST", "none", "302: *", body=lambda _c, _k: {"density": "compact"}),
    Row("frame/counts/", "GET", "none", "200: *"),
]

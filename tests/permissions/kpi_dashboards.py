"""The dashboard shows figures as far as rows are seen."""

from tests.permissions.row import Row

ROWS = [
    Row(path, "GET", "-", "403: finance admin; 200: *")
    for path in ("kpi/", "kpi/units/", "kpi/value/", "kpi/dashboard.xlsx")
]

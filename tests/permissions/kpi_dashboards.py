"""The dashboard shows figures as far as rows are seen."""

from tests.permissions.row import Row

ROWS = [Row("kpi/", "GET", "-", "403: finance admin; 200: *")]

"""Audit: the search is for administrators and the director."""

from tests.permissions.row import Row

ROWS = [Row("audit/", "GET", "none", "200: admin director; 403: *")]

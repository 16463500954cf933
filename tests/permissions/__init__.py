"""The permission table, one module a room.

Each module holds `ROWS: list[Row]`, written by hand. A row names one URL pattern (its route as Django prints it), one method
and the expected status per position and object class. test_permission_matrix.py collects all and fails for a URL without a row.

A body may hold uploaded files; `headers={"Content-Type": "application/json"}` sends JSON, `headers={"HX-Request": "true"}` asks for
the fragment. Rows for Django's admin come from `admin.admin_rows`. To walk one module: pytest tests/test_permission_matrix.py -k MODULE
"""

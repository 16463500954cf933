"""The permission table, one module a room.

Each module holds `ROWS: list[Row]`, written by hand. A row names one URL pattern (its route as Django prints it), one method
and the expected status per position and object class. test_permission_matrix.py collects all and fails for a URL without a row.
"""

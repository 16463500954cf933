"""The migrated database that every test database of a whole run is copied from: `python -m tests.template NAME` makes it."""

import os
import sys

import django


def make_template(name: str) -> None:
    """Make the database of that name anew, run all migrations in it and keep their rows aside."""
    os.environ["KAM_TEST_DB"] = name
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.db import connection

    from tests.database import keep_reference_rows

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    keep_reference_rows()
    connection.close()


if __name__ == "__main__":
    make_template(sys.argv[1])

"""Django's PostgreSQL, which also says at the end of a transaction that somebody waited in vain (ADR 0022)."""

from django.db import OperationalError
from django.db.backends.postgresql import base

from kam.core.locks import busy, is_busy, say_busy


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection. Waits of statements are turned by their wrapper; a COMMIT passes none, and the chain of the audit is written in it."""

    def commit(self) -> None:
        """Commit, or refuse as a wait inside of the transaction is refused: nothing was written, and nothing is called after it."""
        try:
            super().commit()
        except OperationalError as error:
            if say_busy not in self.execute_wrappers or not is_busy(error):
                raise
            # Django undoes what failed with an error of its own; what is raised here is none
            self.rollback()
            raise busy() from error

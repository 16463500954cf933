"""What the log leaves out."""

import logging

ASKED_BY_MACHINES = "/readyz"


class NotReadyIsAnAnswer(logging.Filter):
    """Leave out the 503 of `/readyz`: it is what a machine asked, not an error, and it asks again every second."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return False for that one record only."""
        path = getattr(getattr(record, "request", None), "path", "")
        return not (path == ASKED_BY_MACHINES and getattr(record, "status_code", 0) == 503)

"""Reading addresses of servers from the environment."""

from typing import Any
from urllib.parse import unquote

import environ


def database_config(url: str) -> dict[str, Any]:
    """Return Django's settings for a postgres:// address; a socket folder stands percent-encoded in the host's place."""
    config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    config["HOST"] = unquote(str(config.get("HOST") or ""))
    return config

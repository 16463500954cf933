"""The checks of the machine itself: libraries, fonts, rights of the database role, secrets."""

import ctypes.util

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.translation import gettext as _

from kam.ops.registry import Finding
from kam.ops.selectors import FREE_DISK_PERCENT, free_disk_percent
from kam.pdf.fonts import font_folders

_LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")


def libraries() -> Finding:
    """WeasyPrint works without harfbuzz-subset too, seven times slower: it counts as missing."""
    missing = [name for name in _LIBRARIES if ctypes.util.find_library(name) is None]
    return Finding(
        not missing,
        _("install: %(names)s") % {"names": ", ".join(missing)} if missing else _("libraries for PDFs found"),
    )


def fonts() -> Finding:
    try:
        return Finding(True, _("%(n)s font folders found") % {"n": len(font_folders())})
    except ImproperlyConfigured as error:
        return Finding(False, _("fonts are missing: %(error)s") % {"error": error})


def database_role() -> Finding:
    """The role in use must own nothing and must not be able to change what is append-only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper, has_table_privilege('audit_auditentry', 'UPDATE'), has_schema_privilege('public', 'CREATE')"
            " from pg_roles where rolname = current_user"
        )
        superuser, may_update, may_create = cursor.fetchone()
    safe = not (superuser or may_update or may_create)
    return Finding(
        safe,
        _("the application's role cannot change the audit")
        if safe
        else _("DATABASE_URL must name the role kam_app"),
    )


def disk() -> Finding:
    free = free_disk_percent()
    return Finding(free >= FREE_DISK_PERCENT, _("%(free)s %% of the disk free") % {"free": free})


def https() -> Finding:
    return Finding(
        settings.HTTPS or settings.LAPTOP,
        "HTTPS" if settings.HTTPS else _("without HTTPS: for one laptop only"),
    )

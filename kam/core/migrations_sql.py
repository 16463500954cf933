"""Grants as migration operations: what the application's role may do to a table is written beside the table."""

from typing import Any

from django.conf import settings
from django.db import migrations, router


class GrantOnly(migrations.RunPython):
    """Leave the application's role exactly `rights` (e.g. "SELECT, INSERT") on `tables`; nothing where the role is absent."""

    def __init__(self, rights: str, *tables: str) -> None:
        self.rights, self.tables = rights, tables
        super().__init__(self._grant, migrations.RunPython.noop)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [self.rights, *self.tables], {})

    def database_forwards(self, app_label: str, schema_editor: Any, _from_state: Any, _to_state: Any) -> None:
        """Grant without asking for the models: a state of them costs more than the grants."""
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            self._grant(None, schema_editor)

    def _grant(self, _apps: Any, schema_editor: Any) -> None:
        role = settings.APP_ROLE
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("select 1 from pg_roles where rolname = %s and rolname <> current_user", [role])
            if cursor.fetchone() is None:
                return
            quote = schema_editor.quote_name
            for table in self.tables:
                cursor.execute(f"revoke all on {quote(table)} from {quote(role)}")
                if self.rights:
                    cursor.execute(f"grant {self.rights} on {quote(table)} to {quote(role)}")

"""What an invitation told whom is never changed, by nobody: the next letter says what is new."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

TABLE = "visits_invitationletter"
FORWARD = (
    f"create trigger {TABLE}_append_only before update or delete or truncate on {TABLE}"
    " for each statement execute function refuse_change();"
)


class Migration(migrations.Migration):
    dependencies = [("visits", "0007_agenda_feeds_and_invitations"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, f"drop trigger {TABLE}_append_only on {TABLE};"),
        GrantOnly("SELECT, INSERT", TABLE),
    ]

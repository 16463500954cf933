"""A value that was in force stays readable for ever: the application adds rows and changes none."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly


class Migration(migrations.Migration):
    dependencies = [("settings_rows", "0001_initial")]
    operations = [GrantOnly("SELECT, INSERT", "settings_rows_settingrow")]

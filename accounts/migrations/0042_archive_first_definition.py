"""Definitions of a complete file are replaced, not edited; and the first one."""

from datetime import date

from django.db import migrations

from accounts.archive.terms import first_definition
from kam.core.migrations_sql import GrantOnly

FORWARD = """
create function accounts_filedefinition_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.replaced_on is not null or (old.rules, old.version, old.introduced_on)
     is distinct from (new.rules, new.version, new.introduced_on) then
    raise exception 'a definition in force is replaced, not edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger accounts_filedefinition_stays before update or delete on accounts_filedefinition
  for each row execute function accounts_filedefinition_stays();
"""
BACKWARD = """
drop trigger accounts_filedefinition_stays on accounts_filedefinition;
drop function accounts_filedefinition_stays();
"""


def add(apps, schema_editor):
    model = apps.get_model("accounts", "FileDefinition")
    if not model.objects.exists():
        model.objects.create(version=1, rules=first_definition(), introduced_on=date(2020, 1, 1))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0041_archive_definitions"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT, UPDATE", "accounts_filedefinition"),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]

"""The register only grows: entries and what became of them are added, never changed. The policy of 12-decisions, 17 is version 1."""

import json
from datetime import date

from django.conf import settings
from django.db import migrations

from kam.core.migrations_sql import GrantOnly

TABLES = ("campaigns_benefit", "campaigns_benefitmove")
APPEND_ONLY = "\n".join(
    f"create trigger {table}_append_only before update or delete or truncate on {table}"
    " for each statement execute function refuse_change();"
    for table in TABLES
)
FORWARD = """
create function campaigns_benefit_move_follows() returns trigger language plpgsql as $$
begin
  if exists (select 1 from campaigns_benefitmove where benefit_id = new.benefit_id and kind = 'freed') then
    raise exception 'a benefit that was freed is given no more' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger campaigns_benefitmove_follows before insert on campaigns_benefitmove
  for each row execute function campaigns_benefit_move_follows();
create trigger campaigns_policyversion_only_the_end before update or delete on campaigns_policyversion
  for each row execute function campaigns_only_the_end();
create trigger campaigns_policyversion_kept before truncate on campaigns_policyversion
  for each statement execute function refuse_change();
"""
BACKWARD = """
drop trigger campaigns_policyversion_kept on campaigns_policyversion;
drop trigger campaigns_policyversion_only_the_end on campaigns_policyversion;
drop trigger campaigns_benefitmove_follows on campaigns_benefitmove;
drop function campaigns_benefit_move_follows();
"""
ANY_CHANGE = "\n".join(f"drop trigger {table}_append_only on {table};" for table in TABLES)


def write_policy(apps, _schema_editor):
    version = apps.get_model("campaigns", "PolicyVersion")
    for entry in json.loads((settings.BASE_DIR / "fixtures" / "integrity_policy.json").read_text("utf-8")):
        for party in entry["parties"]:
            for kind, outcome in entry["outcomes"].items():
                version.objects.create(
                    party=party, kind=kind, outcome=outcome, number=1, valid_from=date(2000, 1, 1)
                )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0009_integrity_first"), ("audit", "0002_chain")]
    operations = [
        migrations.RunPython(write_policy, migrations.RunPython.noop),
        migrations.RunSQL(APPEND_ONLY, ANY_CHANGE),
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", *TABLES),
        GrantOnly("SELECT, INSERT, UPDATE (valid_until)", "campaigns_policyversion"),
    ]

"""A version is never edited: only its end is written, by its successor; its tiers are added and never changed."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

VERSIONS, TIERS = "campaigns_discountversion", "campaigns_discounttier"
FORWARD = f"""
create function campaigns_only_the_end() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'valid_until' = to_jsonb(old) - 'valid_until'
     and new.valid_until is not null then
    return new;
  end if;
  raise exception 'a version of a rule is never changed, only ended';
end $$;
create trigger {VERSIONS}_only_the_end before update or delete on {VERSIONS}
  for each row execute function campaigns_only_the_end();
create trigger {VERSIONS}_kept before truncate on {VERSIONS}
  for each statement execute function refuse_change();
create trigger {TIERS}_append_only before update or delete or truncate on {TIERS}
  for each statement execute function refuse_change();
"""
BACKWARD = f"""
drop trigger {TIERS}_append_only on {TIERS};
drop trigger {VERSIONS}_kept on {VERSIONS};
drop trigger {VERSIONS}_only_the_end on {VERSIONS};
drop function campaigns_only_the_end();
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_discounts_versions"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT, UPDATE (valid_until)", VERSIONS),
        GrantOnly("SELECT, INSERT", TIERS),
    ]

"""A settled proposal stays as it is, the core's history is added only, rules are never edited; and the first rules."""

from datetime import date

from django.db import migrations

from accounts.qualification.terms import first_tier_rules
from kam.core.migrations_sql import GrantOnly

FORWARD = """
create trigger accounts_corechange_append_only before update or delete or truncate on accounts_corechange
  for each statement execute function refuse_change();
create function accounts_settled_proposal_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state <> 'open' then
    raise exception 'a settled proposal stays as it is' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger accounts_tierproposal_settled before update or delete on accounts_tierproposal
  for each row execute function accounts_settled_proposal_stays();
create function accounts_tier_rules_stay() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.replaced_on is not null or (old.rules, old.version, old.introduced_on)
     is distinct from (new.rules, new.version, new.introduced_on) then
    raise exception 'rules in force are replaced, not edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger accounts_tierscheme_stays before update or delete on accounts_tierscheme
  for each row execute function accounts_tier_rules_stay();
"""
BACKWARD = """
drop trigger accounts_tierscheme_stays on accounts_tierscheme;
drop function accounts_tier_rules_stay();
drop trigger accounts_tierproposal_settled on accounts_tierproposal;
drop function accounts_settled_proposal_stays();
drop trigger accounts_corechange_append_only on accounts_corechange;
"""


def add(apps, schema_editor):
    model = apps.get_model("accounts", "TierScheme")
    if not model.objects.exists():
        model.objects.create(version=1, rules=first_tier_rules(), introduced_on=date(2020, 1, 1))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_qualification_tiers"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", "accounts_corechange"),
        GrantOnly("SELECT, INSERT, UPDATE", "accounts_tierproposal", "accounts_tierscheme"),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]

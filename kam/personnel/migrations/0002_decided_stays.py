"""What was decided stays: only the person's comment is added, once. Nothing is deleted."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

FORWARD = """
create function personnel_decided_stays() returns trigger language plpgsql as $$
declare may_change text[] := array['comment', 'commented_at', 'version'];
begin
  if tg_op = 'DELETE' then
    raise exception 'a personnel proposal stays as it is' using errcode = 'insufficient_privilege';
  end if;
  if old.decided_at is not null
     and (old.comment <> '' or to_jsonb(new) - may_change <> to_jsonb(old) - may_change) then
    raise exception 'a decided personnel proposal stays as it is' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger personnel_decided_stays before update or delete on personnel_proposal
  for each row execute function personnel_decided_stays();
"""

BACKWARD = """
drop trigger personnel_decided_stays on personnel_proposal;
drop function personnel_decided_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("personnel", "0001_initial")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT, UPDATE", "personnel_proposal"),
    ]

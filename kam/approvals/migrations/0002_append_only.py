"""Rounds, snapshots and decisions are append-only; a decision must tell the truth about its request (R-08, R-13)."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

FORWARD = """
create function approval_decision_is_true() returns trigger language plpgsql as $$
declare r approvals_request%rowtype;
begin
  select * into strict r from approvals_request where id = new.request_id;
  if (new.requester_id, new.beneficiary_id, new.last_editor_id) is distinct from (r.requester_id, r.beneficiary_id, r.last_editor_id) then
    raise exception 'decision names other people than its request' using errcode = 'check_violation';
  end if;
  if new.person_id = r.submitted_by_id then
    raise exception 'nobody decides what they submitted' using errcode = 'check_violation';
  end if;
  if not exists (select 1 from approvals_stage s join approvals_round d on d.id = s.round_id
                 where s.id = new.stage_id and d.id = new.round_id and d.request_id = new.request_id) then
    raise exception 'decision belongs to another stage' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger approval_decision_is_true before insert on approvals_decision
  for each row execute function approval_decision_is_true();
create trigger approval_decision_append_only before update or delete or truncate on approvals_decision
  for each statement execute function refuse_change();
create trigger approval_snapshot_append_only before update or delete or truncate on approvals_snapshot
  for each statement execute function refuse_change();
create trigger approval_round_append_only before update or delete or truncate on approvals_round
  for each statement execute function refuse_change();
"""

BACKWARD = """
drop trigger approval_round_append_only on approvals_round;
drop trigger approval_snapshot_append_only on approvals_snapshot;
drop trigger approval_decision_append_only on approvals_decision;
drop trigger approval_decision_is_true on approvals_decision;
drop function approval_decision_is_true();
"""


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_initial"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", "approvals_decision", "approvals_snapshot", "approvals_round"),
        GrantOnly("SELECT, INSERT, UPDATE", "approvals_request", "approvals_stage", "approvals_seat"),
    ]

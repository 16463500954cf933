"""The people of a request change only when a returned or voided one is handed in anew, so that nobody becomes a stranger to it before deciding;
and nobody decides a round that they handed in, which the round itself remembers (R-08)."""

from django.db import migrations

_DECISION = """
create or replace function approval_decision_is_true() returns trigger language plpgsql as $$
declare r approvals_request%%rowtype;
begin
  select * into strict r from approvals_request where id = new.request_id;
  if (new.requester_id, new.beneficiary_id, new.last_editor_id) is distinct from (r.requester_id, r.beneficiary_id, r.last_editor_id) then
    raise exception 'decision names other people than its request' using errcode = 'check_violation';
  end if;
  if new.person_id = r.submitted_by_id%s then
    raise exception 'nobody decides what they submitted' using errcode = 'check_violation';
  end if;
  if not exists (select 1 from approvals_stage s join approvals_round d on d.id = s.round_id
                 where s.id = new.stage_id and d.id = new.round_id and d.request_id = new.request_id) then
    raise exception 'decision belongs to another stage' using errcode = 'check_violation';
  end if;
  return new;
end $$;
"""
_ROUND_TOO = " or exists (select 1 from approvals_round d where d.id = new.round_id and d.submitted_by_id = new.person_id)"
_STAND = """
create function approval_people_stand() returns trigger language plpgsql as $$
begin
  if not (old.state in ('returned', 'voided') and new.state = 'pending' and new.round_number = old.round_number + 1) then
    raise exception 'the people of a request stand while it is decided' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger approval_people_stand before update on approvals_request for each row
  when ((new.requester_id, new.submitted_by_id, new.beneficiary_id, new.last_editor_id)
    is distinct from (old.requester_id, old.submitted_by_id, old.beneficiary_id, old.last_editor_id))
  execute function approval_people_stand();
"""
_FALL = "drop trigger approval_people_stand on approvals_request; drop function approval_people_stand();"


class Migration(migrations.Migration):
    dependencies = [("approvals", "0004_rule_changes")]
    operations = [
        migrations.RunSQL(_DECISION % _ROUND_TOO, _DECISION % ""),
        migrations.RunSQL(_STAND, _FALL),
    ]

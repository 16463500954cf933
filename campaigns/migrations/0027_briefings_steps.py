"""The steps of a briefing have no gaps: none before the one in front of it, none taken out from under the next, whoever writes."""

from django.db import migrations

FORWARD = """
create function campaigns_briefing_steps_in_order() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.step > 1 and not exists (
      select 1 from campaigns_briefingstep where briefing_id = new.briefing_id and step = new.step - 1
    ) then
      raise exception 'the steps of a briefing are taken one after the other' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if exists (select 1 from campaigns_briefingstep where briefing_id = old.briefing_id and step > old.step) then
    raise exception 'only the last step of a briefing is taken back' using errcode = 'check_violation';
  end if;
  return old;
end $$;
create trigger campaigns_briefingstep_in_order before insert or delete on campaigns_briefingstep
  for each row execute function campaigns_briefing_steps_in_order();
create trigger campaigns_briefingstep_never_changed before update on campaigns_briefingstep
  for each statement execute function refuse_change();
"""
BACKWARD = """
drop trigger campaigns_briefingstep_never_changed on campaigns_briefingstep;
drop trigger campaigns_briefingstep_in_order on campaigns_briefingstep;
drop function campaigns_briefing_steps_in_order();
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0026_briefings_first"), ("audit", "0002_chain")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

"""An approved version never changes, nor does its text once it is handed in; no version is deleted. And its route, where none is known."""

import json
from datetime import date

from django.conf import settings
from django.db import migrations

from kam.core.migrations_sql import GrantOnly

FORWARD = """
create function job_sheet_approved_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state = 'approved' then
    raise exception 'a job sheet that was approved stays as it is' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger job_sheet_approved_stays before update or delete on job_sheets_jobsheet
  for each row execute function job_sheet_approved_stays();
create function job_sheet_text_stays() returns trigger language plpgsql as $$
declare stands text;
begin
  select state into stands from job_sheets_jobsheet where id = coalesce(new.sheet_id, old.sheet_id);
  if tg_op = 'DELETE' or stands not in ('draft', 'returned') or (tg_op = 'UPDATE' and new.sheet_id <> old.sheet_id) then
    raise exception 'the text of a job sheet that was handed in stays as it is' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger job_sheet_text_stays before insert or update or delete on job_sheets_jobsheettext
  for each row execute function job_sheet_text_stays();
"""

BACKWARD = """
drop trigger job_sheet_text_stays on job_sheets_jobsheettext;
drop function job_sheet_text_stays();
drop trigger job_sheet_approved_stays on job_sheets_jobsheet;
drop function job_sheet_approved_stays();
"""


def write_route(apps, _schema_editor):
    route_model, step_model = apps.get_model("approvals", "Route"), apps.get_model("approvals", "RouteStep")
    if route_model.objects.filter(subject_key="job_sheet").exists():
        return
    for entry in json.loads((settings.BASE_DIR / "fixtures" / "routes.json").read_text("utf-8")):
        if "job_sheet" in entry["subjects"]:
            route = route_model.objects.create(subject_key="job_sheet", number=1, valid_from=date(2000, 1, 1))
            for order, step in enumerate(entry["steps"], start=1):
                step_model.objects.create(
                    route=route, order=order, positions=step["by"], only_for=step.get("only_for", [])
                )


class Migration(migrations.Migration):
    dependencies = [("job_sheets", "0001_initial"), ("approvals", "0004_rule_changes")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT, UPDATE", "job_sheets_jobsheet", "job_sheets_jobsheettext"),
        migrations.RunPython(write_route, migrations.RunPython.noop),
    ]

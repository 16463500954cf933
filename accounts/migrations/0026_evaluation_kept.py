"""What is submitted, decided, ended or closed stays as it is; the first criteria; units in focus so far get their period."""

from datetime import date

from django.db import migrations
from django.utils import timezone

from accounts.evaluation.terms import FIRST_DIMENSIONS, FIRST_LINE
from kam.core.migrations_sql import GrantOnly

STAYS = """
create function {name}() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or {when} then
    raise exception '{words}' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger {table}_stays before update or delete on {table} for each row execute function {name}();
"""
RULES = (
    ("accounts_evaluationround", "old.state = 'closed'", "a closed round stays as it is"),
    (
        "accounts_scoresheet",
        (
            "old.decision <> '' or (old.state = 'submitted' and new.state = 'submitted'"
            " and (old.points, old.comment) is distinct from (new.points, new.comment))"
        ),
        "a decided sheet stays as it is",
    ),
    ("accounts_focusperiod", "old.ended_on is not null", "a time in focus that ended stays as it is"),
    (
        "accounts_evaluationcriteria",
        (
            "old.replaced_on is not null or (old.version, old.line, old.introduced_on)"
            " is distinct from (new.version, new.line, new.introduced_on)"
        ),
        "criteria in force are replaced, not edited",
    ),
)
GRADES = """
create function accounts_score_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or exists (
      select 1 from accounts_scoresheet where id = new.sheet_id and state = 'submitted') then
    raise exception 'grades of a submitted sheet stay as they are' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger accounts_score_stays before insert or update or delete on accounts_score
  for each row execute function accounts_score_stays();
create trigger accounts_evaluationdimension_append_only before update or delete or truncate
  on accounts_evaluationdimension for each statement execute function refuse_change();
"""
FORWARD = GRADES + "".join(
    STAYS.format(name=f"{table}_stays", table=table, when=when, words=words) for table, when, words in RULES
)
BACKWARD = (
    "drop trigger accounts_evaluationdimension_append_only on accounts_evaluationdimension;"
    "drop trigger accounts_score_stays on accounts_score; drop function accounts_score_stays();"
) + "".join(
    f"drop trigger {table}_stays on {table}; drop function {table}_stays();" for table, _when, _words in RULES
)


def add(apps, schema_editor):
    criteria = apps.get_model("accounts", "EvaluationCriteria")
    dimensions = apps.get_model("accounts", "EvaluationDimension")
    if criteria.objects.exists():
        return
    first = criteria.objects.create(version=1, line=FIRST_LINE, introduced_on=date(2020, 1, 1))
    dimensions.objects.bulk_create(
        dimensions(
            criteria=first,
            code=row.code,
            weight=row.weight,
            hint=row.hint,
            place=place,
            label=row.labels[0],
            label_zh_hans=row.labels[1],
            label_zh_hant=row.labels[2],
            rubric=row.rubrics[0],
            rubric_zh_hans=row.rubrics[1],
            rubric_zh_hant=row.rubrics[2],
        )
        for place, row in enumerate(FIRST_DIMENSIONS, 1)
    )


def take_over(apps, schema_editor):
    periods = apps.get_model("accounts", "FocusPeriod")
    units = apps.get_model("accounts", "KeyAccount").objects.filter(is_focus=True)
    today = timezone.localdate()
    periods.objects.bulk_create(periods(unit=unit, started_on=unit.file_opened_on or today) for unit in units)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0025_evaluation_rounds"), ("audit", "0002_chain")]
    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", "accounts_evaluationdimension"),
        GrantOnly(
            "SELECT, INSERT, UPDATE",
            "accounts_evaluationcriteria",
            "accounts_evaluationround",
            "accounts_scoresheet",
            "accounts_score",
            "accounts_focusperiod",
        ),
    ]

"""Statistics of a month that were handed in: once a revision, read once, never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kam.core.migrations_sql import GrantOnly

FORWARD = """
create function kpi_statement_stays() returns trigger language plpgsql as $$
declare may_change text[] := array['read_by_id', 'read_at', 'remark'];
begin
  if old.read_at is not null or to_jsonb(new) - may_change <> to_jsonb(old) - may_change then
    raise exception 'what was handed in stays as it is' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kpi_statement_stays before update on kpi_statement
  for each row execute function kpi_statement_stays();
"""
BACKWARD = """
drop trigger kpi_statement_stays on kpi_statement;
drop function kpi_statement_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0007_reports_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("first_day", models.DateField(verbose_name="month")),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="revision")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("figures", models.JSONField(verbose_name="figures")),
                ("due_on", models.DateField(verbose_name="due on")),
                ("handed_in_at", models.DateTimeField(verbose_name="handed in")),
                ("is_late", models.BooleanField(verbose_name="late")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
                ("remark", models.TextField(blank=True, max_length=2000, verbose_name="remark")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="read by",
                    ),
                ),
            ],
            options={
                "verbose_name": "statistics of a month",
                "verbose_name_plural": "statistics of months",
                "ordering": ("-first_day", "-revision"),
                "constraints": [
                    models.UniqueConstraint(fields=("first_day", "revision"), name="statement_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first_day__day", 1)), name="statement_of_a_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revision", 1),
                            models.Q(("revision__gt", 1), models.Q(("note", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="statement_revision_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at__isnull", True), ("read_by__isnull", True), ("remark", "")),
                            models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="statement_read_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("read_by__isnull", True),
                            models.Q(("read_by", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="statement_read_by_another",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT, UPDATE", "kpi_statement"),
    ]

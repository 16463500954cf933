"""A payment above what was approved stands only beside a report that says why: asked for by the database when the transaction ends."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.budgets.terms

FORWARD = """
create function campaigns_overrun_is_told() returns trigger language plpgsql as $$
begin
  if new.spent > (select reserved from campaigns_movement where id = new.reservation_id)
      and not exists (select 1 from campaigns_budgetchange where payment_id = new.id) then
    raise exception 'a payment above what was approved needs a report that says why' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger campaigns_movement_overrun after insert on campaigns_movement deferrable initially deferred
  for each row when (new.kind = 'spend') execute function campaigns_overrun_is_told();
"""
BACKWARD = """
drop trigger campaigns_movement_overrun on campaigns_movement;
drop function campaigns_overrun_is_told();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0040_pilots_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="budgetchange",
            name="budget_change_from_another_line",
        ),
        migrations.AddField(
            model_name="budgetchange",
            name="payment",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="overrun",
                to="campaigns.movement",
                verbose_name="payment",
            ),
        ),
        migrations.AlterField(
            model_name="budgetchange",
            name="kind",
            field=models.CharField(
                choices=[
                    (campaigns.budgets.terms.ChangeKind["SUPPLEMENT"], "Supplement"),
                    (campaigns.budgets.terms.ChangeKind["TRANSFER"], "Transfer between lines"),
                    (campaigns.budgets.terms.ChangeKind["OVERRUN"], "Bill above what was approved"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("from_line__isnull", True),
                        (
                            "kind__in",
                            [
                                campaigns.budgets.terms.ChangeKind["SUPPLEMENT"],
                                campaigns.budgets.terms.ChangeKind["OVERRUN"],
                            ],
                        ),
                    ),
                    models.Q(
                        ("from_line__isnull", False),
                        ("kind", campaigns.budgets.terms.ChangeKind["TRANSFER"]),
                        models.Q(("from_line", models.F("line")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="budget_change_from_another_line",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", campaigns.budgets.terms.ChangeKind["OVERRUN"]), ("payment__isnull", False)
                    ),
                    models.Q(
                        models.Q(("kind", campaigns.budgets.terms.ChangeKind["OVERRUN"]), _negated=True),
                        ("payment__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="budget_change_overrun_names_its_payment",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

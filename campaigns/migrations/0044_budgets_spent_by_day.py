"""What ledgers spent, by day: the expenses of a month ask nothing else."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0043_budgets_held")]
    operations = [
        migrations.AddIndex(
            model_name="movement",
            index=models.Index(
                fields=["on"], include=["spent"], condition=~Q(spent=0), name="movement_spent_by_day"
            ),
        )
    ]

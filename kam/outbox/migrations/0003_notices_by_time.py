"""A person's notices by when they came, which is how the bell shows them."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0002_late_and_too_late"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="notice", name="notice_by_person"),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["to", "-created_at", "-id"], name="notice_by_person"),
        ),
    ]

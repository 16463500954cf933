"""A position is added, never changed; and the lines that the department starts with."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

TABLE = "accounts_productposition"
FORWARD = (
    f"create trigger {TABLE}_append_only before update or delete or truncate on {TABLE}"
    " for each statement execute function refuse_change();"
)
FIRST_LINES = (
    ("dwellings", "Dwellings", "住宅", "住宅"),
    ("gift_boxes", "Gift boxes", "礼盒", "禮盒"),
    ("farm_produce", "Farm produce", "农产品", "農產品"),
)


def add(apps, schema_editor):
    model = apps.get_model("accounts", "ProductLine")
    for place, (code, label, hans, hant) in enumerate(FIRST_LINES, 1):
        model.objects.get_or_create(
            code=code, defaults={"label": label, "label_zh_hans": hans, "label_zh_hant": hant, "place": place}
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_product_charts"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, f"drop trigger {TABLE}_append_only on {TABLE};"),
        GrantOnly("SELECT, INSERT", TABLE),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]

"""Revisions of articles are added, never changed; and the service standards that the department starts with (S-248)."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

TABLE = "accounts_articlerevision"
FORWARD = (
    f"create trigger {TABLE}_append_only before update or delete or truncate on {TABLE}"
    " for each statement execute function refuse_change();"
)
#: code, three languages, measure, which way is good, target.
STANDARDS = (
    (
        "complaints",
        "A complaint is resolved within the promised time",
        "投诉在承诺时间内解决",
        "投訴在承諾時間內解決",
        "complaints_in_time",
        "higher",
        "95.00",
    ),
    (
        "suggestions",
        "A suggestion is answered within two working days",
        "建议两个工作日内答复",
        "建議兩個工作日內答覆",
        "suggestions_in_time",
        "higher",
        "95.00",
    ),
    (
        "satisfaction",
        "Customers are satisfied with product, service and delivery",
        "客户对产品、服务与交付满意",
        "客戶對產品、服務與交付滿意",
        "mean_satisfaction",
        "higher",
        "4.20",
    ),
    (
        "cooperation",
        "Other departments help by the agreed day",
        "协作部门按约定日期完成",
        "協作部門按約定日期完成",
        "support_in_time",
        "higher",
        "90.00",
    ),
    (
        "telephone",
        "A telephone call is taken within so many rings",
        "电话铃响几声内接听",
        "電話鈴響幾聲內接聽",
        "",
        "lower",
        "3.00",
    ),
)


def add(apps, schema_editor):
    model = apps.get_model("accounts", "ServiceStandard")
    for place, (code, label, hans, hant, measure, better, target) in enumerate(STANDARDS, 1):
        values = {
            "label": label,
            "label_zh_hans": hans,
            "label_zh_hant": hant,
            "measure": measure,
            "better": better,
            "target": target,
            "place": place,
        }
        model.objects.get_or_create(code=code, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0031_knowledge_rows"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, f"drop trigger {TABLE}_append_only on {TABLE};"),
        GrantOnly("SELECT, INSERT", TABLE),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]

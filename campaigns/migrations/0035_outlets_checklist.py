"""The checklist and what was seen by it are added, never changed; and the first checklist (S-252), in our words."""

from typing import Any

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

TABLES = (
    "campaigns_checklistversion",
    "campaigns_checklistrow",
    "campaigns_inspection",
    "campaigns_seenrow",
)
#: Heading, then rows as (points, three texts).
CHECKLIST = (
    (
        ("Brand image", "品牌形象", "品牌形象"),
        (
            (
                10,
                ("The signboard is clean, whole and lit", "招牌整洁完好、灯光正常", "招牌整潔完好、燈光正常"),
            ),
            (10, ("The image cabinet stands as drawn", "形象柜按标准陈列", "形象櫃按標準陳列")),
            (5, ("Posters and leaflets are current", "海报与折页为当期", "海報與摺頁為當期")),
        ),
    ),
    (
        ("Goods on display", "商品陈列", "商品陳列"),
        (
            (15, ("All main goods are there", "主推商品齐全不断货", "主推商品齊全不斷貨")),
            (10, ("Prices are marked and right", "价签齐全、价格正确", "價籤齊全、價格正確")),
            (10, ("Nothing is past its date", "无过期商品", "無過期商品")),
        ),
    ),
    (
        ("Delivery", "配送", "配送"),
        (
            (15, ("The last order came in time", "最近一次订货按时到货", "最近一次訂貨按時到貨")),
            (5, ("What came was whole and as ordered", "到货完好、与订单一致", "到貨完好、與訂單一致")),
        ),
    ),
    (
        ("Sellers", "店员", "店員"),
        (
            (10, ("The sellers know our goods and prices", "店员熟悉产品与价格", "店員熟悉產品與價格")),
            (5, ("They are dressed as agreed", "着装符合约定", "著裝符合約定")),
            (5, ("Customers are served at once and kindly", "接待及时、态度亲切", "接待及時、態度親切")),
        ),
    ),
)
FORWARD = "\n".join(
    f"create trigger {table}_append_only before update or delete or truncate on {table}"
    " for each statement execute function refuse_change();"
    for table in TABLES
)
BACKWARD = "\n".join(f"drop trigger {table}_append_only on {table};" for table in TABLES)


def write(apps: Any, _schema_editor: Any) -> None:
    version = apps.get_model("campaigns", "ChecklistVersion").objects.create(number=1)
    rows = [(section, points, texts) for section, told in CHECKLIST for points, texts in told]
    row_of = apps.get_model("campaigns", "ChecklistRow")
    row_of.objects.bulk_create(
        row_of(version=version, place=place, section=list(section), texts=list(texts), points=points)
        for place, (section, points, texts) in enumerate(rows, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0034_outlets_first"), ("audit", "0002_chain")]
    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", *TABLES),
        GrantOnly(
            "SELECT, INSERT, UPDATE", "campaigns_outlet", "campaigns_outletsales", "campaigns_outletseller"
        ),
    ]

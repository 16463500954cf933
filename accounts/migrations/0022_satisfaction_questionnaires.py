"""Questions and answers are added, never changed; and the questionnaires of the source (S-028, S-171, S-246), in our words."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

TABLES = (
    "accounts_questionnaireversion",
    "accounts_question",
    "accounts_response",
    "accounts_answer",
)
#: code, titles, questions as (kind, three texts, choices in three languages, required).
QUESTIONNAIRES = (
    (
        "satisfaction",
        ("Customer satisfaction", "客户满意度调查", "客戶滿意度調查"),
        (
            (
                "score",
                (
                    "How satisfied are you with the product?",
                    "您对产品质量是否满意？",
                    "您對產品品質是否滿意？",
                ),
                (),
                True,
            ),
            (
                "score",
                (
                    "How satisfied are you with our service?",
                    "您对我们的服务是否满意？",
                    "您對我們的服務是否滿意？",
                ),
                (),
                True,
            ),
            (
                "score",
                (
                    "How satisfied are you with delivery and handing over?",
                    "您对交付与交接是否满意？",
                    "您對交付與交接是否滿意？",
                ),
                (),
                True,
            ),
            (
                "score",
                ("How satisfied are you in all?", "您的总体满意度如何？", "您的整體滿意度如何？"),
                (),
                True,
            ),
            (
                "nps",
                ("Would you recommend us to others?", "您愿意向他人推荐我们吗？", "您願意向他人推薦我們嗎？"),
                (),
                True,
            ),
            (
                "text",
                ("What should we do better?", "您希望我们改进什么？", "您希望我們改進什麼？"),
                (),
                False,
            ),
        ),
    ),
    (
        "after_complaint",
        ("After a complaint", "投诉处理回访", "投訴處理回訪"),
        (
            (
                "score",
                (
                    "Was your complaint dealt with fast enough?",
                    "处理速度是否让您满意？",
                    "處理速度是否讓您滿意？",
                ),
                (),
                True,
            ),
            (
                "score",
                ("Are you satisfied with the solution?", "您对解决方案是否满意？", "您對解決方案是否滿意？"),
                (),
                True,
            ),
            (
                "single",
                ("Is the matter settled for you?", "问题是否已经解决？", "問題是否已經解決？"),
                (("Yes", "是", "是"), ("In part", "部分解决", "部分解決"), ("No", "否", "否")),
                True,
            ),
            (
                "nps",
                ("Would you recommend us to others?", "您愿意向他人推荐我们吗？", "您願意向他人推薦我們嗎？"),
                (),
                True,
            ),
            ("text", ("Anything else?", "其他意见", "其他意見"), (), False),
        ),
    ),
    (
        "customer_survey",
        ("Customer survey at events", "客户调查表", "客戶調查表"),
        (
            (
                "single",
                ("Do you plan to buy within a year?", "您一年内有购房计划吗？", "您一年內有購屋計畫嗎？"),
                (("Yes", "有", "有"), ("Perhaps", "可能", "可能"), ("No", "没有", "沒有")),
                True,
            ),
            (
                "multiple",
                ("What matters most to you?", "您最看重什么？", "您最看重什麼？"),
                (
                    ("Price", "价格", "價格"),
                    ("Location", "地段", "地段"),
                    ("Quality", "质量", "品質"),
                    ("Schools", "学校", "學校"),
                    ("Surroundings", "环境", "環境"),
                    ("Service", "物业服务", "物業服務"),
                ),
                True,
            ),
            (
                "score",
                (
                    "How do you like what you have seen?",
                    "您对所见产品的印象如何？",
                    "您對所見產品的印象如何？",
                ),
                (),
                True,
            ),
            (
                "text",
                (
                    "Which other products do you use or compare, and how satisfied are you?",
                    "您使用或比较过哪些同类产品，满意吗？",
                    "您使用或比較過哪些同類產品，滿意嗎？",
                ),
                (),
                False,
            ),
            (
                "text",
                (
                    "What moves your branch at present?",
                    "您所在行业近期有何动态？",
                    "您所在行業近期有何動態？",
                ),
                (),
                False,
            ),
        ),
    ),
)


def add(apps, schema_editor):
    questionnaire, version, question = (
        apps.get_model("accounts", name) for name in ("Questionnaire", "QuestionnaireVersion", "Question")
    )
    for code, (title, hans, hant), questions in QUESTIONNAIRES:
        values = {"title": title, "title_zh_hans": hans, "title_zh_hant": hant}
        row, made = questionnaire.objects.get_or_create(code=code, defaults=values)
        if not made:
            continue
        first = version.objects.create(questionnaire=row, number=1)
        for place, (kind, texts, choices, is_required) in enumerate(questions, 1):
            question.objects.create(
                version=first,
                place=place,
                kind=kind,
                texts=list(texts),
                choices=[list(choice) for choice in choices],
                is_required=is_required,
            )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0021_satisfaction_rows"), ("audit", "0002_chain")]
    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
        *(
            migrations.RunSQL(
                f"create trigger {table}_append_only before update or delete or truncate on {table}"
                " for each statement execute function refuse_change();",
                f"drop trigger {table}_append_only on {table};",
            )
            for table in TABLES
        ),
        GrantOnly("SELECT, INSERT", *TABLES),
    ]

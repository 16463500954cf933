"""What was said in a crisis is added, never changed; and the checklists that the department starts with (S-244, S-245)."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

TABLE = "accounts_crisisstatement"
FORWARD = (
    f"create trigger {TABLE}_append_only before update or delete or truncate on {TABLE}"
    " for each statement execute function refuse_change();"
)
#: code, kind, role, text in three languages, working days after the sale or hours in a crisis.
STEPS = (
    (
        "thank_decider",
        "after_sales",
        "decision_maker",
        "Thank the decision maker in person and hand over the summary of what was agreed",
        "当面感谢决策者，递交合作要点小结",
        "當面感謝決策者，遞交合作要點小結",
        3,
    ),
    (
        "value_decider",
        "after_sales",
        "decision_maker",
        "Report to the decision maker what the cooperation brought, and hear what is wished next",
        "向决策者汇报合作成效，听取下一步期望",
        "向決策者彙報合作成效，聽取下一步期望",
        30,
    ),
    (
        "check_gatekeeper",
        "after_sales",
        "gatekeeper",
        "Go through quality, papers and payment with the gatekeeper, close open points",
        "与把关者核对质量、资料与款项，关闭遗留问题",
        "與把關者核對品質、資料與款項，關閉遺留問題",
        5,
    ),
    (
        "visit_user",
        "after_sales",
        "user",
        "Visit the user on the spot: does it work, what disturbs, who needs help",
        "到现场回访使用者：是否好用、有何不便、谁需要帮助",
        "到現場回訪使用者：是否好用、有何不便、誰需要協助",
        5,
    ),
    (
        "ask_user",
        "after_sales",
        "user",
        "Ask the user how satisfied they are and pass suggestions on",
        "询问使用者满意度并转达建议",
        "詢問使用者滿意度並轉達建議",
        20,
    ),
    (
        "on_the_spot",
        "crisis",
        "",
        "Be on the spot, see for yourself, take photographs",
        "到达现场，亲自查看，拍照留证",
        "到達現場，親自查看，拍照留證",
        2,
    ),
    (
        "one_voice",
        "crisis",
        "",
        "Name the one who speaks for us; everybody else refers to them",
        "确定唯一发言人，其他人一律转介",
        "確定唯一發言人，其他人一律轉介",
        2,
    ),
    (
        "tell_customer",
        "crisis",
        "",
        "Tell the customer what we know, what we do and when they hear from us again",
        "告知客户已知情况、处理措施和下次答复时间",
        "告知客戶已知情況、處理措施和下次答覆時間",
        4,
    ),
    (
        "stop_damage",
        "crisis",
        "",
        "Stop the damage: repair, replace or take back at once",
        "止损：立即维修、更换或收回",
        "止損：立即維修、更換或收回",
        8,
    ),
    (
        "settle",
        "crisis",
        "",
        "Settle the dispute: a written solution that the customer agrees to",
        "化解纠纷：形成客户同意的书面方案",
        "化解糾紛：形成客戶同意的書面方案",
        24,
    ),
    (
        "cause",
        "crisis",
        "",
        "Find the cause and what keeps it from happening again",
        "查明原因，制定防止再发生的措施",
        "查明原因，制定防止再發生的措施",
        72,
    ),
    (
        "trust",
        "crisis",
        "",
        "Win trust back: visit the decision maker, offer a check free of charge",
        "重建信任：拜访决策者，提供免费复检",
        "重建信任：拜訪決策者，提供免費複檢",
        120,
    ),
)


def add(apps, schema_editor):
    model = apps.get_model("accounts", "ChecklistStep")
    for place, (code, kind, role, label, hans, hant, due_in) in enumerate(STEPS, 1):
        values = {
            "kind": kind,
            "role": role,
            "label": label,
            "label_zh_hans": hans,
            "label_zh_hant": hant,
            "due_in": due_in,
            "place": place,
        }
        model.objects.get_or_create(code=code, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0013_complaints_rows"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, f"drop trigger {TABLE}_append_only on {TABLE};"),
        GrantOnly("SELECT, INSERT", TABLE),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]

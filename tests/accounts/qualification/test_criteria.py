"""Criteria change by an approved rule change only, from its day on (12-decisions, 6)."""

from datetime import timedelta

import pytest

from accounts.qualification.criteria import last_version, values_of
from accounts.qualification.models import QualificationCriterion
from accounts.qualification.selectors import qualification_of
from accounts.qualification.terms import first_rows
from accounts.units.services import observe
from accounts.units.terms import Field
from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.rule_changes.models import RuleChange
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from tests.factories.accounts import make_unit

ADD = "/admin/approvals/rulechange/add/?kind=criterion"


@pytest.fixture(autouse=True)
def _criteria(db):
    for row in first_rows():
        QualificationCriterion.objects.get_or_create(
            code=row["code"], version=1, defaults={**row, "introduced_on": "2020-01-01"}
        )


def body(code="large_deal", **changed):
    now = last_version(code)
    values = values_of(now) if now else {"code": code, "kind": "statement", "label": "x"}
    when = {"valid_from": business_date().isoformat(), "reason": "prices rose"}
    return {name: value for name, value in (values | when | changed).items() if value is not None}


def drafted_and_submitted(client, data, add=ADD):
    answer = client.post(add, data)
    assert answer.status_code == 302, answer.content.decode()
    change = RuleChange.objects.get()
    client.get(answer["Location"])
    client.post(answer["Location"], data | {"_submit": "1", "version": change.version})
    return Request.objects.get()


def approve(request, *deciders):
    for decider in deciders:
        request.refresh_from_db()
        approvals.approve(request, by=decider, version=request.version)


def test_a_threshold_edited_in_the_admin_waits_for_director_and_marketing_director(cast, client_of):
    unit = make_unit(owner=cast.owner)
    observe(unit, {Field.LARGEST_DEAL: "60000"}, learned_on=business_date(), by=cast.owner)
    request = drafted_and_submitted(client_of(cast.admin), body(threshold="80000"))
    assert list(Request.objects.waiting_for(cast.director)) == [request]
    approve(request, cast.director)
    assert qualification_of(unit).holds
    approve(request, cast.marketing)
    assert not qualification_of(unit).holds
    rows = QualificationCriterion.objects.filter(code="large_deal").order_by("version")
    assert list(rows.values_list("version", "threshold", "replaced_on")) == [
        (1, "50000", business_date()),
        (2, "80000", None),
    ]
    entry = AuditEntry.objects.get(act="accounts.qualification.criterion_replaced")
    assert entry.changes["threshold"] == ["50000", "80000"]


def test_until_its_day_the_old_version_counts(cast, client_of):
    unit = make_unit(owner=cast.owner)
    observe(unit, {Field.LARGEST_DEAL: "60000"}, learned_on=business_date(), by=cast.owner)
    day = business_date() + timedelta(days=30)
    data = body(threshold="80000", valid_from=day.isoformat())
    approve(drafted_and_submitted(client_of(cast.admin), data), cast.director, cast.marketing)
    assert qualification_of(unit).holds
    in_force = QualificationCriterion.objects.in_force
    assert in_force().get(code="large_deal").threshold == "50000"
    assert in_force(day - timedelta(days=1)).get(code="large_deal").threshold == "50000"
    assert in_force(day).get(code="large_deal").threshold == "80000"
    early = client_of(cast.admin).post(ADD, body(threshold="90000"))
    assert early.status_code == 422
    assert "never share a day" in early.content.decode()


def test_a_new_criterion_is_added_and_one_is_ended(cast, client_of):
    data = body("staff", label="Staff of 1,000 or more", kind="rule", fact="headcount")
    data |= {"operator": "at_least", "threshold": "1000"}
    approve(drafted_and_submitted(client_of(cast.admin), data), cast.director, cast.marketing)
    assert last_version("staff").version == 1
    client = client_of(cast.admin)
    answer = client.post(
        ADD, {"code": "staff", "ends": "on"} | {k: data[k] for k in ("valid_from", "reason")}
    )
    change = RuleChange.objects.latest("pk")
    client.get(answer["Location"])
    again = {"code": "staff", "ends": "on", "_submit": "1", "version": change.version}
    client.post(answer["Location"], again | {k: data[k] for k in ("valid_from", "reason")})
    approve(Request.objects.latest("pk"), cast.director, cast.marketing)
    assert last_version("staff") is None
    assert not QualificationCriterion.objects.in_force().filter(code="staff").exists()
    assert AuditEntry.objects.filter(act="accounts.qualification.criterion_ended").count() == 1


def test_a_rejected_change_changes_nothing(cast, client_of):
    request = drafted_and_submitted(client_of(cast.admin), body(threshold="80000"))
    approvals.reject(request, by=cast.director, reason="no", version=request.version)
    assert last_version("large_deal").threshold == "50000"
    assert QualificationCriterion.objects.filter(code="large_deal").count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"threshold": "much"}, "This is not a number."),
        ({"threshold": ""}, "A rule needs this."),
        ({"operator": "at_least", "fact": "main_business"}, "only “is” compares it"),
        ({"kind": "statement"}, "leave this empty"),
        ({"label": ""}, "This field is required."),
        ({"code": "no code"}, "valid “slug”"),
        ({"code": "nothing", "ends": "on"}, "No criterion in force has this code."),
        ({"fact": "no_fact"}, "Select a valid choice"),
        ({"valid_from": "2001-01-01"}, "days already past"),
    ],
)
def test_bad_drafts_are_answered_at_the_field(cast, client_of, changed, words):
    answer = client_of(cast.admin).post(ADD, body(**changed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert RuleChange.objects.count() == 0


def test_the_list_leads_to_a_draft_of_the_row(cast, client_of):
    html = client_of(cast.director).get("/admin/accounts/qualificationcriterion/").content.decode()
    assert "?kind=criterion&amp;of=large_deal" in html
    draft = client_of(cast.director).get(f"{ADD}&of=large_deal").content.decode()
    assert 'value="50000"' in draft


@pytest.mark.parametrize("who", ["owner", "manager", "gm", "hr", "marketing"])
def test_others_draft_no_criteria(cast, client_of, who):
    answer = client_of(getattr(cast, who)).post(ADD, body(threshold="1"))
    assert answer.status_code in {403, 422}
    assert RuleChange.objects.count() == 0

"""Receipts claimed once, claims paid once: by rule, by constraint, at the same moment; phone costs within the limit."""

from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from campaigns.budgets.selectors import balance_on, verify_ledger
from campaigns.expenses import permissions, services
from campaigns.expenses.models import ExpenseClaim, Receipt
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for, snapshot_of
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from tests.factories.budgets import line_of, make_budget
from tests.factories.expenses import make_approved_claim, make_claim, receipt_told

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(cast):
    load_default_routes()
    return line_of(make_budget(cast.manager), "交通费用")


def picture(colour="red", name="r.png"):
    data = BytesIO()
    Image.new("RGB", (20, 20), colour).save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), content_type="image/png")


def refusal(code, act, *args, **kwargs):
    before = (Receipt.objects.count(), list(ExpenseClaim.objects.values_list("state", "amount")))
    with pytest.raises(BusinessError) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert caught.value.code == code
    assert (Receipt.objects.count(), list(ExpenseClaim.objects.values_list("state", "amount"))) == before
    return str(caught.value)


def test_a_claim_is_decided_held_on_the_line_and_paid_once(cast, line):
    claim = make_approved_claim(cast.owner, line, 46)
    assert (balance_on(line).reserved, claim.state) == (46, "approved")
    assert permissions.can_pay_claim(cast.finance, claim)
    services.pay_claim(claim, document="ZF-1", by=cast.finance)
    refusal("transition_refused", services.pay_claim, claim, document="ZF-2", by=cast.finance)
    assert (balance_on(line).reserved, balance_on(line).spent, verify_ledger().ok) == (0, 46, True)


def test_an_approved_claim_is_cancelled_with_a_reason_before_it_is_paid(cast, client_of, line):
    claim, paid = make_approved_claim(cast.owner, line, 46), make_approved_claim(cast.owner, line, 47)
    services.pay_claim(paid, document="ZF-1", by=cast.finance)
    refusal("transition_refused", services.cancel_claim, paid, "重复", by=cast.finance)
    who = [
        permissions.can_cancel_claim(one, claim) for one in (cast.owner, cast.finance, cast.lead, cast.clerk)
    ]
    assert who == [True, True, False, False]
    owner = client_of(cast.owner)
    assert owner.post(f"/expenses/{claim.pk}/cancel/", {"reason": ""}).status_code == 422
    assert balance_on(line).reserved == 46
    assert owner.post(f"/expenses/{claim.pk}/cancel/", {"reason": "发票抬头有误"}).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, balance_on(line).reserved, balance_on(line).spent) == ("cancelled", 0, 47)
    assert (claim.receipts.get().is_live, verify_ledger().ok) == (False, True)
    entry = AuditEntry.objects.filter(act="campaigns.claim.cancelled").get()
    assert (entry.reason, entry.actor_id) == ("发票抬头有误", cast.owner.pk)
    page = client_of(cast.finance).get(f"/expenses/{claim.pk}/").content.decode()
    assert ("发票抬头有误" in page, "/pay/" in page) == (True, False)
    refusal("transition_refused", services.pay_claim, claim, document="ZF-2", by=cast.finance)
    again = make_claim(cast.owner, line)
    told = claim.receipts.get()
    services.add_receipt(again, receipt_told(told.number, told.amount), None, by=cast.owner)
    with pytest.raises(IntegrityError, match="claim_cancelled_says_why"), transaction.atomic():
        ExpenseClaim.objects.filter(pk=claim.pk).update(ended_because="")


def test_nobody_pays_a_claim_of_their_own(cast, line):
    claim = make_approved_claim(cast.owner, line)
    refusal("own", services.pay_claim, claim, document="ZF-1", by=cast.owner)


def test_a_receipt_is_claimed_once_by_number_day_and_amount_and_by_file(cast, line):
    first, second = make_claim(cast.owner, line), make_claim(cast.same_team, line)
    services.add_receipt(first, receipt_told(), picture(), by=cast.owner)
    told = "is in the claim " + first.number
    assert told in refusal("duplicate", services.add_receipt, second, receipt_told(), None, by=cast.same_team)
    other = receipt_told("77")
    assert told in refusal("duplicate", services.add_receipt, second, other, picture(), by=cast.same_team)
    services.add_receipt(second, receipt_told(amount=47), picture("blue"), by=cast.same_team)
    with pytest.raises(IntegrityError, match="receipt_claimed_once"), transaction.atomic():
        Receipt.objects.create(claim=second, **receipt_told())


def test_receipts_of_a_rejected_claim_may_be_claimed_anew(cast, line):
    claim = services.submit_claim(make_claim(cast.owner, line, 46), by=cast.owner)
    request = request_for(services.SUBJECT, claim)
    approvals.reject(request, by=cast.manager, version=request.version, reason="私人用途")
    told = receipt_told(f"R-{claim.pk}-46", 46)
    assert services.add_receipt(make_claim(cast.owner, line), told, None, by=cast.owner).is_live


def test_a_returned_claim_is_a_draft_again(cast, line):
    claim = services.submit_claim(make_claim(cast.owner, line, 46), by=cast.owner)
    request = request_for(services.SUBJECT, claim)
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="缺发票")
    claim.refresh_from_db()
    services.drop_receipt(claim.receipts.get(), by=cast.owner)
    refusal("empty", services.submit_claim, claim, by=cast.owner)


def test_what_cannot_be_claimed(cast, line):
    claim = make_claim(cast.owner, line, 5_001)
    assert "5,000.00 free" in refusal("not_enough", services.submit_claim, claim, by=cast.owner)
    later = receipt_told(on=business_date() + timedelta(1))
    refusal("future", services.add_receipt, claim, later, None, by=cast.owner)
    done = services.submit_claim(make_claim(cast.owner, line, 9), by=cast.owner)
    refusal("not_draft", services.add_receipt, done, receipt_told(), None, by=cast.owner)


def test_claimed_decided_paid_and_printed_in_the_browser(cast, client_of, line):
    owner, finance = client_of(cast.owner), client_of(cast.finance)
    owner.post("/expenses/new/", {"purpose": "十一月话费𠮷", "line": line.pk})
    claim = ExpenseClaim.objects.get()
    address, today = f"/expenses/{claim.pk}/receipts/new/", business_date().isoformat()
    told = {"kind": "phone", "on": today, "number": "YD-1", "amount": "138", "text": "话费"}
    assert owner.post(address, told).status_code == 422
    refused = owner.post(address, told | {"file": picture()})
    assert (refused.status_code, "38.00 would be yours to pay" in refused.content.decode()) == (422, True)
    assert Receipt.objects.count() == 0
    told |= {"own": "on"}
    assert owner.post(address, told | {"file": picture()}).status_code == 302
    again = owner.post(address, told | {"file": picture("blue")})
    assert (again.status_code, "in the claim" in again.content.decode()) == (422, True)
    receipt = Receipt.objects.get()
    opened = owner.get(receipt.file.get_absolute_url())
    assert b"".join(opened.streaming_content).startswith(b"\x89PNG")
    assert client_of(cast.other_team).get(receipt.file.get_absolute_url()).status_code == 404
    assert "38.00 paid by the person" in owner.get(f"/expenses/{claim.pk}/").content.decode()
    assert owner.post(f"/expenses/{claim.pk}/submit/").status_code == 302
    assert "38.00 paid by the person" in snapshot_of(request_for(services.SUBJECT, claim))["flags"][0]
    for decider in (cast.manager, cast.finance):
        opened = client_of(decider).get(receipt.file.get_absolute_url())
        assert b"".join(opened.streaming_content).startswith(b"\x89PNG")
        assert client_of(decider).get(f"/expenses/{claim.pk}/").status_code == 200
        request = request_for(services.SUBJECT, claim)
        client_of(decider).post(f"/approvals/{request.pk}/approve/", {"version": request.version})
    assert finance.post(f"/expenses/{claim.pk}/pay/", {"document": "ZF-1"}).status_code == 302
    assert finance.post(f"/expenses/{claim.pk}/pay/", {"document": "ZF-1"}).status_code == 403
    assert "十一月话费𠮷" in finance.get("/expenses/?q=YD-1").content.decode()
    data = owner.get(f"/expenses/{claim.pk}/claim.pdf?language=zh-hans").content
    text = pypdf.PdfReader(BytesIO(data)).pages[0].extract_text()
    assert all(word in text for word in (claim.number, "十一月话费𠮷", "YD-1", "138.00", "100.00", "ZF-1"))

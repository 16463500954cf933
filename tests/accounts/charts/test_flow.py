"""How a unit decides: rules, drawing it anew, the page, the sheet."""

from datetime import date

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.charts.models import DecisionFlow, DecisionStep
from accounts.charts.rules.flow import MAX_STEPS, Step, deciders, flow_problem, total_days
from accounts.charts.selectors import flow_on, steps_of
from accounts.charts.services import draw_flow
from accounts.charts.terms import StepKind
from accounts.units.models import DirtyUnit
from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_person, make_unit

PROPOSE, REVIEW, DECIDE, SIGN = StepKind.PROPOSE, StepKind.REVIEW, StepKind.DECIDE, StepKind.SIGN
GOOD = Step(PROPOSE, who="Office", days=3)

steps_strategy = st.lists(
    st.builds(
        Step,
        st.sampled_from(StepKind),
        st.none(),
        st.sampled_from(["A", "B"]),
        st.none() | st.integers(0, 365),
    ),
    min_size=1,
    max_size=MAX_STEPS,
)


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ([], (0, "empty")),
        ([GOOD] * (MAX_STEPS + 1), (MAX_STEPS, "too_many")),
        ([GOOD, Step(SIGN)], (1, "who")),
        ([Step(SIGN, 7, "Office")], (0, "both")),
        ([GOOD, GOOD, Step(SIGN, 7, days=366)], (2, "days")),
        ([Step(SIGN, 7, days=-1)], (0, "days")),
        ([GOOD] * MAX_STEPS, None),
        ([Step(SIGN, 7, days=0), Step(SIGN, 7, days=365), Step(SIGN, 7)], None),
    ],
)
def test_what_is_wrong_with_a_flow(steps, problem):
    assert flow_problem(steps) == problem


@given(steps_strategy)
def test_days_add_up_and_deciders_are_counted_once(steps):
    days, is_complete = total_days(steps)
    assert days == sum(step.days or 0 for step in steps)
    assert is_complete == all(step.days is not None for step in steps)
    assert deciders(steps) == len({step.who for step in steps if step.kind is DECIDE})
    assert deciders([*steps, *steps]) == deciders(steps)


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


@pytest.mark.django_db
def test_drawing_anew_keeps_what_was_known_before(unit, cast):
    boss = make_person(unit, "许志远")
    first = [Step(PROPOSE, who="Office", days=3), Step(DECIDE, boss.pk)]
    second = [*first, Step(SIGN, boss.pk, days=1)]
    draw_flow(unit, first, by=cast.owner, revision=0, on=date(2026, 3, 1))
    draw_flow(unit, second, by=cast.owner, revision=1, on=date(2026, 6, 1))
    assert flow_on(unit, date(2026, 2, 28)) is None
    assert steps_of(flow_on(unit, date(2026, 5, 31))) == first
    assert steps_of(flow_on(unit, date(2026, 6, 1))) == second
    assert AuditEntry.objects.filter(act="accounts.flow.drawn").count() == 2


@pytest.mark.django_db
def test_the_same_flow_again_writes_nothing(unit, cast):
    DirtyUnit.objects.all().delete()
    flow = draw_flow(unit, [GOOD], by=cast.owner, revision=0)
    assert list(DirtyUnit.objects.values_list("unit_id", flat=True)) == [unit.pk]
    assert draw_flow(unit, [GOOD], by=cast.owner, revision=1) == flow
    assert DecisionFlow.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("revision", [1, 7])
def test_whoever_saw_another_revision_is_refused(unit, cast, revision):
    with pytest.raises(ConflictError):
        draw_flow(unit, [GOOD], by=cast.owner, revision=revision)
    assert not DecisionFlow.objects.exists()


@pytest.mark.django_db
def test_a_person_of_another_unit_takes_no_step(unit, cast):
    stranger = make_person(make_unit("株洲商会", owner=cast.owner))
    with pytest.raises(BusinessError) as refused:
        draw_flow(unit, [GOOD, Step(DECIDE, stranger.pk)], by=cast.owner, revision=0)
    assert refused.value.field == "step-1"
    assert (DecisionFlow.objects.count(), DecisionStep.objects.count()) == (0, 0)


def post(client, unit, rows, revision=0):
    body = {name: [row[n] for row in rows] for n, name in enumerate(("kind", "person", "who", "days"))}
    return client.post(f"/accounts/{unit.pk}/flow/edit/", body | {"revision": revision})


def test_rows_become_steps_in_their_order_and_empty_rows_none(unit, cast, client_of):
    boss = make_person(unit, "许志远")
    rows = [("review", "", "设计院", "5"), ("propose", "", "", ""), ("decide", boss.pk, "", "")]
    assert post(client_of(cast.owner), unit, rows).status_code == 302
    assert steps_of(flow_on(unit, date(2199, 1, 1))) == [
        Step(REVIEW, None, "设计院", 5),
        Step(DECIDE, boss.pk, "", None),
    ]
    page = client_of(cast.owner).get(f"/accounts/{unit.pk}/flow/").content.decode()
    for text in ("设计院", "许志远", "Decides finally", "At least 5 days", "One person decides finally."):
        assert text in page


@pytest.mark.parametrize(
    ("rows", "revision", "status", "text"),
    [
        ([], 0, 422, "Draw at least one step."),
        ([("propose", "", "", "4")], 0, 422, "Name a person, or say who it is."),
        ([("propose", "", "Office", "4"), ("sign", "", "Boss", "400")], 0, 422, "365"),
        ([("propose", "", "Office", "x")], 0, 422, "Enter a whole number."),
        ([("dance", "", "Office", "")], 0, 422, "dance is not one of the available choices"),
        ([("propose", "999999", "", "")], 0, 422, "not one of the available choices"),
        ([("propose", "", "x" * 81, "")], 0, 422, "at most 80 characters"),
        ([("propose", "", "Office", "")], 3, 409, "drawn this flow anew meanwhile"),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_its_row_and_stays_typed(
    unit, cast, client_of, rows, revision, status, text
):
    answer = post(client_of(cast.owner), unit, rows, revision)
    page = answer.content.decode()
    assert answer.status_code == status
    assert text in page
    assert all(str(value) in page for row in rows for value in row[2:])
    assert not DecisionFlow.objects.exists()


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_the_sheet_holds_every_step(unit, cast, client_of, language):
    person = make_person(unit, "蔡𠮷斌", post="主任")
    steps = [Step(REVIEW, None, f"设计院{n}", n) for n in range(9)] + [Step(DECIDE, person.pk)]
    draw_flow(unit, steps, by=cast.owner, revision=0)
    answer = client_of(cast.owner).get(f"/accounts/{unit.pk}/flow.pdf?language={language}")
    pages = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    for value in ("蔡𠮷斌", "主任", *(f"设计院{n}" for n in range(9))):
        assert text.count(value) >= 2  # in the drawing and in the table


def test_an_empty_sheet_says_so(unit, cast, client_of):
    answer = client_of(cast.owner).get(f"/accounts/{unit.pk}/flow.pdf?on=nonsense&language=en")
    assert "Not drawn yet." in pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()

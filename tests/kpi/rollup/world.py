"""What may happen to the rows that figures are read from: through services and by hand."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.complaints.models import Complaint
from accounts.contacts.models import Contact
from accounts.units.models import KeyAccount, Ownership, StatusChange
from campaigns.deals.models import Adjustment, Crossing, Deal
from campaigns.deals.services import cancel_deal, receive_payment
from kam.core.periods import month_of
from kam.users.models import Membership, Team
from kpi.measures.rules import months_before
from kpi.rollup import services
from tests.factories.accounts import make_contact, make_unit
from tests.factories.budgets import make_budget, make_payment
from tests.factories.campaigns import make_campaign, make_rules, make_signed
from tests.factories.kpi import at
from tests.factories.visits import make_visit
from visits.visits.models import Visit
from visits.visits.services import late

TODAY = date(2026, 6, 15)
JUNE = month_of(TODAY)
MONTHS = months_before(JUNE, 4)
D = Decimal


class World:
    """A few units, deals and people to whom anything may happen."""

    def __init__(self, cast, dice):
        self.cast, self.dice = cast, dice
        self.people = [cast.owner, cast.same_team, cast.other_team, cast.lead]
        self.units = [make_unit(owner=self.who()) for _n in range(3)]
        self.campaign = make_campaign(window_from=None, window_to=None)
        make_rules(self.campaign, sets=1)
        self.budget = make_budget(cast.manager)
        self.number = 0

    def who(self):
        return self.dice.choice(self.people)

    def unit(self):
        return self.dice.choice(self.units)

    def day(self):
        return MONTHS[0].first + timedelta(days=self.dice.randrange((TODAY - MONTHS[0].first).days))

    def one_of(self, rows):
        found = list(rows.order_by("pk"))
        return self.dice.choice(found) if found else None

    def visit_logged(self):
        make_visit(self.unit(), user=self.who(), on=self.day())

    def visit_late_and_accepted(self):
        visit = make_visit(self.unit(), user=self.cast.owner, on=self.day())
        Visit.objects.filter(pk=visit.pk).update(is_late=True, business_date=None, late_reason="出差")
        visit.refresh_from_db()
        late.accept_late_entry(visit, self.cast.manager)

    def visit_edited(self):
        visit = self.one_of(Visit.objects.all())
        if visit:
            day = self.day()
            told = {"outcome": self.dice.choice(["progress", "not_met"]), "on": day, "user": self.who()}
            Visit.objects.filter(pk=visit.pk).update(business_date=day, **told)

    def visit_taken_back(self):
        visit = self.one_of(Visit.objects.all())
        if visit:
            visit.delete()

    def call_made(self):
        make_contact(self.unit(), on=self.day(), called=True, outcome="回电", by=self.who())

    def call_edited(self):
        call = self.one_of(Contact.objects.all())
        if call:
            changes = {"by": self.who(), "on": self.day(), "outcome": self.dice.choice(["", "回电"])}
            Contact.objects.filter(pk=call.pk).update(**changes)

    def unit_without_owner(self):
        row = self.one_of(Ownership.objects.filter(ended_on=None))
        if row:
            day = max(MONTHS[0].first, row.started_on + timedelta(days=1))
            Ownership.objects.filter(pk=row.pk).update(ended_on=day)

    def unit_handed_over(self):
        row = self.one_of(Ownership.objects.filter(ended_on=None))
        if row is None:
            return
        day = max(self.day(), row.started_on + timedelta(days=1))
        Ownership.objects.filter(pk=row.pk).update(ended_on=day)
        new = self.who()
        Ownership.objects.create(unit_id=row.unit_id, owner=new, team=self.cast.team, started_on=day)

    def unit_developed(self):
        unit = make_unit(owner=self.who())
        self.units.append(unit)
        StatusChange.objects.create(unit=unit, old="developing", new="cooperating", on=self.day())

    def status_changed(self):
        words = ["developing", "cooperating", "stable", "dormant", "lost", "won_back"]
        old, new = self.dice.sample(words, 2)
        StatusChange.objects.create(unit=self.unit(), old=old, new=new, on=self.day())

    def unit_merged(self):
        gone = make_unit(owner=self.who())
        StatusChange.objects.create(unit=gone, old="developing", new="cooperating", on=MONTHS[0].first)
        StatusChange.objects.create(
            unit=gone, old="cooperating", new="lost", on=max(self.day(), MONTHS[1].first)
        )
        services.freshen(MONTHS)
        KeyAccount.objects.filter(pk=gone.pk).update(merged_into=self.units[0], merged_on=MONTHS[0].first)

    def deal_closed(self):
        self.number += 1
        day = self.day()
        deal = make_signed(self.unit(), self.campaign, f"客户{self.number}", signed_on=day)
        Deal.objects.filter(pk=deal.pk).update(owner=self.who(), team=self.cast.second_team)
        receive_payment(
            deal, amount=D(100), received_on=day, reference=f"R-{self.number}", by=self.cast.finance
        )

    def deal_paid_again(self):
        deal = self.one_of(Deal.objects.filter(state="signed"))
        if deal:
            self.number += 1
            day = max(self.day(), deal.signed_on)
            receive_payment(
                deal, amount=D("0.07"), received_on=day, reference=f"R-{self.number}", by=self.cast.finance
            )

    def deal_cancelled(self):
        deal = self.one_of(Deal.objects.filter(state="signed"))
        if deal:
            cancel_deal(deal, reason="改变主意", by=self.cast.director, version=deal.version)

    def deal_adjusted(self):
        deal = self.one_of(Deal.objects.exclude(signed_on=None))
        if deal and not Crossing.objects.filter(deal=deal).exists():
            told = {"unit": deal.unit, "campaign": deal.campaign, "deal": deal, "count": 9, "kind": "reached"}
            booked = {"kind": self.dice.choice(["credit", "charge_back"]), "booked_on": self.day()}
            Adjustment.objects.create(
                deal=deal, crossing=Crossing.objects.create(**told), amount=D("12.34"), **booked
            )

    def complaint_judged(self):
        unit, day = self.unit(), self.day()
        told = {"kind": "quality", "severity": "other", "text": "坏了", "channel": "phone", "state_on": day}
        row = Complaint.objects.create(unit=unit, owner=self.cast.owner, received_on=day, due_on=day, **told)
        verdict = {"verdict": "valid", "verdict_by": self.cast.manager, "verdict_on": day}
        Complaint.objects.filter(pk=row.pk).update(**verdict)

    def person_moved(self):
        row = self.one_of(Membership.objects.filter(ended_on=None, user__in=self.people))
        if row is None:
            return
        day = max(self.day(), row.started_on + timedelta(days=1))
        Membership.objects.filter(pk=row.pk).update(ended_on=day - timedelta(days=1))
        team = self.dice.choice([self.cast.team, self.cast.second_team])
        Membership.objects.create(user=row.user, team=team, started_on=day)

    def person_without_team(self):
        row = self.one_of(Membership.objects.filter(ended_on=None, user__in=self.people))
        if row:
            Membership.objects.filter(pk=row.pk).update(ended_on=max(self.day(), row.started_on))

    def team_led_by_another(self):
        Membership.objects.filter(user=self.cast.lead).delete()
        make_visit(self.unit(), user=self.cast.lead, on=self.day())
        services.freshen(MONTHS)
        leads = Team.objects.filter(pk=self.cast.team.pk, lead=self.cast.lead).exists()
        Team.objects.filter(pk=self.cast.team.pk).update(lead=None if leads else self.cast.lead)

    def money_spent(self):
        with at(self.day()):
            make_payment(self.budget, self.cast.finance, D("10.01"))


ACTS = [name for name in vars(World) if "_" in name and not name.startswith("_") and name != "one_of"]

"""Django looks here for models; each room keeps its own."""

import campaigns.agreements.models
import campaigns.bids.models
import campaigns.briefings.models
import campaigns.budgets.models
import campaigns.campaigns.models
import campaigns.contracts.models
import campaigns.deals.models
import campaigns.discounts.models
import campaigns.earnest.models
import campaigns.expenses.models
import campaigns.gift_plans.models
import campaigns.gifts.models
import campaigns.inspections.models
import campaigns.integrity.models
import campaigns.materials.models
import campaigns.outlets.models
import campaigns.pilots.models
import campaigns.proposals.models
import campaigns.prospects.models
import campaigns.purchases.models
import campaigns.quotes.models
import campaigns.rebates.models
import campaigns.receptions.models
import campaigns.sponsorships.models
import campaigns.supplies.models

"""Django looks here for models; each room keeps its own."""

import accounts.archive.models
import accounts.charts.models
import accounts.competition.models
import accounts.complaints.models
import accounts.contacts.models
import accounts.development.models
import accounts.evaluation.models
import accounts.imports.models
import accounts.knowledge.models
import accounts.merge.models
import accounts.needs.models
import accounts.persons.models
import accounts.pool.models
import accounts.qualification.models
import accounts.red_flags.models
import accounts.relationships.models
import accounts.roles.models
import accounts.satisfaction.models
import accounts.service_plans.models
import accounts.units.models

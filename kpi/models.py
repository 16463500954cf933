"""Django looks here for models; each room keeps its own."""

import kpi.honours.models
import kpi.reports.models
import kpi.rollup.models
import kpi.schemes.models
import kpi.sheets.models
import kpi.statistics.models
import kpi.targets.models
import kpi.writings.models

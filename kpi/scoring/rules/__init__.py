"""How figures become rates, rates become points, points become a sheet (docs/domain/kpi.md)."""

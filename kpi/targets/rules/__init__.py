"""How targets are split, and how rows of a spreadsheet become targets (docs/domain/kpi.md)."""

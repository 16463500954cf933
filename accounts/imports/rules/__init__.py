"""How a file of units is read, checked and decided on, without a database. See docs/domain/import.md."""

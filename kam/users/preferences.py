"""How a person wants KAM to look: kept in cookies of this device, the language also in the person's row."""

THEME_COOKIE = "kam-theme"
DENSITY_COOKIE = "kam-density"
THEMES = ("auto", "light", "dark")
DENSITIES = ("comfortable", "compact")
ONE_YEAR = 365 * 24 * 3600


def clean_theme(value: str | None) -> str:
    """Return a theme that exists."""
    return value if value in THEMES else "auto"


def clean_density(value: str | None) -> str:
    """Return a density that exists."""
    return value if value in DENSITIES else "comfortable"

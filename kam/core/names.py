"""How names are shortened."""


def initials_of(name: str) -> str:
    """Return what stands in a person's round: the last two characters of a Chinese name, else two initials."""
    name = (name or "").strip()
    if any("\u4e00" <= c <= "\u9fff" for c in name):
        return name[-2:]
    return "".join(part[0] for part in name.split()[:2]).upper()

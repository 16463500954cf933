"""`python -m bench.fill UNITS CONTACTS PEOPLE VISITS`: generate the company as the owner of the tables, unless it is there."""

import sys

PASSWORD = "bench-password-for-measuring"  # noqa: S105 -- an invented company on this machine


def main() -> None:
    import django  # noqa: PLC0415 -- the module above is read without Django too

    django.setup()
    from accounts.units.models import KeyAccount  # noqa: PLC0415 -- after setup
    from bench.generate import Volume, generate  # noqa: PLC0415 -- after setup
    from bench.generate_money import generate_money  # noqa: PLC0415 -- after setup
    from bench.generate_work import generate_work  # noqa: PLC0415 -- after setup
    from kam.users.models import User  # noqa: PLC0415 -- after setup

    units, contacts, people, visits = (int(text) for text in sys.argv[1:5])
    if not KeyAccount.objects.exists():
        generate(Volume(units, units * 2, contacts, people))
        generate_work(units, visits)
    generate_money(units)
    for who in ("bench-director", "bench-manager0", "bench-rep0-0"):
        user = User.objects.get(staff_number=who)
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])


if __name__ == "__main__":
    main()

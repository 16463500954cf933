"""`manage.py first_link`: print the address at which the first administrator is made, as long as nobody is there."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from kam.people.services.first import first_key, is_nobody_there


class Command(BaseCommand):
    help = "Print the address at which the first administrator is made; nothing once somebody is there."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if is_nobody_there():
            self.stdout.write(f"{settings.BASE_URL.rstrip('/')}{reverse('first')}?key={first_key()}")

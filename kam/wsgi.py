import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kam.settings")
application = get_wsgi_application()

from kam.demo.guard import refuse_public_passwords  # noqa: E402 -- needs the apps that the line above loads

refuse_public_passwords()

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kam.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402 -- see below

from kam.demo.guard import refuse_public_passwords  # noqa: E402 -- needs the apps that the line above loads

refuse_public_passwords()

# The parent of the workers loads all this once (gunicorn --preload), and they share its memory; a connection cannot be shared.
connections.close_all()

# What is loaded now stays as long as the process: collections of garbage need not walk through it again and again, and a page makes
# thousands of objects that are gone with it.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)

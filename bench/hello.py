"""The smallest project that keeps sessions and people in the same PostgreSQL: what memory is compared with (P15)."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from kam.core.addresses import database_config

settings.configure(
    SECRET_KEY="only-for-measuring",  # noqa: S106 -- nothing is signed that anybody keeps
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    DATABASES={
        "default": {
            key: value
            for key, value in database_config(os.environ["DATABASE_URL"]).items()
            if key in {"ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT"}
        }
        | {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 60}
    },
)


def hello(_request: HttpRequest) -> HttpResponse:
    """Answer with what the database said."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return HttpResponse(f"hello {cursor.fetchone()[0]}")


urlpatterns = [path("", hello)]
application = get_wsgi_application()

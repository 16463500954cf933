"""All settings of KAM. Everything that differs between machines comes from the environment; see .env.example."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from kam.core.addresses import database_config

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
VAR_DIR = Path(env.str("KAM_VAR", default=str(BASE_DIR / "var")))
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("KAM_DEBUG", default=False)
HTTPS = env.bool("KAM_HTTPS", default=False)
TESTING = env.bool("KAM_TESTING", default=False)
# The laptop default: `manage.py up` sets it together with its private servers; production never does.
LAPTOP = env.bool("KAM_LAPTOP", default=False) or DEBUG or TESTING
# A negative control for race tests: leaves out row locks. Refused outside tests.
SKIP_LOCKS = env.bool("KAM_TEST_SKIP_LOCKS", default=False)

SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "kam.users",
    "kam.audit",
    "kam.outbox",
    "kam.calendar",
    "kam.settings_rows",
    "kam.jobs",
    "kam.files",
    "kam.notes",
    "kam.lists",
    "kam.search",
    "kam.pdf",
    "kam.approvals",
    "kam.people",
    "kam.exports",
    "kam.job_sheets",
    "kam.personnel",
    "accounts",
    "visits",
    "campaigns",
    "kpi",
    "kam.api",
    "kam.webhooks",
    "kam.today",
    "kam.ops",
    "kam.demo",
    "kam.core.admin_config.KamAdminConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kam.core.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kam.people.middleware.SessionLimits",
    "kam.users.middleware.PersonMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kam.audit.middleware.AuditMiddleware",
    "accounts.merge.middleware.LeadToSurvivor",
    "kam.core.middleware.WrongMethodMiddleware",
    "kam.core.middleware.BusyMiddleware",
]

ROOT_URLCONF = "kam.urls"
WSGI_APPLICATION = "kam.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kam.users.context.frame",
            ],
            "builtins": ["kam.core.templatetags.components"],
            "libraries": {"i18n": "kam.core.templatetags.spoken"},
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "jinja2"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "kam.lists.jinja.environment"},
    },
]

# "i18n" is Django's library with one quicker tag, on purpose: kam/core/templatetags/spoken.py.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

# --- Database -------------------------------------------------------------------------------------------------
# Two roles: the application's (`kam_app`: reads and writes rows, owns nothing) and the owner's (migrate, backup, tests).
AS_OWNER = env.bool("KAM_AS_OWNER", default=False)
_database = env.str("DATABASE_OWNER_URL" if AS_OWNER else "DATABASE_URL", default="")
if not _database:
    _database = "postgres://kam_app@localhost/kam"
# Two processors answer everybody: helpers of one statement, and machine code made for it, cost a page more than they save it.
_alone = "-c max_parallel_workers_per_gather=0 -c jit=off"
# Statements that the server keeps (ADR 0015) are planned once a connection: a plan for each call cost Today up to 15 ms.
_once = "-c plan_cache_mode=force_generic_plan"
# A page gives up after 15 seconds; a migration of a large company may take its time, but waits for no lock.
_patience = "0" if AS_OWNER and not TESTING else "15s"
DATABASES = {"default": database_config(_database)}
DATABASES["default"] |= {
    "ENGINE": "kam.core.postgresql",
    "CONN_MAX_AGE": 0 if TESTING else 600,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        "connect_timeout": 3,
        "options": f"-c statement_timeout={_patience} -c lock_timeout=3s -c timezone=UTC"
        f" -c idle_in_transaction_session_timeout=30s {_alone} {_once}",
    },
    "TEST": {"NAME": env.str("KAM_TEST_DB", default="test_kam")},
}
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
APP_ROLE = env.str("KAM_APP_ROLE", default="kam_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
# Login limits are counted in PostgreSQL, so that they fail closed and survive a flushed Redis.
# Above so many entries a third is thrown out, whatever still counts by them. 300, the default, could be reached on purpose: then
# guesses at a second factor were not limited any more.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kam_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- People ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_number"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "kam.people.adapter.KamAccountAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "kam.people.forms.SignInForm",
    "change_password": "kam.people.forms.NewPasswordForm",
    "reset_password_from_key": "kam.people.forms.ForgottenPasswordForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "KAM"
MFA_FORMS = {
    "authenticate": "kam.people.forms.SecondStepForm",
    "reauthenticate": "kam.people.forms.CodeAgainForm",
    "activate_totp": "kam.people.forms.SecondFactorForm",
}
MFA_ADAPTER = "kam.people.adapter.KamMFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60

# --- Language and time ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "kam.core.formats"
FILTERS_EMPTY_CHOICE_LABEL = "–"  # as in kam.core.forms
LANGUAGES = [
    ("en", _("English")),
    ("zh-hans", _("Simplified Chinese")),
    ("zh-hant", _("Traditional Chinese")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("KAM_TIME_ZONE", default="Asia/Shanghai")

# --- Files ----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "kam.core.finders.NpmFinder",
]
WHITENOISE_USE_FINDERS = LAPTOP
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LAPTOP
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = Path(env.str("KAM_MEDIA_ROOT", default=str(VAR_DIR / "media")))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Security -------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-kam" if HTTPS else "kam"
CSRF_COOKIE_NAME = "__Host-kam-csrf" if HTTPS else "kam-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.bool("KAM_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

# --- Mail -----------------------------------------------------------------------------------------------------
_sink = VAR_DIR / "mail_port"  # where `manage.py up` put the sink of this folder
_sink_port = _sink.read_text() if _sink.exists() else "2525"
EMAIL_CONFIG = environ.Env.email_url_config(env.str("EMAIL_URL", default=f"smtp://localhost:{_sink_port}"))
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("KAM_MAIL_FROM", default="KAM <kam@localhost>")
BASE_URL = env.str("KAM_BASE_URL", default="http://localhost:8000")

# --- Celery (eager mode is forbidden, here and in tests) -------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_TASK_TIME_LIMIT = 180
CELERY_TASK_SOFT_TIME_LIMIT = 150
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"

# --- The house's own ------------------------------------------------------------------------------------------
# TOTP is an obligation for these positions in production; off where the demo department was loaded (12-decisions, 7).
TOTP_REQUIRED = env.bool("KAM_TOTP_REQUIRED", default=not LAPTOP)
METRICS_TOKEN = env.str("KAM_METRICS_TOKEN", default="")
LETTERHEAD = env.str("KAM_LETTERHEAD", default="大客户部")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"answers": {"()": "kam.ops.logs.NotReadyIsAnAnswer"}},
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "django.request": {"filters": ["answers"]},
    },
    "root": {"handlers": ["console"], "level": env.str("KAM_LOG_LEVEL", default="INFO")},
}


def _unsafe_settings() -> list[str]:
    """Return what makes this configuration unsafe for production, one sentence each."""
    found = []
    if len(SECRET_KEY) < 40:
        found.append("SECRET_KEY is missing or shorter than 40 characters.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        found.append("ALLOWED_HOSTS must name the hosts of this site.")
    if not HTTPS:
        found.append("KAM_HTTPS=1 is required: cookies and HSTS depend on it.")
    if not env.str("DATABASE_URL", default=""):
        found.append("DATABASE_URL is missing.")
    if SKIP_LOCKS:
        found.append("KAM_TEST_SKIP_LOCKS is only for tests.")
    return found


if SKIP_LOCKS and not TESTING:
    raise ImproperlyConfigured("KAM_TEST_SKIP_LOCKS is only for tests.")
if not LAPTOP and (_unsafe := _unsafe_settings()):
    raise ImproperlyConfigured("KAM does not start with unsafe settings:\n- " + "\n- ".join(_unsafe))
SECRET_KEY = SECRET_KEY or "laptop-only-" + "0" * 40

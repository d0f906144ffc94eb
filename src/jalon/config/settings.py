"""How this installation runs, read once from the environment; a missing secret stops it at once.

JALON_MODE is `production` (default), `demo`, `dev` or `test`. The embedded PostgreSQL is started for
the demo and for development, and for tests without DATABASE_URL; production refuses to run without
an address. Only development shows what went wrong to whoever looks (DEBUG).
"""

import os
import secrets
from pathlib import Path
from typing import Any

import psycopg
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from jalon.config import answering
from jalon.logs.config import logging_of

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("JALON_VAR", ROOT / "var"))
MODE = os.environ.get("JALON_MODE", "production")
PRODUCTION, DEMO, DEV, TEST = (one == MODE for one in ("production", "demo", "dev", "test"))
if not (PRODUCTION or DEMO or DEV or TEST):
    raise ImproperlyConfigured(f"JALON_MODE is {MODE!r}: production, demo, dev or test is meant")


def required(name: str) -> str:
    """Return a setting that production cannot do without."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is missing from the environment")
    return value


def number(name: str, default: int) -> int:
    """Return a setting that must be a whole number."""
    value = os.environ.get(name, "")
    if value and not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}: a whole number is meant")
    return int(value or default)


def strong(secret: str) -> str:
    """Return a secret key, unless it is too short to protect anybody."""
    if len(secret) < 50:
        raise ImproperlyConfigured("JALON_SECRET_KEY is shorter than 50 characters")
    return secret


def token(said: str) -> str:
    """Return the token of the measures, empty for none, unless it is short enough to be guessed."""
    if said and len(said) < 32:
        raise ImproperlyConfigured("JALON_METRICS_TOKEN is shorter than 32 characters")
    return said


def kept_secret() -> str:
    """Return this machine's own key for the demo and the tests, made on first use."""
    kept = VAR / "secret_key"
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64))
    return kept.read_text()


#: Values are sent apart from the text, and a statement sent often is planned once for a connection.
PREPARED = {
    "server_side_binding": True,
    "prepare_threshold": number("JALON_PREPARE_AFTER", 5) or None,
}


#: Set by the commands that migrate: the role that owns the tables, where there are two (production).
AS_OWNER = os.environ.get("JALON_AS_OWNER") == "1"
#: Set by the demonstration for what it serves: pages and worker run under a role that owns nothing.
RESTRICTED = (DEMO or DEV) and os.environ.get("JALON_RESTRICTED") == "1"
#: Set by `./jalon serve`: what a page asks is cut short where a job or a command may take its time.
PAGES = os.environ.get("JALON_PAGES") == "1"
#: Seconds that a statement of a page may take, waiting for a lock included; 0 for as long as it likes.
PAGE_SECONDS = number("JALON_PAGE_SECONDS", 15)


#: What PostgreSQL takes a page read anywhere to cost beside one read in order. It takes 4 unless told, as on a
#: disk with heads, and then reads whole tables where an index leads to some hundred rows.
READ_ANYWHERE = "1.1"


def session(options: str) -> dict[str, str]:
    """Return the options of a connection: what is known of the disk and, of a page, how long a statement may take.

    Those of the address come last, and win; behind a pooler that takes no options, there are none of ours.
    """
    own = {"random_page_cost": READ_ANYWHERE} if PAGE_SECONDS else {}
    if PAGES and PAGE_SECONDS:
        own["statement_timeout"] = f"{PAGE_SECONDS}s"
    said = " ".join([*(f"-c {name}={value}" for name, value in own.items()), options]).strip()
    return {"options": said} if said else {}


def database() -> dict[str, Any]:
    """Return Django's description of the one database."""
    address = required("DATABASE_URL") if PRODUCTION else os.environ.get("DATABASE_URL", "")
    if AS_OWNER:
        address = os.environ.get("JALON_OWNER_DATABASE_URL") or address
    if (DEMO or DEV) and address:
        raise ImproperlyConfigured(f"the {MODE} mode uses its own database: unset DATABASE_URL")
    if not address:
        from jalon.config import embedded

        folder = VAR / ("postgres-test" if TEST else "postgres")
        address = embedded.start(folder, durable=not TEST)
        address = embedded.ensure_database(address, "jalon_dev" if DEV else "jalon")
        if RESTRICTED and not AS_OWNER:
            address = embedded.restricted(address)
    try:
        parts = psycopg.conninfo.conninfo_to_dict(address)
    except psycopg.ProgrammingError as error:
        raise ImproperlyConfigured("DATABASE_URL is not the address of a PostgreSQL") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "jalon"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "OPTIONS": {"connect_timeout": 3}
        | {
            name: value
            for name, value in parts.items()
            if name not in ("dbname", "user", "password", "host", "port")
        }
        | session(str(parts.get("options", "")))
        | PREPARED
        | ({} if TEST else {"pool": pool()}),
    }


def pool() -> dict[str, Any]:
    """Return how connections are kept; those of the pages give up on a server that says nothing."""
    kept: dict[str, Any] = {"min_size": 1, "max_size": 8, "timeout": 5}
    if PAGES and PAGE_SECONDS:
        kept["connection_class"] = answering.within(PAGE_SECONDS + 5)
    return kept


SECRET_KEY = strong(required("JALON_SECRET_KEY")) if PRODUCTION else kept_secret()
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
if PRODUCTION:
    ALLOWED_HOSTS = [host.strip() for host in required("JALON_HOSTS").split(",") if host.strip()]
else:
    ALLOWED_HOSTS = [*LOOPBACK, "testserver"] if TEST else LOOPBACK
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []
DEBUG = DEV

INSTALLED_APPS = [
    "jalon.queue",
    "jalon.catalogue",
    "jalon.people",
    "jalon.journeys",
    "jalon.writing",
    "jalon.documents",
    "jalon.support",
    "jalon.juries",
    "jalon.mailbox",
    "jalon.web",
    "jalon.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "pgtrigger",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

#: The demonstration's pages, where one becomes any of its people, exist nowhere else.
if DEMO or DEV or TEST:
    INSTALLED_APPS.insert(0, "jalon.demo")

#: Where the worker looks for what it may be asked to do.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
#: What a worker that was stopped for a night had to do at its hour is done when it comes back.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 12 * 60 * 60}

MIDDLEWARE = [
    "jalon.web.requests.Referenced",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "jalon.web.middleware.PrivatePages",
    "jalon.web.requests.Known",
    "jalon.web.limits.BodyLimit",
    "allauth.account.middleware.AccountMiddleware",
    "jalon.web.middleware.SignedOutForm",
    "jalon.web.middleware.StaffSecondFactor",
    "jalon.web.once.Once",
]
#: What a page has to say waits in the session: an answer that a second click throws away loses nothing.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CSRF_FAILURE_VIEW = "jalon.web.errors.form_expired"
ROOT_URLCONF = "jalon.config.urls"
WSGI_APPLICATION = "jalon.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "src" / "jalon" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["jalon.web.templatetags.jalon", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jalon.web.context.site_frame",
            ],
        },
    }
]

DATABASES = {"default": database()}
#: How many counts are kept: past that, some are forgotten, and whoever they held back starts anew.
COUNTS_KEPT = 20_000
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
        if PRODUCTION  # the limits on signing in hold for all web processes together
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
    | {"OPTIONS": {"MAX_ENTRIES": COUNTS_KEPT}}
}

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = Path(
    os.environ.get("JALON_FILES", VAR / ("files" if PRODUCTION or DEMO else f"files-{MODE}"))
)
#: Where backups go; once it is said, a backup older than a day is late.
BACKUPS = Path(found) if (found := os.environ.get("JALON_BACKUPS", "")) else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TEST or DEV
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TEST or DEV
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "jalon.web.receiving.LargeFiles",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_LIMIT = 15 * 1024 * 1024

# ---------------------------------------------------------------- signing in

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "jalon.web.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "jalon.web.accounts.NameForm"
ACCOUNT_FORMS = {
    "login": "jalon.web.staff_login.StaffLoginForm",
    "request_login_code": "jalon.web.sign_in.AddressForm",
    "reset_password_from_key": "jalon.web.staff_login.NewPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
#: A code opens for a quarter of an hour: a mail server that is slow leaves time to type it.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Jalon : "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ALLAUTH_TRUSTED_PROXY_COUNT = number("JALON_PROXIES", 1 if PRODUCTION else 0)
#: Beyond the library's own: somebody who signs up again at once, not having seen a mail, is let in.
SIGNING_UP_LIMITS = {"confirm_email": "3/m/key"}
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = False if TEST else SIGNING_UP_LIMITS
if TEST:
    MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Jalon"
MFA_FORMS = {
    "authenticate_webauthn": "jalon.web.passkeys.ProvingForm",
    "login_webauthn": "jalon.web.passkeys.LoginForm",
    "reauthenticate_webauthn": "jalon.web.passkeys.ReauthenticateForm",
    "add_webauthn": "jalon.web.passkeys.AddForm",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "public:after_sign_in"
LOGOUT_REDIRECT_URL = "public:home"
SECOND_FACTOR_FOR_STAFF = PRODUCTION or os.environ.get("JALON_SECOND_FACTOR") == "1"

# ---------------------------------------------------------------- protection

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TEST
    else ["django.contrib.auth.hashers.ScryptPasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# ---------------------------------------------------------------- mail and logs

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else "jalon.mailbox.outbox.RecordingBackend"
)
EMAIL_HOST = os.environ.get("JALON_SMTP_HOST", "localhost")
EMAIL_PORT = number("JALON_SMTP_PORT", 25)
EMAIL_HOST_USER = os.environ.get("JALON_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("JALON_SMTP_PASSWORD", "")
#: A mail server that hangs is left after so many seconds; what it did not take is tried again.
EMAIL_TIMEOUT = 10
EMAIL_USE_TLS = os.environ.get("JALON_SMTP_TLS", "") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("JALON_FROM", "Jalon <ne-pas-repondre@exemple.fr>")
#: Whom people may call or write to: every page and every e-mail says it.
CONTACT_NAME = os.environ.get("JALON_CONTACT_NAME", "AFPI Grand Ouest Normandie")
CONTACT_EMAIL = os.environ.get("JALON_CONTACT_EMAIL", "vae@fibn.fr")
CONTACT_PHONE = os.environ.get("JALON_CONTACT_PHONE", "02 31 46 77 11")
CONTACT_SITE = os.environ.get("JALON_CONTACT_SITE", "www.formation-industries-bn.fr")
#: Whether somebody chose it: an installation of another organisation would else show AFPI's.
CONTACT_CHOSEN = "JALON_CONTACT_NAME" in os.environ or not PRODUCTION
CONTACT_HOURS = os.environ.get("JALON_CONTACT_HOURS", "")
#: What accompanying costs, in words, on the public pages; they promise nothing unless it is set.
PRICE = os.environ.get("JALON_PRICE", "")
#: The organisation's declaration of activity; without it, no page speaks of it (R-129).
ACTIVITY_NUMBER = os.environ.get("JALON_ACTIVITY_NUMBER", "")
SITE_ADDRESS = os.environ.get(
    "JALON_ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000"
)

LOGGING = logging_of(production=PRODUCTION)
#: What Prometheus brings to read `/metrics`; without it, nobody does.
METRICS_TOKEN = token(os.environ.get("JALON_METRICS_TOKEN", ""))

SILENCED_SYSTEM_CHECKS = ["account.W001"]

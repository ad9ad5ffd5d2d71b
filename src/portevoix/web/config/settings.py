"""The settings of the site: one file, read from the environment (docs/howto/installer.md)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dsfr
from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from portevoix.web.config.databases import database
from portevoix.web.config.environment import Environment
from portevoix.web.config.secrets import checked_key, kept_key

_env = Environment()

# --- What kind of site ---------------------------------------------------------------------------
PORTEVOIX_MODE = _env.choice(
    "PORTEVOIX_MODE", ("demonstration", "production", "test"), "demonstration"
)
_production = PORTEVOIX_MODE == "production"
PORTEVOIX_DEMONSTRATION = PORTEVOIX_MODE == "demonstration"
PORTEVOIX_THEME = _env.choice("PORTEVOIX_THEME", ("dsfr", "neutral"), "dsfr")
PORTEVOIX_NAME = _env.text("PORTEVOIX_NAME", "Porte-voix")
PORTEVOIX_PUBLISHER = _env.text("PORTEVOIX_PUBLISHER", None if _production else "Porte-voix")
PORTEVOIX_CONTACT = _env.text(
    "PORTEVOIX_CONTACT", None if _production else "contact@porte-voix.example"
)
# Who is told at once that someone must be looked after; else those who administer the site.
PORTEVOIX_ALERT_ADDRESSES = _env.words("PORTEVOIX_ALERT_ADDRESSES", "")
PORTEVOIX_HOME = _env.folder("PORTEVOIX_HOME", "var")
# Where the articles are indexed for search and drafts; nowhere, in memory, when None.
PORTEVOIX_INDEX: Path | None = PORTEVOIX_HOME / "index"
PORTEVOIX_SECOND_FACTOR = _env.choice(
    "PORTEVOIX_SECOND_FACTOR", ("required", "optional"), "required" if _production else "optional"
)
DEBUG = False

SECRET_KEY = (
    checked_key(_env.text("PORTEVOIX_SECRET_KEY"))
    if _production
    else _env.text("PORTEVOIX_SECRET_KEY", "") or kept_key(PORTEVOIX_HOME)
)
# Former keys, so that links and sessions outlive a change of key.
SECRET_KEY_FALLBACKS = _env.words("PORTEVOIX_FORMER_SECRET_KEYS", "")

# --- Where it answers ----------------------------------------------------------------------------
PORT = _env.integer("PORT", 8000, least=1)
ALLOWED_HOSTS = _env.words("PORTEVOIX_HOSTS", None if _production else "localhost,127.0.0.1,[::1]")
PORTEVOIX_TLS = _env.yes_no("PORTEVOIX_TLS", default=_production)
PORTEVOIX_BASE_URL = _env.text(
    "PORTEVOIX_BASE_URL",
    f"https://{ALLOWED_HOSTS[0]}" if PORTEVOIX_TLS else f"http://127.0.0.1:{PORT}",
).rstrip("/")
CSRF_TRUSTED_ORIGINS = [PORTEVOIX_BASE_URL] if PORTEVOIX_TLS else []
ROOT_URLCONF = "portevoix.web.config.urls"
ASGI_APPLICATION = "portevoix.web.config.asgi.application"

# --- Parts ---------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "portevoix.web.public",
    "portevoix.web.desk",
    "portevoix.web.administration",
    "portevoix.web.api",
    "portevoix.web.author",
    "portevoix.web.work",
    "portevoix.web.deposit",
    "portevoix.web.notes",
    "portevoix.web.replies",
    "portevoix.web.moderation",
    "portevoix.web.knowledge",
    "portevoix.web.voice",
    "portevoix.web.experiences",
    "portevoix.web.runs",
    "portevoix.web.directory",
    "portevoix.web.accounts",
    "portevoix.web.journal",
    "portevoix.web.mail",
    "portevoix.web.clock",
    "portevoix.web.ui",
    # After our own, whose templates come first.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "portevoix.web.ui.middleware.SayWhatWasServed",
    "django.middleware.security.SecurityMiddleware",
    "portevoix.web.ui.middleware.PermissionsPolicy",
    "portevoix.web.ui.middleware.RefuseImpossiblePlaces",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portevoix.web.accounts.middleware.AskSecondFactor",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portevoix.web.ui.context.site",
                "portevoix.web.accounts.context.workspace",
            ],
            "builtins": ["portevoix.web.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "portevoix.web.ui.forms.Renderer"

# --- Data ----------------------------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_sqlite = f"sqlite:///{PORTEVOIX_HOME / 'portevoix.sqlite3'}"
DATABASES: dict[str, Any] = {
    "default": database(_env.text("DATABASE_URL", None if _production else _sqlite), _env)
}
CACHES = {
    # Shared by the processes and kept through a restart: rate limits and lock-out rely on it.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Of one process: figures that may be a few minutes old.
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# What the clock does again and again (`portevoix.web.clock`): function → interval.
PORTEVOIX_JOBS = {
    "portevoix.web.mail.actions.deliver_due": timedelta(seconds=2),
    "portevoix.web.replies.drafting.publish_due": timedelta(seconds=20),
    "portevoix.web.replies.lots.draw_waiting": timedelta(minutes=1),
    "portevoix.web.work.digests.tell_agents": timedelta(minutes=1),
    "portevoix.web.deposit.actions.forget_old": timedelta(hours=1),
    "portevoix.web.notes.tasks.keep_up": timedelta(minutes=1),
    "portevoix.web.moderation.actions.settle_due": timedelta(seconds=2),
    "portevoix.web.moderation.actions.propose_missing": timedelta(seconds=4),
    "portevoix.web.moderation.appeals.forget_withdrawn": timedelta(hours=1),
    "portevoix.web.api.tasks.mask_new_replies": timedelta(minutes=10),
    "portevoix.web.api.anonymity.measure": timedelta(days=1),
    "portevoix.web.api.tasks.keep_asking": timedelta(seconds=20),
    "portevoix.web.notes.tasks.measure_effects": timedelta(days=1),
}

# --- People --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Agent"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# What ANSSI advises (2021): length, no common password, no rule on the kinds of characters.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "portevoix.web.accounts.passwords.NotTooSimple"},
]
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=24).total_seconds())
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("desk:home")
LOGOUT_REDIRECT_URL = reverse_lazy("public:home")
ACCOUNT_ADAPTER = "portevoix.web.accounts.adapters.AgentAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# After five wrong passwords an account waits a quarter of an hour, whoever is trying.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/900s/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PORTEVOIX_TLS else "http"
_forms = "portevoix.web.accounts.forms"
ACCOUNT_FORMS = {
    "login": f"{_forms}.LoginForm",
    "reset_password": f"{_forms}.ResetPasswordForm",
    "reset_password_from_key": f"{_forms}.ResetPasswordKeyForm",
    "change_password": f"{_forms}.ChangePasswordForm",
    "reauthenticate": f"{_forms}.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": f"{_forms}.CodeForm",
    "reauthenticate": f"{_forms}.CodeAgainForm",
    "activate_totp": f"{_forms}.ActivateForm",
}
MFA_ADAPTER = "portevoix.web.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = PORTEVOIX_NAME
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
SOCIALACCOUNT_ADAPTER = "portevoix.web.accounts.adapters.IdentityAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_LOGIN_ON_GET = False
PORTEVOIX_OIDC_SERVER = _env.text("PORTEVOIX_OIDC_SERVER", "")
_identity_origin = (
    ["{0.scheme}://{0.netloc}".format(urlsplit(PORTEVOIX_OIDC_SERVER))]
    if PORTEVOIX_OIDC_SERVER
    else []
)
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "provider_class": "portevoix.web.accounts.identity.IdentityProvider",
        "APPS": [],
    }
}
if PORTEVOIX_OIDC_SERVER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "proconnect",
            "name": _env.text("PORTEVOIX_OIDC_NAME", "ProConnect"),
            "client_id": _env.text("PORTEVOIX_OIDC_CLIENT"),
            "secret": _env.text("PORTEVOIX_OIDC_SECRET"),
            "settings": {
                "server_url": PORTEVOIX_OIDC_SERVER,
                "scope": ["openid", "email", "given_name", "usual_name"],
                "token_auth_method": "client_secret_post",
                "oauth_pkce_enabled": True,
            },
        }
    )

# --- Messages ------------------------------------------------------------------------------------
_mail = _env.text("PORTEVOIX_MAIL_SERVER", "")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _mail
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = PORTEVOIX_HOME / "mail"
EMAIL_HOST, _, _mail_port = _mail.partition(":")
EMAIL_PORT = int(_mail_port) if _mail_port.isdigit() else 25
EMAIL_HOST_USER = _env.text("PORTEVOIX_MAIL_USER", "")
EMAIL_HOST_PASSWORD = _env.text("PORTEVOIX_MAIL_PASSWORD", "")
EMAIL_USE_TLS = _env.yes_no("PORTEVOIX_MAIL_TLS", default=_production and bool(_mail))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = f"{PORTEVOIX_NAME} <{PORTEVOIX_CONTACT}>"

# --- Language and time ---------------------------------------------------------------------------
# No LocaleMiddleware: the site speaks French, whatever the browser asks.
LANGUAGE_CODE = "fr"
USE_I18N = True
# The plurals of French: singular for zero. Made again by scripts/words.
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# --- Files of the pages --------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = PORTEVOIX_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = not _production
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# A thousand icons of a few hundred bytes: compressing them takes a minute and saves nothing.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("svg", "png", "ico", "woff", "woff2", "gz", "br")
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portevoix.web.ui.finders.DesignSystemFinder",
]
DSFR_FILES = Path(dsfr.__file__).parent / "static" / "dsfr" / "dist"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portevoix.web.ui.storage.Files"},
}

# --- Protections ---------------------------------------------------------------------------------
SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PORTEVOIX_TLS
SESSION_COOKIE_NAME = "__Host-session" if PORTEVOIX_TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PORTEVOIX_TLS else "csrf"
CSRF_FAILURE_VIEW = "portevoix.web.ui.views.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if PORTEVOIX_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PORTEVOIX_TLS
SECURE_SSL_REDIRECT = PORTEVOIX_TLS
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
if _env.yes_no("PORTEVOIX_BEHIND_PROXY", default=_production):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Lists, searches and downloads, for one address: a whole office may stand behind it.
PORTEVOIX_READS_PER_MINUTE = _env.integer("PORTEVOIX_READS_PER_MINUTE", 300, least=10)
# What an address may ask of the API in a minute; with a key, its own number an hour.
PORTEVOIX_API_PER_MINUTE = _env.integer("PORTEVOIX_API_PER_MINUTE", 60, least=1)
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
_base = urlsplit(PORTEVOIX_BASE_URL)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Some browsers do not count the socket of a dictation as the site itself.
        "connect-src": [SELF, f"{'wss' if PORTEVOIX_TLS else 'ws'}://{_base.netloc}"],
        # The design system draws a few arrows as data: images; the QR code of a second factor too.
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        # A browser also holds to it where a form leads: to the identity provider.
        "form-action": [SELF, *_identity_origin],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": PORTEVOIX_TLS,
    }
}

# --- Dictation, for each process that serves -----------------------------------------------------
PORTEVOIX_DICTATIONS = _env.integer("PORTEVOIX_DICTATIONS", 20, least=1)
PORTEVOIX_DICTATIONS_PER_VISITOR = _env.integer("PORTEVOIX_DICTATIONS_PER_VISITOR", 5, least=1)

# --- Logs: identifiers, never what people wrote ---------------------------------------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "portevoix.web.config.logs.WithoutPaths"}},
    "formatters": {"plain": {"()": "portevoix.web.config.logs.WithoutMessages"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["private"],
        }
    },
    "root": {
        "handlers": ["console"],
        "level": _env.choice(
            "PORTEVOIX_LOG_LEVEL",
            ("DEBUG", "INFO", "WARNING"),
            "WARNING" if PORTEVOIX_DEMONSTRATION else "INFO",
        ),
    },
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Django says every 404 with its address: ours are said by route.
        "django.request": {"level": "ERROR"},
        "django_tasks_db": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django_tasks": {"level": "WARNING"},
    },
}

# The engine was made for a proxy or for the tests: nothing else may be set by mistake.
_env.refuse_unknown()

"""All settings. Everything changeable comes from the environment through typed readers that fail loudly at start."""

from csp.constants import NONE, SELF

from gongjian.config.environment import Environment, database, secret
from gongjian.kernel.home import home
from gongjian.kernel.spilled import spilled

env = Environment()

DEBUG = env.bool("GONGJIAN_DEBUG", default=False)
DEMO = env.bool("GONGJIAN_DEMO", default=False)
"""The demo city: one-click sign-in of the cast. Never true where real people are served."""
SECRET_KEY = secret("GONGJIAN_SECRET_KEY")
FIELD_KEY = secret("GONGJIAN_FIELD_KEY")
"""Key material of the encrypted fields and the blind index; losing it loses the identity numbers."""
EVIDENCE_KEY = secret("GONGJIAN_EVIDENCE_KEY")
ALLOWED_HOSTS = env.list("GONGJIAN_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("GONGJIAN_ORIGINS", default=[])
SITE_URL = env.str("GONGJIAN_SITE_URL", default="http://127.0.0.1:8000")
"""Base of the addresses printed on papers (QR codes), without a trailing slash."""
HTTPS = env.bool("GONGJIAN_HTTPS", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
    "health_check",
    "gongjian.kernel",
    "gongjian.accounts",
    "gongjian.parties",
    "gongjian.experts",
    "gongjian.cases",
    "gongjian.papers",
    "gongjian.materials",
    "gongjian.applications",
    "gongjian.recognition",
    "gongjian.deaths",
    "gongjian.appraisal",
    "gongjian.sittings",
    "gongjian.scheduling",
    "gongjian.recordings",
    "gongjian.draws",
    "gongjian.opinions",
    "gongjian.conclusions",
    "gongjian.delivery",
    "gongjian.benefits",
    "gongjian.reception",
    "gongjian.remote",
    "gongjian.archives",
    "gongjian.exchange",
    "gongjian.authenticity",
    "gongjian.claims",
    "gongjian.jurisdiction",
    "gongjian.portal",
    "gongjian.desk",
    "gongjian.workbench",
    "gongjian.kits",
    "gongjian.public",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongjian.kernel.unshared.UnsharedMiddleware",
    "gongjian.kernel.unkeepable.UnkeepableMiddleware",
    "gongjian.kernel.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "gongjian.config.urls"
WSGI_APPLICATION = "gongjian.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongjian.kernel.frame.frame",
            ]
        },
    }
]
FORM_RENDERER = "gongjian.kernel.frame.FormRenderer"

DATABASES = {"default": database(env)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PGTRIGGER_INSTALL_ON_MIGRATE = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "gongjian.accounts.backends.TelephoneCodeBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = env.int("GONGJIAN_SIGN_IN_ATTEMPTS", default=5)
AXES_COOLOFF_TIME = env.float("GONGJIAN_SIGN_IN_COOLOFF_HOURS", default=0.25)
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_LOCKOUT_CALLABLE = "gongjian.accounts.views.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "telephone", "code", "token", "csrfmiddlewaretoken", "next", "_draft"]
"""What is masked in the record of a failed attempt."""
AXES_VERBOSE = False
SECOND_FACTOR_REQUIRED = env.bool("GONGJIAN_SECOND_FACTOR", default=False)
"""Whether every member of staff and every expert must sign in with a second factor."""

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.int("GONGJIAN_SESSION_SECONDS", default=8 * 3600)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "gongjian.kernel.refusals.form_expired"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DATETIME_FORMAT = "Y-m-d H:i"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "evidence": {
        "BACKEND": env.str("GONGJIAN_EVIDENCE_STORAGE", default="gongjian.kernel.evidence.storage.LocalStorage"),
        "OPTIONS": env.json("GONGJIAN_EVIDENCE_STORAGE_OPTIONS", default={}),
    },
}
GONGJIAN_HOME = home()
"""Where files of this installation live: evidence, keys, the embedded database."""
EVIDENCE_MAX_BYTES = env.int("GONGJIAN_UPLOAD_MAX_MB", default=50) * 1024 * 1024
ICE_SERVERS = env.json("GONGJIAN_ICE_SERVERS", default=[])
"""STUN and TURN servers by which browsers of a sitting at a distance find each other, as browsers want them; none: by their own addresses."""
ICE_RELAY_ONLY = env.bool("GONGJIAN_ICE_RELAY_ONLY", default=False)
RECORDING_VIDEO_KBPS = env.int("GONGJIAN_RECORDING_VIDEO_KBPS", default=400)
RECORDING_AUDIO_KBPS = env.int("GONGJIAN_RECORDING_AUDIO_KBPS", default=32)
RECORDING_MINUTES = env.int("GONGJIAN_RECORDING_MINUTES", default=60)
RECORDING_PIECE_SECONDS = env.int("GONGJIAN_RECORDING_PIECE_SECONDS", default=4)
RECORDING_SPARE_MB = env.int("GONGJIAN_RECORDING_SPARE_MB", default=2000)
"""Rates and longest time of one recording of an examination, how long a piece of it is, and what must stay free on the disk beside it."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = str(spilled(GONGJIAN_HOME))
"""What is larger is received here, in a folder that only we may enter: it is as plain as it comes."""
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "gongjian.kernel.uploads.PrivateFileUploadHandler",
]

KIT_HOURS = env.int("GONGJIAN_KIT_HOURS", default=12)
"""How long a kit may be away before the device forgets what is in it and its code is destroyed."""
REGION = env.str("GONGJIAN_REGION", default="990100")
"""Code of the region whose parameter files overlay the national ones."""
PAPER_FONTS = env.list("GONGJIAN_PAPER_FONTS", default=[])
"""Folders with further fonts (TTF, OTF) for rare characters of names that the shipped face lacks."""
COPY_WEBHOOKS = env.json("GONGJIAN_COPY_WEBHOOKS", default={})
"""Code of an office → address of its system: where notice of a copied conclusion goes; without one, to its staff's boxes."""
INQUIRY_SOURCES = env.json("GONGJIAN_INQUIRY_SOURCES", default={})
"""health, insurance, hospital → {"url", "token"} of the body that answers inquiries about papers; one that is not named is not offered."""
DEMO_GATEWAY = "gongjian.kernel.outbox.gateways.DemoGateway"
SMS_GATEWAY = env.str("GONGJIAN_SMS_GATEWAY", default="") or (DEMO_GATEWAY if DEMO else "")
"""Class that hands text messages to the provider; without one, text messages fail and become somebody's task."""
SMS_GATEWAY_URL = env.str("GONGJIAN_SMS_GATEWAY_URL", default="")
SMS_GATEWAY_TOKEN = env.str("GONGJIAN_SMS_GATEWAY_TOKEN", default="")
EMAIL_FROM = env.str("GONGJIAN_EMAIL_FROM", default="gongjian@localhost")
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}
"""What is to be done is in rows; a job that has run leaves nothing behind."""
EMAIL_BACKEND = env.str("GONGJIAN_EMAIL_BACKEND", default="django.core.mail.backends.locmem.EmailBackend")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "gongjian.kernel.logs.formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("GONGJIAN_LOG_LEVEL", default="WARNING")},
}
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"

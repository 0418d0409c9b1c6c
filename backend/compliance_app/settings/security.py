"""Who gets in, and what a browser may do with our pages: sessions, lockout, content security policy."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

SESSION_ENGINE = "accounts.models.session"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60  # seconds
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "web.errors.csrf_failure"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.authentication.EmailOrUsernameBackend",
]

# Lockout: five wrong passwords for one person from one address close that pair for a quarter of an hour. Knocking in
# the meantime does not prolong it.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "accounts.authentication.lockout_name"
AXES_CLIENT_IP_CALLABLE = "accounts.client_address.client_address"
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "web.errors.locked_out"

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Features that no page of ours uses; the rest are the browser's defaults.
PERMISSIONS_POLICY = dict.fromkeys(
    [
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer"),
        *("microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
    ],
    "()",
)

# Who watches the product asks from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]


def content_security_policy(storage_url: str | None) -> dict[str, dict[str, list[str]]]:
    """Nothing from elsewhere, nothing inline; videos, pictures and parts of uploads may go to and from the bucket."""
    storage = []
    if storage_url:
        parts = urlsplit(storage_url)
        storage = [f"{parts.scheme}://{parts.netloc}"]
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:", "blob:", *storage],
            "media-src": [SELF, "blob:", *storage],
            "connect-src": [SELF, *storage],
            "font-src": [SELF],
            "worker-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    }

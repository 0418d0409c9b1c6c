"""What may be written into each variable and what may not; several tests go through this table."""

from __future__ import annotations

from dataclasses import dataclass

GOOD_KEY = "k3j2qwertyuiop#asdfghjkl$zxcvbnm(1234567890)abcdef-XYZ"

PRODUCTION = {
    "DJANGO_ENV": "production",
    "SECRET_KEY": GOOD_KEY,
    "ALLOWED_HOSTS": "yourapp.ondigitalocean.app,.yourdomain.com",
    "DATABASE_URL": "postgresql://doadmin:Zx9%23Vb7%2Fq@db-1.example.com:25060/defaultdb?sslmode=require",
    "REDIS_URL": "rediss://default:Redis5ecret@redis-1.example.com:25061",
    "REPLICATE_API_TOKEN": "r8_Q1w2E3r4T5y6",
    "BACKBLAZE_ENDPOINT_URL": "https://s3.us-west-000.backblazeb2.com",
    "BACKBLAZE_APPLICATION_KEY_ID": "000a1b2c3d4e5f60000000001",
    "BACKBLAZE_APPLICATION_KEY": "K000Zq8wErTyUiOpAsDf",
    "BACKBLAZE_BUCKET_NAME": "ai-compliance-production",
    "CLOUDFLARE_CDN_URL": "https://cdn.yourdomain.com",
    "EMAIL_HOST": "smtp.sendgrid.net",
    "EMAIL_PORT": "587",
    "EMAIL_HOST_USER": "apikey",
    "EMAIL_HOST_PASSWORD": "SG.pAss w0rd",
    "DEFAULT_FROM_EMAIL": "noreply@yourdomain.com",
    "METRICS_TOKEN": "m3tr1cs-Qw8Er5Ty2Ui9Op",
}
"""A complete production configuration with nothing to complain about."""


@dataclass(frozen=True)
class Cases:
    """Texts of one variable: fine everywhere, unreadable everywhere, unreadable or insecure in production."""

    fine: tuple[str, ...]
    malformed: tuple[str, ...] = ()
    malformed_in_production: tuple[str, ...] = ()
    insecure: tuple[str, ...] = ()


_WHOLE = ("0", "-1", "1.5", "много", "1_000", "٣", "9" * 5000)
_SMTP, _CONSOLE, _DUMMY = (f"django.core.mail.backends.{name}.EmailBackend" for name in ("smtp", "console", "dummy"))
_MODEL = Cases(
    fine=("openai/whisper", "owner/model.v2:4d50797290df"),
    malformed=("whisper", "owner/", "owner/name:...", "https://replicate.com/openai/whisper", "owner/na me"),
)
_DICTIONARY = Cases(
    fine=(".env.example", "docs/../.env.example"),
    malformed=("missing.txt", "docs", "~nobody-of-this-name/x", "a" * 5000),
)

CASES: dict[str, Cases] = {
    "DJANGO_ENV": Cases(fine=("production",), malformed=("prodution", "Production", "dev", "${DJANGO_ENV}")),
    "SECRET_KEY": Cases(
        fine=(GOOD_KEY, "ключ-" * 11),
        malformed=("${SECRET_KEY}",),
        insecure=("dev-secret-key", "django-insecure-" + GOOD_KEY, "ab" * 40, "change-me" * 9, GOOD_KEY[:49]),
    ),
    "ALLOWED_HOSTS": Cases(
        fine=("a.ru", ".a.ru, b.ru", "127.0.0.1", "[::1]", "xn--e1afmkfd.xn--p1ai"),
        malformed=("https://a.ru", "a.ru:8000", "a.ru/x", "a.ru,,b.ru", "пример.рф", "a b.ru", "a.ru."),
        insecure=("*", "a.ru,*"),
    ),
    "DATABASE_URL": Cases(
        fine=("postgres://user:pass@host:5432/db", "postgresql://user@10.0.0.1/db?sslmode=require"),
        malformed=(
            "sqlite:///db.sqlite3",
            "mysql://u:p@h/db",
            "postgres://u:p#w@h:5432/db",
            "postgres://u:p@h:port/db",
            "postgres://u:p@h:5432",
            "postgres:///db",
            "postgres://u:p@[::1/db",
            "postgres://u:p@h:70000/db",
            "${db.DATABASE_URL}",
        ),
    ),
    "REDIS_URL": Cases(
        fine=("redis://localhost:6379/0", "rediss://default:password@host:25061", "redis://localhost"),
        malformed=("localhost:6379", "http://localhost:6379", "redis://:6379", "redis://h:port/0", "redis://h/first"),
    ),
    "REPLICATE_API_TOKEN": Cases(
        fine=("r8_abc123...",),
        malformed=("r8 abc", "r8_ключ"),
        malformed_in_production=("dummy_token", "r8_"),
        insecure=("r8_your_token_here",),
    ),
    "BACKBLAZE_ENDPOINT_URL": Cases(
        fine=("https://s3.eu-central-003.backblazeb2.com/", "https://s3.example.com:9000"),
        malformed=("s3.us-west-000.backblazeb2.com", "ftp://s3.example.com", "https://", "https://u:p@s3.example.com"),
        insecure=("http://s3.us-west-000.backblazeb2.com",),
    ),
    "BACKBLAZE_APPLICATION_KEY_ID": Cases(
        fine=("000abc123",), malformed=("000 abc", "ключ-Z"), insecure=("your_key_id", "test_key_id")
    ),
    "BACKBLAZE_APPLICATION_KEY": Cases(
        fine=("K000AbC",), malformed=("K000 AbC", "ключ-Z"), insecure=("your_application_key", "test_key")
    ),
    "BACKBLAZE_BUCKET_NAME": Cases(
        fine=("ai-compliance-videos",), malformed=("ab", "my_bucket", "бакет", "-x-"), insecure=("your-bucket-name",)
    ),
    "CLOUDFLARE_CDN_URL": Cases(
        fine=("https://cdn.yourdomain.com/",),
        malformed=("cdn.yourdomain.com", "https://cdn.example.com/?a=b", "https://c d.com"),
        insecure=("http://cdn.yourdomain.com",),
    ),
    "EMAIL_HOST": Cases(
        fine=("smtp.gmail.com", "mail"), malformed=("smtp://smtp.gmail.com", "smtp.gmail.com:587", "*", ".x.ru")
    ),
    "EMAIL_PORT": Cases(fine=("25", "65535"), malformed=(*_WHOLE, "65536")),
    "EMAIL_HOST_USER": Cases(fine=("apikey", "a@b.ru"), malformed=("${USER}",)),
    "EMAIL_HOST_PASSWORD": Cases(fine=("abcd efgh",), malformed=("${PASS}",), insecure=("your-app-password",)),
    "DEFAULT_FROM_EMAIL": Cases(
        fine=("a@b.ru", "Проверка видео <a@b.ru>"), malformed=("noreply", "@b.ru", "a@", "a@b.ru, c@d.ru", "<>")
    ),
    "DEBUG": Cases(fine=("False", "true", "0", "on"), malformed=("нет", "2", "Falsee")),
    "MAX_VIDEO_FILE_SIZE": Cases(fine=("1", "2147483648"), malformed=(*_WHOLE, "2GB")),
    "MAX_VIDEO_DURATION": Cases(fine=("60",), malformed=(*_WHOLE, "2h")),
    "ALLOWED_VIDEO_FORMATS": Cases(
        fine=("mp4", "MP4, webm", "mkv,mkv"), malformed=("exe", "mp4;avi", "mp4,,avi", ".mp4", "mp4,")
    ),
    "FRAME_EXTRACTION_FPS": Cases(
        fine=("1", "0.5", "60", "29.97"),
        malformed=("0", "0.0", "-1", "0,5", "1e3", "nan", "inf", "61", "one", "٣"),
    ),
    "REPLICATE_TIMEOUT": Cases(fine=("300",), malformed=_WHOLE),
    "TEMP_DIR": Cases(fine=("/tmp", "docs"), malformed=("/no/such/folder", ".env.example", "a" * 5000)),
    "DATA_DIR": Cases(fine=("data", "new/folder"), malformed=(".env.example", ".env.example/data", "a" * 5000)),
    "EMAIL_BACKEND": Cases(
        fine=(_SMTP,), malformed=("smtp", _SMTP + "x", "os.system"), malformed_in_production=(_CONSOLE, _DUMMY)
    ),
    "EMAIL_USE_TLS": Cases(fine=("True", "no"), malformed=("STARTTLS", "-")),
    "CELERY_WORKER_MAX_TASKS_PER_CHILD": Cases(fine=("100",), malformed=_WHOLE),
    "STORAGE_BACKEND": Cases(fine=("local", "b2"), malformed=("s3", "B2", "local,b2")),
    "OUTBOUND_ALLOWED_HOSTS": Cases(
        fine=("localhost", "media.internal:8080, 10.0.0.5", "[fd00::1]:8443", "[::1]"),
        malformed=("http://a.ru", "a.ru:0", "a.ru:65536", "a.ru:", ".a.ru", "*", "a.ru,,b.ru", "::1", "a.ru/x", "[a]"),
    ),
    "B2_MAX_RETRIES": Cases(fine=("3",), malformed=(*_WHOLE, "101")),
    "B2_RETRY_BACKOFF": Cases(fine=("2", "1.5"), malformed=("0", "-2", "два", "inf")),
    "B2_RETRY_BACKOFF_MAX": Cases(fine=("60",), malformed=(*_WHOLE, "60s")),
    "WHISPER_MODEL_ID": _MODEL,
    "YOLO_MODEL_ID": _MODEL,
    "NSFW_MODEL_ID": _MODEL,
    "VIOLENCE_MODEL_ID": _MODEL,
    "OCR_MODEL_ID": _MODEL,
    "PROFANITY_DICT_PATH": _DICTIONARY,
    "BRAND_DICT_PATH": _DICTIONARY,
    "STOPWORDS_DICT_PATH": _DICTIONARY,
    "PACKS_DIR": Cases(fine=("docs", "backend/policy/packs"), malformed=("no/such/folder", ".env.example", "a" * 5000)),
    "PROXY_COUNT": Cases(fine=("1", "2"), malformed=(*_WHOLE, "11")),
    "SIGNUP_MINUTES": Cases(fine=("0", "60"), malformed=("-1", "1.5", "час", "60m", "9" * 5000)),
    "PIPELINE_LOG": Cases(fine=("file", "stdout"), malformed=("stderr", "File", "/var/log/x")),
    "METRICS_TOKEN": Cases(
        fine=("m3tr1cs-Qw8Er5Ty2Ui9Op",), malformed=("two words", "ключ-к-показателям"), insecure=("long-random-token",)
    ),
}


def texts(kind: str) -> list[tuple[str, str]]:
    """(variable, text) of every case of a kind."""
    return [(name, text) for name, cases in CASES.items() for text in getattr(cases, kind)]


def short(value: str) -> str:
    """A test's name for a text."""
    return value[:24]

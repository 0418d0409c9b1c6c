"""The one table of environment variables. Standard library only.

The validator, `.env.example`, the tables of docs/CONFIGURATION*.md and the redaction of logs all come from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from compliance_app import configuration_values as read
from compliance_app.configuration_values import Reader

DEVELOPMENT = "development"
PRODUCTION = "production"

Level = Literal["required", "recommended", "optional"]

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE_BACKEND = "django.core.mail.backends.console.EmailBackend"
_OTHER_BACKENDS = tuple(f"django.core.mail.backends.{name}.EmailBackend" for name in ("filebased", "locmem", "dummy"))

_PLACEHOLDERS = frozenset(
    {"your_key_id", "your_application_key", "your-bucket-name", "r8_your_token_here", "your-app-password"}
    | {"dummy_token", "test_key_id", "test_key", "test-bucket"}
)
_SECRET_KEY_PLACEHOLDERS = ("insecure", "change-me", "changeme")


def _never(_value: object) -> bool:
    return False


def _placeholder(value: object) -> bool:
    """Whether this is a sample value of the documentation, which anybody can read."""
    return value in _PLACEHOLDERS


def _weak_secret_key(value: object) -> bool:
    """Django's own bounds (system check security.W009): 50 characters, 5 different ones; and no sample values."""
    key = str(value)
    sample = any(word in key.lower() for word in _SECRET_KEY_PLACEHOLDERS)
    return sample or len(key) < 50 or len(set(key)) < 5


def _weak_token(value: object) -> bool:
    return len(str(value)) < 20


def _any_host(value: object) -> bool:
    return isinstance(value, tuple) and "*" in value


def _unencrypted(value: object) -> bool:
    return str(value).startswith("http:")


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable.

    ``read`` turns its text into a value; ``read_in_production`` replaces it there when production is stricter.
    ``insecure`` judges the value in production only. ``default`` is text, read like a value from outside; an empty
    default means None. ``required`` is meant for production: development does without.
    """

    name: str
    level: Level
    read: Reader
    default: str
    example: str
    ru: str
    en: str
    secret: bool = False
    read_in_production: Reader | None = None
    insecure: Callable[[object], bool] = _never

    def reader(self, environment: str) -> Reader:
        """The reader that applies in this environment."""
        if environment == PRODUCTION and self.read_in_production is not None:
            return self.read_in_production
        return self.read


def _model(name: str, default: str, ru: str, en: str) -> Variable:
    return Variable(name, "optional", read.model_id, default, default, ru, en)


def _dictionary(name: str, example: str, ru: str, en: str) -> Variable:
    return Variable(name, "optional", read.readable_file, "", example, ru, en)


# fmt: off
VARIABLES: tuple[Variable, ...] = (
    Variable("DJANGO_ENV", "required", read.choice(DEVELOPMENT, PRODUCTION), PRODUCTION, PRODUCTION,
        "Окружение (development/production)", "Environment (development/production)"),
    Variable("SECRET_KEY", "required", read.text, "", "django-insecure-abc123...", "Секретный ключ Django",
        "Django's secret key", secret=True, insecure=_weak_secret_key),
    Variable("ALLOWED_HOSTS", "required", read.hosts, "", "yourdomain.com,.yourdomain.com",
        "Разрешённые хосты через запятую (в development всегда `*`)",
        "Allowed hosts, comma-separated (in development always `*`)", insecure=_any_host),
    Variable("DATABASE_URL", "required", read.postgresql_url, "", "postgres://user:pass@host:5432/db",
        "URL подключения к PostgreSQL (в development без него SQLite)",
        "PostgreSQL connection URL (development uses SQLite without it)", secret=True),
    Variable("REDIS_URL", "required", read.redis_url, "", "redis://localhost:6379/0", "URL подключения к Redis",
        "Redis connection URL", secret=True),
    Variable("REPLICATE_API_TOKEN", "required", read.word, "", "r8_abc123...", "API токен Replicate",
        "Replicate API token", secret=True, read_in_production=read.replicate_token, insecure=_placeholder),
    Variable("BACKBLAZE_ENDPOINT_URL", "required", read.web_url("https", "http"), "",
        "https://s3.us-west-000.backblazeb2.com", "Endpoint URL Backblaze B2", "Backblaze B2 endpoint URL",
        insecure=_unencrypted),
    Variable("BACKBLAZE_APPLICATION_KEY_ID", "required", read.word, "", "000abc123...", "Key ID для B2",
        "Key ID for B2", secret=True, insecure=_placeholder),
    Variable("BACKBLAZE_APPLICATION_KEY", "required", read.word, "", "K000AbC...", "Application Key для B2",
        "Application key for B2", secret=True, insecure=_placeholder),
    Variable("BACKBLAZE_BUCKET_NAME", "required", read.bucket, "", "ai-compliance-videos", "Имя бакета в B2",
        "Name of the B2 bucket", insecure=_placeholder),
    Variable("CLOUDFLARE_CDN_URL", "recommended", read.web_url("https", "http"), "", "https://cdn.yourdomain.com",
        "URL Cloudflare CDN для B2", "Cloudflare CDN URL for B2", insecure=_unencrypted),
    Variable("EMAIL_HOST", "recommended", read.host, "localhost", "smtp.gmail.com", "SMTP сервер", "SMTP server"),
    Variable("EMAIL_PORT", "recommended", read.integer(1, 65535), "587", "587", "SMTP порт", "SMTP port"),
    Variable("EMAIL_HOST_USER", "recommended", read.text, "", "your-email@gmail.com", "SMTP пользователь",
        "SMTP user"),
    Variable("EMAIL_HOST_PASSWORD", "recommended", read.text, "", "your-app-password", "SMTP пароль", "SMTP password",
        secret=True, insecure=_placeholder),
    Variable("DEFAULT_FROM_EMAIL", "recommended", read.email_address, "webmaster@localhost", "noreply@yourdomain.com",
        "Email отправителя", "Sender of e-mails"),
    Variable("DEBUG", "optional", read.boolean, "False", "False",
        "Режим отладки: в production всегда выключен, в development всегда включён",
        "Debug mode: always off in production, always on in development"),
    Variable("MAX_VIDEO_FILE_SIZE", "optional", read.integer(1, 10**15), "2147483648", "2147483648",
        "Макс. размер видео (байты; 2147483648 = 2 ГБ)", "Largest video (bytes; 2147483648 = 2 GB)"),
    Variable("MAX_VIDEO_DURATION", "optional", read.integer(1, 10**6), "7200", "7200",
        "Макс. длительность (сек; 7200 = 2 часа)", "Longest video (seconds; 7200 = 2 hours)"),
    Variable("ALLOWED_VIDEO_FORMATS", "optional", read.words_from("mp4", "avi", "mov", "mkv", "webm"),
        "mp4,avi,mov,mkv,webm", "mp4,avi,mov,mkv,webm", "Допустимые форматы через запятую",
        "Accepted formats, comma-separated"),
    Variable("FRAME_EXTRACTION_FPS", "optional", read.fraction(0, 60), "1", "1",
        "FPS для извлечения кадров, можно дробное (0.5 = кадр в две секунды)",
        "Frames looked at per second, may be a fraction (0.5 = one frame in two seconds)"),
    Variable("REPLICATE_TIMEOUT", "optional", read.integer(1, 86400), "300", "300", "Timeout API (сек)",
        "API timeout (seconds)"),
    Variable("TEMP_DIR", "optional", read.writable_folder, "/tmp", "/tmp",  # noqa: S108 - the specification's default
        "Директория для временных файлов", "Folder for temporary files"),
    Variable("DATA_DIR", "optional", read.folder_to_make, "data", "data",
        "Директория данных: база SQLite, прогоны, журналы; относительный путь — от корня репозитория",
        "Data folder: SQLite database, runs, logs; a relative path starts at the repository's root"),
    Variable("EMAIL_BACKEND", "optional",
        read.choice(SMTP_BACKEND, CONSOLE_BACKEND, *_OTHER_BACKENDS), "", SMTP_BACKEND,
        "Способ отправки писем: в production только SMTP, в development по умолчанию консоль",
        "How e-mails leave: only SMTP in production, the console by default in development",
        read_in_production=read.choice(SMTP_BACKEND)),
    Variable("EMAIL_USE_TLS", "optional", read.boolean, "True", "True", "STARTTLS при отправке писем",
        "STARTTLS when sending e-mails"),
    Variable("CELERY_WORKER_MAX_TASKS_PER_CHILD", "optional", read.integer(1, 10**6), "100", "100",
        "Сколько задач выполняет процесс Celery до перезапуска", "Tasks a Celery process runs before it restarts"),
    Variable("STORAGE_BACKEND", "optional", read.choice("local", "b2"), "", "b2",
        "Где хранить видео: `local` — в DATA_DIR/objects, `b2` — в бакете; без значения в development `local`,"
        " в production `b2`",
        "Where videos are kept: `local` is DATA_DIR/objects, `b2` the bucket; without a value `local` in development,"
        " `b2` in production"),
    Variable("OUTBOUND_ALLOWED_HOSTS", "optional", read.hosts_with_ports, "", "media.internal:8080",
        "Внутренние адреса (имя или имя:порт через запятую), с которых можно загружать видео и на которые можно слать"
        " webhook; остальные непубличные адреса закрыты",
        "Internal addresses (host or host:port, comma-separated) that videos may be fetched from and webhooks sent to;"
        " every other address that is not public is refused"),
    Variable("B2_MAX_RETRIES", "optional", read.integer(1, 100), "3", "3", "Максимум попыток обращения к B2",
        "Attempts for a call to B2"),
    Variable("B2_RETRY_BACKOFF", "optional", read.fraction(0, 100), "2", "2", "Множитель экспоненциального backoff",
        "Factor of the exponential backoff"),
    Variable("B2_RETRY_BACKOFF_MAX", "optional", read.integer(1, 3600), "60", "60",
        "Максимальное ожидание между попытками (сек)", "Longest wait between attempts (seconds)"),
    _model("WHISPER_MODEL_ID", "openai/whisper", "Whisper: распознавание речи (ASR)", "Whisper: speech recognition"),
    _model("YOLO_MODEL_ID", "adirik/yolov8", "YOLOv8: детекция объектов", "YOLOv8: object detection"),
    _model("NSFW_MODEL_ID", "lucataco/nsfw-image-detection", "NSFW Detection: детекция 18+ контента",
        "NSFW Detection: adult content"),
    _model("VIOLENCE_MODEL_ID", "lucataco/vit-violence-detection", "Violence Detection: детекция жести/насилия",
        "Violence Detection: violence and gore"),
    _model("OCR_MODEL_ID", "abiruyt/text-extract-ocr", "EasyOCR: распознавание текста", "EasyOCR: text recognition"),
    _dictionary("PROFANITY_DICT_PATH", "dictionaries/profanity.txt", "Свой словарь нецензурной лексики",
        "Your own dictionary of profanity"),
    _dictionary("BRAND_DICT_PATH", "dictionaries/brands.txt", "Свой словарь брендов",
        "Your own dictionary of brands"),
    _dictionary("STOPWORDS_DICT_PATH", "dictionaries/stopwords.txt", "Свой словарь стоп-слов",
        "Your own dictionary of stop words"),
    Variable("PACKS_DIR", "optional", read.readable_folder, "", "packs",
        "Папка со своими пакетами правил (`*.yaml`); встроенные остаются",
        "Folder with your own policy packs (`*.yaml`); the built-in ones stay"),
    Variable("PROXY_COUNT", "optional", read.integer(1, 10), "1", "1",
        "Сколько прокси стоит перед приложением: от них узнаётся адрес клиента (в development — ни одного)",
        "Proxies in front of the application: they tell the client's address (none in development)"),
    Variable("SIGNUP_MINUTES", "optional", read.integer(0, 10**6), "60", "60",
        "Минуты видео, которые новый клиент получает при регистрации",
        "Minutes of video that a new client gets at sign-up"),
    Variable("PIPELINE_LOG", "optional", read.choice("file", "stdout"), "file", "file",
        "Куда писать журналы этапов и запросов: `file` — DATA_DIR/logs/pipeline.jsonl и web.jsonl, `stdout` —"
        " стандартный вывод",
        "Where the logs of steps and requests go: `file` is DATA_DIR/logs/pipeline.jsonl and web.jsonl, `stdout` the"
        " standard output"),
    Variable("METRICS_TOKEN", "optional", read.word, "", "long-random-token",
        "Токен для `/metrics` (`Authorization: Bearer …`); без него показатели отдаются только запросам с этой машины",
        "Token of `/metrics` (`Authorization: Bearer …`); without it the numbers are only given to this machine",
        secret=True, insecure=_weak_token),
)
# fmt: on

SECRET_NAMES: frozenset[str] = frozenset(variable.name for variable in VARIABLES if variable.secret)

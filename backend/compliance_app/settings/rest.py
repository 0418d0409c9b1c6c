"""The REST API: how requests are read, judged, limited and described."""

from datetime import timedelta

from reports.product import NAME, VERSION

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.ApiTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated", "api.permissions.TokenHasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.negotiation.StrictJsonParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.negotiation.OnlyRenderer",
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "api.schema.ApiSchema",
    "DEFAULT_FILTER_BACKENDS": ["api.filtering.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "api.paging.KeysetPagination",
    "EXCEPTION_HANDLER": "api.problem_answers.problem_response",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.ScopedRateThrottle",
        "api.throttling.PersonThrottle",
        "api.throttling.StrangerThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "person": "600/min",
        "anonymous": "60/min",
        "sign-up": "10/hour",
        "sign-in": "30/min",
        "password-reset": "10/hour",
        "exports": "60/min",
        "shared-exports": "10/min",
    },
    "NUM_PROXIES": 0,  # proxies in front whose word about the client's address is taken
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

KNOX_TOKEN_MODEL = "accounts.ApiToken"  # noqa: S105 - a model's name
REST_KNOX = {
    "AUTH_HEADER_PREFIX": "Bearer",
    "TOKEN_TTL": timedelta(days=90),
    "TOKEN_PREFIX": "aica_",
}

SPECTACULAR_SETTINGS = {
    "TITLE": f"{NAME} API",
    "VERSION": VERSION,
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "api.schema.describe"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "VideoStatus": "videos.models.VideoStatus",
        "UploadStatus": "videos.models.UploadStatus",
        "RunStatus": "pipeline.models.RunStatus",
        "StepStatus": "pipeline.models.StepStatus",
        "DeliveryStatus": "webhooks.models.DeliveryStatus",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
}

"""Addresses for whoever keeps the product running."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from operations.health import alive, ready
from operations.metrics import metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", alive, name="healthz"),
    path("readyz", ready, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("admin/", admin.site.urls),
]

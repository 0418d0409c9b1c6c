"""Addresses for whoever keeps the product running."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from operations.health import alive

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", alive, name="healthz"),
    path("admin/", admin.site.urls),
]

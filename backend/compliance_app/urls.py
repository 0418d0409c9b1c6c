"""Addresses of the web server; none yet."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

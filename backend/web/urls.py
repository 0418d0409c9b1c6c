"""Addresses of the site."""

from django.urls import URLPattern, URLResolver, path

from web.home import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
]

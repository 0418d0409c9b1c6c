"""Addresses of the site."""

from django.urls import URLPattern, URLResolver, path

from web.appearance import set_language, set_theme
from web.files import file
from web.home import home
from web.library import library
from web.projects import projects

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("files/<str:token>", file, name="file"),
    path("language/", set_language, name="set-language"),
    path("theme/", set_theme, name="set-theme"),
    path("videos/", library, name="library"),
    path("projects/", projects, name="projects"),
]

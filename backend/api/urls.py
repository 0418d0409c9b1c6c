"""Addresses of the API."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

from api.account import AccountView
from api.problem_list import ProblemListView, ProblemView

version_1: list[URLPattern | URLResolver] = [
    path("me", AccountView.as_view(), name="api-account"),
    path("problems", ProblemListView.as_view(), name="api-problems"),
    path("problems/<slug:code>", ProblemView.as_view(), name="api-problem"),
]
"""Addresses have no slash at their end."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include(version_1)),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
]

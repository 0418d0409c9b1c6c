"""The front door: strangers read what this is, everybody else goes to the library."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return redirect("library") if request.user.is_authenticated else render(request, "web/home.html")

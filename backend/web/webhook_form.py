"""The form that adds a webhook."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from videos.models import Project
from webhooks.addresses import URL_LENGTH_MAX, AddressInvalid
from webhooks.endpoints import PER_PROJECT, TooManyEndpoints, create_endpoint
from webhooks.models import SUBSCRIBABLE, Endpoint


class WebhookForm(forms.Form):
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=URL_LENGTH_MAX,
        help_text=gettext_lazy("Messages are sent there with POST. It has to be reachable from the internet."),
        error_messages={"required": gettext_lazy("Say where messages go: https://example.org/hook.")},
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://example.org/hook"}),
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("What it is told"),
        choices=[(event.value, event.label) for event in SUBSCRIBABLE],
        widget=forms.CheckboxSelectMultiple,
        initial=[event.value for event in SUBSCRIBABLE],
        error_messages={"required": gettext_lazy("Choose at least one event.")},
    )

    def create(self, project: Project, by: User) -> Endpoint | None:
        """The new webhook, or None with the errors beside their fields."""
        try:
            return create_endpoint(project, by, self.cleaned_data["url"], self.cleaned_data["events"])
        except AddressInvalid as refusal:
            self.add_error("url", str(refusal.sentence))
        except TooManyEndpoints:
            text = _("A project has at most %(count)s webhooks. Remove one first.") % {"count": PER_PROJECT}
            self.add_error(None, text)
        return None

"""People: their role and rights, closing an account, signing somebody out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.open_sessions import end_other_sessions
from accounts.rights import AUDITS, SUPERVISES, has_right, set_rights
from accounts.roles import LastAdministrator, set_active, set_role
from operations.support_page import SupportPage


class RightsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an administrator decides about a person. Name, address and password are the person's own business."""

    role = forms.ChoiceField(label=_("role"), choices=Role.choices)
    supervises = forms.BooleanField(label=_("Senior operator"), required=False)
    audits = forms.BooleanField(label=_("Auditor: reads everything, changes nothing"), required=False)
    support_staff = forms.BooleanField(label=_("Support staff: reads here"), required=False)
    may_sign_in = forms.BooleanField(label=_("May sign in"), required=False)

    class Meta:
        model = User
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        person: User = kwargs["instance"]
        kwargs["initial"] = {
            "role": person.role,
            "supervises": has_right(person, SUPERVISES),
            "audits": has_right(person, AUDITS),
            "support_staff": person.is_staff,
            "may_sign_in": person.is_active,
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)


@admin.register(User)
class People(SupportPage):
    list_display = ("email", "username", "role", "is_staff", "is_active", "date_joined", "last_login")
    list_filter = ("role", "is_active", "is_staff", "date_joined")
    search_fields = ("email", "username", "first_name", "last_name")
    ordering = ("-date_joined",)
    readonly_fields = ("email", "username", "first_name", "last_name", "language", "date_joined", "last_login")
    form = RightsForm
    decided = ("role", "supervises", "audits", "support_staff", "may_sign_in")
    actions = ("sign_out",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_act_permission(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        decided = self.decided if self.has_change_permission(request) else ("role", "is_staff", "is_active")
        return (*self.readonly_fields, *decided)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not isinstance(request.user, User):
            raise PermissionDenied
        chosen = form.cleaned_data
        with transaction.atomic():
            set_active(obj, chosen["may_sign_in"], request.user)
            set_role(obj, Role(chosen["role"]), request.user, support_staff=chosen["support_staff"])
            set_rights(obj, supervises=chosen["supervises"], audits=chosen["audits"], by=request.user)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except LastAdministrator:
            self.message_user(
                request, _("Nobody else administers the product: make somebody an administrator first."), messages.ERROR
            )
            return HttpResponseRedirect(request.path)

    @admin.action(description=_("Sign out everywhere"), permissions=["act"])
    def sign_out(self, request: HttpRequest, people: QuerySet[User]) -> None:
        for person in people:
            end_other_sessions(person, request.session.session_key if person == request.user else None)
            self.note(request, person, "Signed out everywhere")
        self.message_user(request, _("Done."))

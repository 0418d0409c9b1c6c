"""Whatever is sent to the forms of accounts, the answer is a page, a way on or a refusal, never a failure."""

from __future__ import annotations

from django.core.cache import cache
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Role, User

FORMS = {
    "/sign-in/": ("username", "password", "next"),
    "/sign-up/": ("email", "password", "next"),
    "/password/": ("email",),
    "/account/": ("first_name", "last_name", "language", "theme"),
    "/account/password/": ("old_password", "new_password"),
    "/account/tokens/": ("name", "scopes", "lifetime_days"),
}
ODD = (
    *("", "\x00", "a\x00b", "anna@example.com", "ANNA@EXAMPLE.COM", "a" * 5000, "ﬀ@example.com", "a@xn--", "ı@i.com"),
    *("read", "admin", "ru", "dark", "90", "-1", "9" * 400, "//evil.example", "/sign-in/", "\u202e", "½", "1e5", "NaN"),
)
TEXT = st.one_of(st.text(max_size=40), st.sampled_from(ODD))


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
class AnyInput(TestCase):
    @settings(max_examples=40)
    @given(st.sampled_from(sorted(FORMS)), st.data())
    def test_no_form_fails(self, address: str, data: st.DataObject) -> None:
        cache.clear()
        anna = User.objects.create_user("anna", "anna@example.com", "семь-зелёных-яблок")
        if address.startswith("/account/"):
            self.client.force_login(anna)
        else:
            self.client.logout()

        form = {field: data.draw(st.lists(TEXT, max_size=2), label=field) for field in FORMS[address]}
        answer = self.client.post(address, form)

        assert answer.status_code in {200, 302}
        assert answer.get("Location", "/").startswith("/")
        assert not answer.get("Location", "/").startswith("//")
        assert not User.objects.exclude(role=Role.CLIENT).exists()

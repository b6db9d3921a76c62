"""Addresses of signing."""

from django.urls import URLPattern, URLResolver, path

from signing.views import office, outside, portal, verify

app_name = "signing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("agreements/<int:pk>/signing/", office.signing, name="signing"),
    path("agreements/<int:pk>/signing/send/", office.send_all, name="send_all"),
    path("agreements/<int:pk>/signing/certificate/", office.certificate, name="certificate"),
    path("agreements/<int:pk>/signatures/new/", office.signature_new, name="signature_new"),
    path("agreements/parties/<int:pk>/signers/new/", office.signer_new, name="signer_new"),
    path("signers/<int:pk>/edit/", office.signer_edit, name="signer_edit"),
    path("signers/<int:pk>/send/", office.send, name="send"),
    path("signers/<int:pk>/withdraw/", office.withdraw, name="withdraw"),
    path("signers/<int:pk>/", portal.sign, name="sign"),
    path("signers/<int:pk>/decline/", portal.decline, name="decline"),
    path("signers/<int:pk>/text/", portal.text, name="text"),
    path("sign/<str:token>/", outside.link, name="link"),
    path("sign/<str:token>/forward/", outside.link_forward, name="link_forward"),
    path("sign/<str:token>/decline/", outside.link_decline, name="link_decline"),
    path("sign/<str:token>/text/", outside.link_text, name="link_text"),
    path("sign/<str:token>/certificate/", outside.link_certificate, name="link_certificate"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.verify, name="verify_code"),
]

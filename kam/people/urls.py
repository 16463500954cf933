"""Addresses of signing in and of one's own page. Only what is listed here is reachable; allauth's other pages are not."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from kam.people import (
    absence_views,
    department_views,
    first_views,
    handover_views,
    sign_in_views,
    unmask_views,
    views,
)

urlpatterns = [
    path("preferences/language/", views.set_language, name="set_language"),
    path("login/", sign_in_views.sign_in, name="account_login"),
    path("first/", first_views.make_first, name="first"),
    path("login/out/", account.logout, name="account_logout"),
    path("login/code/", mfa.authenticate, name="mfa_authenticate"),
    path("login/again/", account.reauthenticate, name="account_reauthenticate"),
    path("login/again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("login/reset/", account.password_reset, name="account_reset_password"),
    path("login/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "login/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    re_path(
        r"^login/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("me/password/", account.password_change, name="account_change_password"),
    path("me/second-factor/", mfa.index, name="mfa_index"),
    path("me/second-factor/add/", totp.activate_totp, name="mfa_activate_totp"),
    path("me/second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/second-factor/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/second-factor/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("me/", views.show_me, name="me"),
    path("me/sessions/", views.list_sessions, name="sessions"),
    path("me/sessions/end/", views.end_other_sessions, name="sessions-end"),
    path("me/sessions/<int:pk>/end/", views.end_session, name="session-end"),
    path("people/unmask/<str:kind>/<int:pk>/", unmask_views.show_personal_data, name="unmask"),
    path(
        "persons/<int:pk>/unmask/",
        unmask_views.show_personal_data,
        {"kind": "accounts.person"},
        name="person-unmask",
    ),
    path("me/absences/", absence_views.list_absences, name="absences"),
    path("me/absences/<int:pk>/confirm/", absence_views.confirm_absence, name="absence-confirm"),
    path("me/absences/<int:pk>/cancel/", absence_views.cancel_absence, name="absence-cancel"),
    path("people/", department_views.show_department, name="department"),
    path("people/handovers/", handover_views.list_handovers, name="handovers"),
    path("people/handovers/new/", handover_views.prepare, name="handover-prepare"),
    path("people/handovers/<int:pk>/", handover_views.show_handover, name="handover"),
    path("people/handovers/<int:pk>/cancel/", handover_views.cancel, name="handover-cancel"),
    path("people/handovers/<int:pk>/sheet/", handover_views.print_sheet, name="handover-sheet"),
]

"""Signing in and out, the second factor, the password: everybody's own. Strangers get the pages before the door."""

from tests.factories.kam import PASSWORD
from tests.permissions.row import Row

ROWS = [
    Row("login/", "GET", "-", "200: anonymous gone; 302: *"),
    Row(
        "login/",
        "POST",
        "right password",
        "302: * anonymous gone",
        body=lambda _c, _k: {"login": "owner", "password": PASSWORD},
    ),
    Row(
        "login/",
        "POST",
        "somebody who left",
        "302: *; 200: anonymous gone",
        body=lambda _c, _k: {"login": "gone", "password": PASSWORD},
    ),
    Row("login/out/", "GET", "-", "200: *; 302: anonymous gone"),
    Row("login/out/", "POST", "-", "302: * anonymous gone"),
    Row("login/code/", "GET", "no first step", "302: *"),
    Row("login/again/", "GET", "-", "200: *"),
    Row("login/again/", "POST", "-", "302: *", body=lambda _c, _k: {"password": PASSWORD}),
    Row("login/again/code/", "GET", "no factor", "302: *"),
    Row("login/reset/", "GET", "-", "200: * anonymous gone"),
    Row(
        "login/reset/",
        "POST",
        "known address",
        "302: * anonymous gone",
        body=lambda _c, _k: {"email": "owner@kam.example"},
    ),
    Row("login/reset/sent/", "GET", "-", "200: * anonymous gone"),
    Row("login/reset/done/", "GET", "-", "200: * anonymous gone"),
    Row(
        "^login/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        "GET",
        "worthless link",
        "200: * anonymous gone",
        make=lambda _c: {"uidb36": "1", "key": "abc-def"},
    ),
    Row("me/password/", "GET", "-", "200: *"),
    Row(
        "me/password/",
        "POST",
        "-",
        "302: *",
        body=lambda _c, _k: {
            "oldpassword": PASSWORD,
            "password1": "ganz-anders-77-x",
            "password2": "ganz-anders-77-x",
        },
    ),
    Row("me/second-factor/", "GET", "-", "200: *"),
    Row("me/second-factor/add/", "GET", "signed in long ago", "302: *"),
    Row("me/second-factor/remove/", "GET", "no factor", "404: *"),
    Row("me/second-factor/codes/", "GET", "no factor", "404: *"),
    Row("me/second-factor/codes/new/", "GET", "signed in long ago", "302: *"),
    Row("me/second-factor/codes/file/", "GET", "no factor", "404: *"),
]

"""Puts our admin site in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class KamAdminConfig(AdminConfig):
    default_site = "kam.core.admin_site.KamAdminSite"

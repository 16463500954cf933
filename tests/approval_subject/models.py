"""A wish with its items: a subject of two models that nobody outside tests/ knows."""

from django.conf import settings
from django.db import models


class Wish(models.Model):
    title = models.CharField(max_length=100)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=20, default="draft")
    log = models.JSONField(default=list)

    def __str__(self):
        return self.title


class WishItem(models.Model):
    wish = models.ForeignKey(Wish, models.CASCADE, related_name="items")
    name = models.CharField(max_length=100)
    price = models.DecimalField(max_digits=14, decimal_places=2)

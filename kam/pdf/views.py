"""Checking a printed sheet against the register."""

from django.http import HttpResponse
from django.shortcuts import render

from kam.pdf.models import IssuedDocument
from kam.users.http import AuthedRequest


def check_document(request: AuthedRequest, digest: str) -> HttpResponse:
    """Say whether a sheet with this hash was issued; shows number, title and day, never contents."""
    issued = IssuedDocument.objects.filter(digest__startswith=digest).order_by("id").first()
    return render(
        request, "pdf_pages/check.html", {"issued": issued, "digest": digest}, status=200 if issued else 404
    )

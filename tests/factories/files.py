"""Uploads, as a browser sends them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(size=(30, 20), kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


def upload(name="a.pdf", data=b"%PDF-1.7 x"):
    return SimpleUploadedFile(name, data)

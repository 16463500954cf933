"""Static files that npm brought: only the files named here are served, none is committed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

# name below /static/npm/ → path below node_modules
NPM_FILES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "inter.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "sortable.min.js": "sortablejs/Sortable.min.js",
    "tom-select.min.js": "tom-select/dist/js/tom-select.complete.min.js",
    "tom-select.css": "tom-select/dist/css/tom-select.bootstrap5.min.css",
}


class NpmFinder(BaseFinder):
    """Finds `npm/<name>` for the names in NPM_FILES."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=str(settings.NODE_MODULES))
        self.storage.prefix = None  # type: ignore[attr-defined]  # collectstatic reads it

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        name = path.removeprefix("npm/")
        target = (
            Path(settings.NODE_MODULES) / NPM_FILES[name]
            if path.startswith("npm/") and name in NPM_FILES
            else None
        )
        found = [str(target)] if target and target.exists() else []
        return found if find_all else (found[0] if found else [])

    def list(self, _ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Any]]:
        for name, target in NPM_FILES.items():
            if (Path(settings.NODE_MODULES) / target).exists():
                yield f"npm/{name}", _OneFile(Path(settings.NODE_MODULES) / target)


class _OneFile(FileSystemStorage):
    """A storage that holds one file, whatever name it is asked by."""

    prefix = None

    def __init__(self, target: Path) -> None:
        super().__init__(location=str(target.parent))
        self.target = target

    def path(self, name: str) -> str:
        del name
        return str(self.target)

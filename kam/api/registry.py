"""What rooms give to the API: resources to read, operations to ask; each under a scope that a token's owner chooses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Resource:
    """Rows to read at /api/v1/NAME and /api/v1/NAME/ID: what this person sees on the pages, and no more.

    `fields` is name → JSON type for the description; `shape` returns exactly these. The scope is the name.
    """

    name: str
    label: Any
    rows: Callable[[Any], QuerySet[Any]]
    shape: Callable[[Any], Mapping[str, Any]]
    fields: Mapping[str, str]
    may: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Operation:
    """Something to ask by POST: its path below /api/v1, what it takes and answers, by JSON type."""

    path: str
    scope: str
    label: Any
    takes: Mapping[str, str]
    needs: tuple[str, ...] = field(default=())


_resources: dict[str, Resource] = {}
_operations: dict[str, Operation] = {}


def register_resource(resource: Resource) -> Resource:
    """Let the API answer for these rows."""
    if resource.name in _resources:
        raise ValueError(f"resource {resource.name} is registered twice")
    _resources[resource.name] = resource
    return resource


def register_operation(operation: Operation) -> Operation:
    """Describe an operation; its room answers at its path."""
    _operations[operation.path] = operation
    return operation


def resource_named(name: str) -> Resource | None:
    return _resources.get(name)


def all_resources() -> list[Resource]:
    return [_resources[name] for name in sorted(_resources)]


def all_operations() -> list[Operation]:
    return [_operations[path] for path in sorted(_operations)]


def all_scopes() -> dict[str, Any]:
    """Return scope → label, as the form of a token offers them."""
    return {resource.name: resource.label for resource in all_resources()}

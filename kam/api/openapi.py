"""The description of the API (OpenAPI 3.1), made from what rooms have registered."""

from collections.abc import Mapping
from typing import Any

from kam.api.registry import Operation, Resource, all_operations, all_resources
from kam.api.terms import LONGEST_PAGE, PAGE

_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_REFUSALS = {"401": "no valid token", "403": "scope or right missing", "429": "too many requests in a minute"}


def description() -> dict[str, Any]:
    """Return the whole description."""
    paths: dict[str, Any] = {}
    for resource in all_resources():
        paths[f"/{resource.name}"] = {"get": _list(resource)}
        paths[f"/{resource.name}/{{id}}"] = {"get": _row(resource)}
    for operation in all_operations():
        paths[f"/{operation.path}"] = {"post": _post(operation)}
    rows = {resource.name: _schema(resource.fields) for resource in all_resources()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "KAM", "version": "1"},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": rows
            | {
                "Problem": _schema(
                    {
                        "type": "string",
                        "title": "string",
                        "status": "integer",
                        "detail": "string",
                        "field": "string",
                    }
                )
            },
        },
    }


def _schema(fields: Mapping[str, str]) -> dict[str, Any]:
    return {"type": "object", "properties": {name: _type(kind) for name, kind in fields.items()}}


def _type(kind: str) -> dict[str, Any]:
    """Return a JSON type; `date` and `money` are strings, a `?` behind it may be null."""
    name = kind.removesuffix("?")
    told: dict[str, Any] = {"type": "string" if name in {"date", "money"} else name}
    if name == "date":
        told["format"] = "date"
    if kind.endswith("?"):
        told["type"] = [told["type"], "null"]
    return told


def _answers(schema: Mapping[str, Any], **more: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "200": {"description": "the answer", "content": {"application/json": {"schema": schema}}}
    }
    for status, words in (
        _REFUSALS | {code.removeprefix("s"): words for code, words in more.items()}
    ).items():
        told[status] = {"description": words, "content": {"application/problem+json": {"schema": _PROBLEM}}}
    return told


def _list(resource: Resource) -> dict[str, Any]:
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{resource.name}"}}
    page = {"type": "object", "properties": {"rows": rows, "next": {"type": ["integer", "null"]}}}
    return {
        "summary": str(resource.label),
        "parameters": [
            _parameter("after", "the `next` of the page before"),
            _parameter("limit", f"rows of a page, {PAGE} unless told, {LONGEST_PAGE} at most"),
        ],
        "responses": _answers(page, s400="a parameter that is no number"),
    }


def _parameter(name: str, words: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": words, "schema": {"type": "integer"}}


def _row(resource: Resource) -> dict[str, Any]:
    told = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    schema = {"$ref": f"#/components/schemas/{resource.name}"}
    return {
        "summary": str(resource.label),
        "parameters": [told],
        "responses": _answers(schema, s404="no such row, or not yours to see"),
    }


def _post(operation: Operation) -> dict[str, Any]:
    schema = _schema(operation.takes) | {"required": list(operation.needs)}
    key = {"name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string"}}
    return {
        "summary": str(operation.label),
        "parameters": [key],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": _answers({"type": "object"}, s400="no key or no JSON", s422="refused by a rule"),
    }

"""How the API describes itself (OpenAPI 3.1): operations from the routes, schemas from the records."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from inspect import cleandoc
from typing import Any, Final

import msgspec
from litestar import Request, Response, Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, License, Reference, SecurityScheme, Server
from litestar.types import Method
from litestar.types.internal_types import PathParameterDefinition

from sayso.core import codec
from sayso.core.version import __version__
from sayso.web import answers
from sayso.web.answers import ProblemDetails
from sayso.web.api.answer import Answer

PATH: Final = "/api/v1"
_REFERENCE: Final = "#/components/schemas/{name}"
_NULL: Final = {"type": "null"}
_DAYS: Final = {"since", "until"}  # parameters that every filter has alike


def _security(cookie: str) -> dict[str, SecurityScheme | Reference]:
    return {
        "session": SecurityScheme(
            type="apiKey",
            name=cookie,
            security_scheme_in="cookie",
            description="What the printed link, or signing in, opens in a browser.",
        ),
        "token": SecurityScheme(
            type="http",
            scheme="bearer",
            description="What `sayso serve --token-file` writes for programs, or your account page.",
        ),
    }


def described(routes: Iterable[HTTPRouteHandler], *, cookie: str) -> OpenAPIConfig:
    """Return how Litestar describes the operations of these routes, at /api/v1/openapi.json alone.

    `cookie` is the name of the session's cookie, which the desk's port is a part of.
    """
    schemes = _security(cookie)
    return OpenAPIConfig(
        title="sayso",
        version=__version__,
        description=(
            "A ledger of attributed claims: who asserts, denies, accuses or demands what, on whose say-so,"
            " in which exact characters. Spans are [start, end] in Unicode code points, half open."
        ),
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        servers=[Server(url="/")],
        security=[{name: []} for name in schemes],
        components=Components(security_schemes=schemes),
        use_handler_docstrings=True,
        operation_id_creator=_operation_id,
        openapi_router=Router(
            PATH, route_handlers=[], response_class=Answer, after_request=_told, opt={"needs": "read"}
        ),
        render_plugins=[_Spec(routes)],
    )


class _Spec(JsonRenderPlugin):
    """Gives the description, with the schemas that msgspec itself makes of the records."""

    def __init__(self, routes: Iterable[HTTPRouteHandler]) -> None:
        super().__init__(path="/openapi.json")
        self._routes = tuple(routes)

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Return the description as JSON."""
        del request
        whole = deepcopy(openapi_schema)
        whole["components"]["schemas"] |= _schemas(self._routes)
        for operations in whole["paths"].values():
            for operation in operations.values():
                operation["summary"] = operation["operationId"].replace("_", " ").capitalize()
                for parameter in operation.get("parameters", ()):
                    parameter["schema"] = _stated(parameter["schema"])
                    if parameter["name"] in _DAYS:
                        parameter["schema"]["format"] = "date"
        return codec.encode(whole)


def _schemas(routes: Iterable[HTTPRouteHandler]) -> dict[str, Any]:
    """Return the schema of every record by name: it describes exactly what the decoder takes."""
    signatures = [route.parsed_fn_signature for route in routes]
    answered = _components([ProblemDetails, *(one.return_type.annotation for one in signatures)])
    bodies = (one.parameters["data"].annotation for one in signatures if "data" in one.parameters)
    asked = _components(bodies)
    for name, schema in answered.items():
        # Every field is in every answer, also one that a request may leave out.
        if name not in asked and "properties" in schema:
            schema["required"] = sorted(schema["properties"])
    whole = answered | asked
    for schema in whole.values():
        if "description" in schema:
            schema["description"] = cleandoc(schema["description"])
    return whole


def _components(kinds: Iterable[object]) -> dict[str, Any]:
    schemas: dict[str, Any] = {}
    for kind in kinds:
        if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
            continue
        try:
            schemas |= msgspec.json.schema_components([kind], ref_template=_REFERENCE)[1]
        except TypeError:
            # Uploads are no JSON: Litestar's own description of them stays.
            continue
    return schemas


def _stated(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a parameter is when it is there: a query cannot say null, it leaves the parameter out."""
    left = {name: value for name, value in schema.items() if name not in {"oneOf", "type", "enum"}}
    for choice in (one for one in schema.get("oneOf", ()) if one != _NULL):
        left |= choice
    if "type" in schema:
        kinds = schema["type"]
        left["type"] = next(one for one in kinds if one != "null") if isinstance(kinds, list) else kinds
    if "enum" in schema:
        left["enum"] = [one for one in schema["enum"] if one is not None]
    return left


def _operation_id(route: HTTPRouteHandler, method: Method, path: list[str | PathParameterDefinition]) -> str:
    """Return the name of the function that answers: it reads aloud what the operation does."""
    del method, path
    return route.handler_name


def _told(response: Response[Any]) -> Response[Any]:
    """Answer a path below this one that leads nowhere as all errors of the API are answered."""
    if response.status_code == 404:  # noqa: PLR2004 - it says what it is
        return answers.problem(
            404, "no-page", "there is no such operation", hint=f"{PATH}/openapi.json lists them"
        )
    return response

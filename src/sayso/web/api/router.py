"""All operations of the API, under one path."""

from typing import Final

from litestar import Router
from litestar.openapi.config import OpenAPIConfig

from sayso.web.api import claims, documents, links, sources, spec, whole
from sayso.web.api.answer import Answer

ROUTES: Final = (*whole.ROUTES, *documents.ROUTES, *claims.ROUTES, *links.ROUTES, *sources.ROUTES)


def router() -> Router:
    """Return the API of a desk."""
    return Router(spec.PATH, route_handlers=ROUTES, response_class=Answer, include_in_schema=True)


def description(cookie: str) -> OpenAPIConfig:
    """Return how the API describes itself; `cookie` is the name of the session's cookie."""
    return spec.described(ROUTES, cookie=cookie)

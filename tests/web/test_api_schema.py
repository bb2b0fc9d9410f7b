"""The API is what it says of itself: programs that follow its description get no surprise."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from schemathesis.specs.openapi.schemas import OpenApiSchema
from tests.cases import copied_case
from tests.web.desks import Desk, running

from sayso.case import Case
from sayso.web.api.router import ROUTES

# Requests to each operation; a longer run elsewhere may ask for thousands.
EXAMPLES = int(os.environ.get("SAYSO_TEST_EXAMPLES", "8"))
AT_WORK = {"add_text", "add_pages", "add_files", "import_reviews", "link_case", "verify_case", "write_report"}
BOUNDED = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def desk_for_all(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for every operation: what one request changes the next one finds changed."""
    with Case(copied_case(built, tmp_path_factory.mktemp("described") / "case")) as case:
        yield from running(case)


@pytest.fixture(scope="module")
def session(desk_for_all: Desk) -> dict[str, str]:
    entered = httpx.get(desk_for_all.link, trust_env=False)
    return {"Cookie": entered.headers["set-cookie"].partition(";")[0]}


@pytest.fixture(scope="module")
def described(desk_for_all: Desk, session: dict[str, str]) -> OpenApiSchema:
    found = schemathesis.openapi.from_url(f"{desk_for_all.address}/api/v1/openapi.json", headers=session)
    # Else half of the requests would be turned away at the door.
    found.config.generation.with_security_parameters = False
    return found


@pytest.fixture(scope="module")
def known(desk_for_all: Desk) -> dict[str, str]:
    """What the case has, by the name under which a request asks for it."""
    case = desk_for_all.case
    claim, link = next(case.claims()), next(case.links())
    left, right, *_ = case.parties()
    return {
        "claim": claim.claim.id,
        "document": claim.document.id,
        "link": link.link.id,
        "left": left.id,
        "right": right.id,
        "rating": case.about().ratings[0],
    }


@pytest.mark.parametrize("name", [route.handler_name for route in ROUTES])
def test_what_is_asked_at_random_is_answered_as_described(
    name: str, described: OpenApiSchema, session: dict[str, str], known: dict[str, str]
) -> None:
    @settings(BOUNDED, max_examples=2 if name in AT_WORK else EXAMPLES)
    @given(case=described.find_operation_by_id(name).as_strategy())
    def asked(case: schemathesis.Case[Any]) -> None:
        # No schema can say which ids, ratings and cursors a case has.
        case.call_and_validate(headers=session, excluded_checks=[positive_data_acceptance])
        if name in AT_WORK:
            return
        found = {key: known[key] for key in case.path_parameters if key in known}
        body = case.body if isinstance(case.body, dict) else {}
        said = {key: known[key] for key in body if key in known}
        case.path_parameters |= found
        case.query.pop("after", None)
        if said:
            case.body = {**body, **said}
        case.call_and_validate(headers=session, excluded_checks=[positive_data_acceptance])

    asked()

"""Settings come from defaults, a file and variables, and an unknown one names its nearest neighbour."""

from pathlib import Path

import pytest

from sayso.core import settings
from sayso.core.errors import BadSettings


def test_a_variable_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text("[limits]\nseconds = 5\nmegabytes = 7\n")
    chosen = settings.load(path, {"SAYSO_LIMITS_SECONDS": "9"})
    assert (chosen.limits.seconds, chosen.limits.megabytes) == (9, 7)
    assert chosen.limits.memory_megabytes == settings.Settings().limits.memory_megabytes


@pytest.mark.parametrize("text", ["[limits]\nsecond = 5\n", "[limit]\nseconds = 5\n", "limits = 3\n"])
def test_an_unknown_or_misplaced_key_is_refused_with_a_hint(tmp_path: Path, text: str) -> None:
    path = tmp_path / "case.toml"
    path.write_text(text)
    with pytest.raises(BadSettings) as caught:
        settings.load(path, {})
    assert caught.value.hint


def test_the_nearest_valid_key_is_named() -> None:
    with pytest.raises(BadSettings, match=r"limits\.seconds"):
        settings.load(None, {"SAYSO_LIMITS_SECOND": "5"})


def test_the_variables_of_the_test_suite_are_passed_over() -> None:
    assert settings.load(None, {"SAYSO_TEST_POSTGRES": "x"}) == settings.Settings()


def test_a_value_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(BadSettings, match="seconds"):
        settings.load(None, {"SAYSO_LIMITS_SECONDS": "soon"})


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text("limits: 3")
    with pytest.raises(BadSettings, match=r"case\.toml"):
        settings.load(path, {})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SAYSO_WORK_PROCESSES", "-1"),
        ("SAYSO_LIMITS_MEGABYTES", "0"),
        ("SAYSO_LIMITS_SECONDS", "0"),
        ("SAYSO_LIMITS_SECONDS", "1e300"),
        ("SAYSO_LIMITS_MEMORY_MEGABYTES", "63"),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(variable: str, value: str) -> None:
    with pytest.raises(BadSettings, match=variable.partition("_")[2].partition("_")[2].lower()):
        settings.load(None, {variable: value})

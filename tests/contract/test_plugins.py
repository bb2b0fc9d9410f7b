"""One contract for every plugin, ours and others'."""

import pytest

from sayso.core import plugins
from sayso.core.ports import Plugin
from sayso.flow.contract import GROUPS, check_plugin

INSTALLED = [(group, plugin) for group in GROUPS for plugin in plugins.load(group)]


@pytest.mark.parametrize(("group", "plugin"), INSTALLED, ids=[f"{g}:{p.name}" for g, p in INSTALLED])
def test_an_installed_plugin_keeps_the_contract(group: str, plugin: Plugin) -> None:
    assert [f"{problem.code}: {problem.message}" for problem in check_plugin(group, plugin)] == []


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_has_a_plugin(group: str) -> None:
    assert plugins.load(group)

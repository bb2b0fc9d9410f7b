"""What the pages of a team's desk may ask for by name."""

from typing import TypeAlias

from litestar.di import NamedDependency

from sayso.web.people.door import TeamDoor
from sayso.web.people.team import Team

TheTeam: TypeAlias = NamedDependency[Team]
TheTeamDoor: TypeAlias = NamedDependency[TeamDoor]

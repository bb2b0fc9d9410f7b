"""What every page may ask for by name."""

from typing import TypeAlias

from litestar.di import NamedDependency

from sayso.case import Case
from sayso.web.door import Door, Person
from sayso.web.jobs import Jobs

TheCase: TypeAlias = NamedDependency[Case]
TheDoor: TypeAlias = NamedDependency[Door]
TheJobs: TypeAlias = NamedDependency[Jobs]
ThePerson: TypeAlias = NamedDependency[Person]  # who asks

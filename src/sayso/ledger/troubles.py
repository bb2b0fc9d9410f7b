"""What an error of a database means to whoever uses a case."""

from typing import Literal, TypeAlias

# Somebody else writes; disk, rights or server fail; a namespace of that name is there; a value is larger than
# the database takes; or what is stored is not what was written.
Trouble: TypeAlias = Literal["busy", "out of reach", "taken", "too large", "broken"]

"""How values go into a statement and come back alike, whichever database there is."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Self, TypeVarTuple

import msgspec
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Dialect,
    Integer,
    Select,
    Text,
    TypeDecorator,
    bindparam,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine

_POSTGRESQL = "postgresql"
_STREAMED = 500  # rows fetched at a time
_Ts = TypeVarTuple("_Ts")
_ESCAPE = "\x01"
_PAIR = re.compile("\x01[\x01\x02]")
_WRITTEN_FOR = {"\x01\x01": "\0", "\x01\x02": _ESCAPE}


class _Asked(TypeDecorator[str]):
    """Text that a column is compared with, which takes the column's order."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None] | None:
        """Return what a value goes through on its way into the database."""
        return escaped if dialect.name == _POSTGRESQL else None

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[str | None], str | None] | None:
        """Return what a value goes through on its way back."""
        del coltype
        return unescaped if dialect.name == _POSTGRESQL else None


class Words(_Asked):
    """Text of any characters, compared and sorted by code point.

    PostgreSQL stores no U+0000 and sorts as its locale says. So U+0000 is written as U+0001 U+0001 there, and
    U+0001 as U+0001 U+0002: what was different stays different, and the order stays the same.
    """

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column's type: on PostgreSQL one that sorts as SQLite does."""
        return Text(collation="C") if dialect.name == _POSTGRESQL else Text()

    def coerce_compared_value(self, op: object, value: object) -> TypeEngine[Any]:
        """Return the type of a value that a column is compared with."""
        del op, value
        # With an order of its own, BETWEEN would not be understood.
        return _Asked()


def escaped(words: str | None) -> str | None:
    """Return text as PostgreSQL takes it."""
    if words is None or ("\0" not in words and _ESCAPE not in words):
        return words
    return words.replace(_ESCAPE, "\x01\x02").replace("\0", "\x01\x01")


def unescaped(stored: str | None) -> str | None:
    """Return text as it was before `escaped`."""
    if stored is None or _ESCAPE not in stored:
        return stored
    return _PAIR.sub(lambda pair: _WRITTEN_FOR[pair[0]], stored)


class _Many(TypeDecorator[Any]):
    """Many values as one parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, *, numbers: bool) -> None:
        super().__init__()
        self.numbers = numbers

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the parameter's type."""
        if dialect.name == _POSTGRESQL:
            return ARRAY(BigInteger() if self.numbers else Text())
        return Text()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401 - str or int
        """Return the parameter's value."""
        if dialect.name != _POSTGRESQL:
            return msgspec.json.encode(value).decode()
        return value if self.numbers else [escaped(one) for one in value]


class _OneOf(FunctionElement[bool]):
    """The condition that a column has one of the values of a parameter."""

    inherit_cache = True
    name = "one_of"
    type = Boolean()

    def self_group(self, against: OperatorType | None = None) -> Self:
        """Return the condition as it is: where it is compared with 1, SQLite goes through the whole table."""
        del against
        return self


@compiles(_OneOf, "sqlite")
def _one_of_json(element: _OneOf, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - the compiler's own
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({column} IN (SELECT value FROM json_each({values})))"  # noqa: S608 - a parameter's name


@compiles(_OneOf, _POSTGRESQL)
def _one_of_array(element: _OneOf, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - the compiler's own
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({column} = ANY ({values}))"


def streamed(statement: Select[*_Ts]) -> Select[*_Ts]:
    """Return a question whose answer may be as large as the case, so that rows come as they are asked for."""
    return statement.execution_options(yield_per=_STREAMED)


def one_of(
    column: ColumnElement[str] | ColumnElement[int], values: Iterable[str] | Iterable[int]
) -> ColumnElement[bool]:
    """Return the condition that a column has one of many values.

    They are one parameter, however many they are: databases limit the parameters of a statement.
    """
    many = _Many(numbers=isinstance(column.type, Integer))
    return _OneOf(column, bindparam(None, list(values), type_=many, unique=True))

"""Words of what stands around a text and claims nothing, read once when first used."""

from functools import cache

import msgspec

from sayso.language.lexicon import read_table

Phrases = tuple[str, ...]


class Labels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Labels of a line, by what stands behind them."""

    title: Phrases
    day: Phrases
    author: Phrases
    source: Phrases
    place: Phrases
    address: Phrases
    topic: Phrases


class Furniture(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tables of `furniture.toml`, in lower case; the table says what each is for."""

    labels: Labels
    work: Phrases
    picture: Phrases
    handed: Phrases
    desk: Phrases
    works: Phrases
    uses: Phrases
    link_leads: Phrases
    link_outlets: Phrases
    contact_leads: Phrases
    whole: frozenset[str]


class _Credits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    work: Phrases
    picture: Phrases
    handed: str
    desk: str


class _Rights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    works: str
    uses: str


class _Links(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    leads: Phrases
    outlets: Phrases


class _Contacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    leads: Phrases


class _Whole(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    whole: frozenset[str]


class _Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    labels: Labels
    credits: _Credits
    rights: _Rights
    links: _Links
    contacts: _Contacts
    phrases: _Whole


@cache
def furniture() -> Furniture:
    """Return the words around a text."""
    tables = msgspec.convert(read_table("furniture"), _Tables)
    return Furniture(
        labels=tables.labels,
        work=tables.credits.work,
        picture=tables.credits.picture,
        handed=tuple(tables.credits.handed.split()),
        desk=tuple(tables.credits.desk.split()),
        works=tuple(tables.rights.works.split()),
        uses=tuple(tables.rights.uses.split()),
        link_leads=tables.links.leads,
        link_outlets=tables.links.outlets,
        contact_leads=tables.contacts.leads,
        whole=tables.phrases.whole,
    )

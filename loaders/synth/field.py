"""The invented field: residential and commercial areas on a grid, and the units that manage them."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

import numpy as np

from loaders.synth.dates import EMPTY, Ints
from loaders.synth.rates import Rates
from loaders.synth.words import COMPANY_ENDINGS, OTHER_UNITS, TRADES, stems, twin

OPERATING, SHELL, CLOSED = 0, 1, 2
PROPERTY, SERVICE, ECONOMIC, OTHER = 0, 1, 2, 3
COLLECTIVE, PRIVATE, STATE, FOREIGN, MIXED = range(5)
_TENTH = 0.1


@dataclass(frozen=True, slots=True)
class SampleRelationships:
    """Ties from one thing to another, by position, in the order of the first."""

    source: Ints
    target: Ints

    @classmethod
    def of(cls, source: Ints, target: Ints) -> SampleRelationships:
        """The ties, each once, sorted."""
        both = np.unique(np.stack([source, target], axis=1).astype(np.int64), axis=0)
        return cls(both[:, 0], both[:, 1])


@dataclass(frozen=True, slots=True)
class Areas:
    """Residential areas first, then commercial ones; a position in one list means either.

    `near`: a residential area at or beside each area. `stems`: what branches are named after.
    `led`: whether residential branches are to be there.
    """

    names: list[str]
    stems: list[str]
    residential: int
    subdistricts: list[str]
    part_of: Ints
    residents_committee: Ints
    owners_committee: Ints
    size: Ints
    adjacent: SampleRelationships
    near: Ints
    led: Ints


@dataclass(frozen=True, slots=True)
class Units:
    """Property companies first, then other units. `home`: the area whose workbook has the unit."""

    names: list[str]
    short: list[str]
    companies: int
    kind: Ints
    ownership: Ints
    status: Ints
    trade: Ints
    employees: Ints
    home: Ints
    manages: SampleRelationships

    @property
    def runs(self) -> Ints:
        """Which are neither closed nor shells, as far as known."""
        return np.isin(self.status, (OPERATING, EMPTY))


def blank(rng: np.random.Generator, values: Ints, share: float) -> Ints:
    """The values, a share of them left empty."""
    return np.where(rng.random(len(values)) < share, EMPTY, values).astype(np.int32)


def make_areas(rng: np.random.Generator, members: int, rates: Rates) -> Areas:
    """About 3 areas for a thousand members, on a grid whose neighbours mostly touch."""
    residential, commercial = max(4, round(members * 0.0029)), max(1, round(members * 0.0001))
    width = isqrt(residential)
    at = np.arange(residential)
    right = at[(at % width < width - 1) & (at + 1 < residential)]
    below = at[at + width < residential]
    touching = np.concatenate([np.stack([right, right + 1], 1), np.stack([below, below + width], 1)])
    touching = touching[rng.random(len(touching)) < 1 - _TENTH]
    host = rng.integers(residential, size=commercial)
    beside = np.stack([residential + np.arange(commercial), host], 1)
    pairs = np.concatenate([touching, beside])
    named = stems(residential + commercial, rng)
    count = max(1, residential // 30)
    place = np.concatenate([at * count // residential, host * count // residential])
    led = rng.random(residential) >= rates.area_without_branch
    led[0] = True
    answer = (rng.random(residential) >= rates.no_residents_committee).astype(np.int32)
    kinds = ("商业广场", "商业区", "商业街")
    return Areas(
        names=[f"{s}居民区" for s in named[:residential]]
        + [f"{s}{kinds[i % 3]}" for i, s in enumerate(named[residential:])],
        stems=named,
        residential=residential,
        subdistricts=[f"{s}街道" for s in stems(count, rng)],
        part_of=place,
        residents_committee=blank(rng, answer, rates.no_committee_answer),
        owners_committee=blank(
            rng, (rng.random(residential) < 0.55).astype(np.int32), rates.no_committee_answer
        ),
        size=np.concatenate(
            [
                (rng.lognormal(7, 0.5, residential)).astype(np.int32),
                (rng.lognormal(4, 0.6, commercial)).astype(np.int32) + 5,
            ]
        ),
        adjacent=SampleRelationships.of(pairs[:, 0], pairs[:, 1]),
        near=np.concatenate([at, host]),
        led=led,
    )


def make_units(rng: np.random.Generator, members: int, areas: Areas, rates: Rates) -> Units:
    """A property company per hundred members, somewhat more other units; few are large, most are small."""
    companies, others = max(8, members // 100), max(6, members // 80)
    count = companies + others
    named = stems(count, rng)
    endings = [COMPANY_ENDINGS[i] for i in rng.choice(4, companies, p=(0.5, 0.3, 0.1, 0.1))]
    for at in _plant_twins(rng, named, companies, rates.look_alike):
        endings[at + 1] = endings[at]
    what = rng.integers(len(OTHER_UNITS), size=others)
    endings += [OTHER_UNITS[i] for i in what]
    names = [s + e for s, e in zip(named, endings, strict=True)]
    status = np.where(
        rng.random(count) < rates.not_operating, rng.choice((SHELL, CLOSED), count), OPERATING
    )
    manages, home = _manage(rng, companies, areas, rates)
    trade = np.where(np.arange(count) < companies, 0, rng.integers(2, len(TRADES), size=count))
    return Units(
        names=names,
        short=[n.removesuffix("有限公司") for n in names],
        companies=companies,
        kind=np.concatenate(
            [
                np.full(companies, PROPERTY),
                np.where(what == 0, SERVICE, np.where(what == 1, ECONOMIC, OTHER)),
            ]
        ),
        ownership=blank(rng, rng.choice(5, count, p=(0.07, 0.82, 0.06, 0.02, 0.03)), rates.no_ownership),
        status=blank(rng, status, rates.no_status),
        trade=blank(rng, trade, rates.no_trade),
        employees=blank(
            rng, np.minimum(rng.pareto(1.2, count) * 8 + 3, 20_000).astype(np.int64), rates.no_employees
        ),
        home=np.concatenate([home, rng.integers(areas.residential, size=others)]),
        manages=manages,
    )


def _plant_twins(rng: np.random.Generator, named: list[str], companies: int, share: float) -> list[int]:
    """Let the name after some companies' sound like theirs; which they are."""
    taken = set(named)
    planted: list[int] = []
    for at in np.flatnonzero(rng.random(companies - 1) < share).tolist():
        other = twin(named[at])
        if other is not None and other not in taken:
            named[at + 1] = other
            taken.add(other)
            planted.append(at)
    return planted


def _manage(
    rng: np.random.Generator, companies: int, areas: Areas, rates: Rates
) -> tuple[SampleRelationships, Ints]:
    """Which areas each company manages, and its home area: most have one, some a row of neighbours."""
    managed = np.flatnonzero(rng.random(areas.residential) >= rates.area_without_company)
    if not len(managed):
        managed = np.arange(1)
    first = rng.integers(len(managed), size=companies)
    # every area that is managed at all has somebody
    first[: len(managed)] = np.arange(len(managed))[:companies]
    first = rng.permutation(first)
    many = np.minimum(1 + rng.pareto(1.8, companies).astype(np.int64), min(12, len(managed)))
    trading = rng.random(companies) < _TENTH
    trading[0] = True
    only = trading & (rng.random(companies) < 0.5)
    many[only | (rng.random(companies) < 0.03)] = 0
    source = np.repeat(np.arange(companies), many)
    step = np.arange(len(source)) - np.repeat(np.cumsum(many) - many, many)
    target = managed[(first[source] + step) % len(managed)]
    shops = np.flatnonzero(trading)
    place = areas.residential + rng.integers(len(areas.names) - areas.residential, size=len(shops))
    home = managed[first].copy()
    home[shops[only[shops]]] = place[only[shops]]
    return SampleRelationships.of(np.concatenate([source, shops]), np.concatenate([target, place])), home


def share_out(rng: np.random.Generator, total: int, weights: Ints) -> Ints:
    """`total` things shared out by weight."""
    return rng.multinomial(total, weights / weights.sum()) if len(weights) else np.zeros(0, np.int64)


def ranks(counts: Ints) -> Ints:
    """0, 1, 2 … within each group of so many."""
    return np.asarray(np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts))

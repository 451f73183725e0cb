"""What stands in a column: dates, numbers, yes and no, terms, names of things or people; and which fields it fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from graph_model.schema import node_type
from graph_model.schema.types import Property, Term
from loaders.clean.dates import date_value
from loaders.clean.fillers import is_unknown
from loaders.clean.parse import canonical_name, integer_value, term_value
from loaders.clean.parsers import says_yes_or_no
from loaders.forms.form import Form, FormColumn

KnownNames = Mapping[str, frozenset[str]]
"""By label, the canonical names that are held or stand elsewhere in the same round."""

_LOOKED_AT = 400
_SAMPLES = 200
_MOST, _SOME, _FEW = 0.8, 0.5, 0.25
_PERSON = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]{2,4}|[㐀-鿿]{1,10}(?:·[㐀-鿿]{1,10})+")
_ENDINGS = {
    "Branch": re.compile(r"(?:党支部|总支部?|党委|党组|支部委员会|党工委|委员会|支部)(?:\([^()]*\))?$"),
    "Unit": re.compile(
        r"(?:公司|厂|店|中心|所|院|集团|物业|学校|幼儿园|协会|商会|事务所|合作社|超市|银行|分行|支行|企业|工作室|经营部|商行|馆|社|局)"
        r"(?:\([^()]*\))?$"
    ),
    "ResidentialArea": re.compile(
        r"(?:居民区|居委会?|社区|小区|新村|村|苑|园|网格|家园|花园|公寓|名邸|里|坊)$"
    ),
    "CommercialArea": re.compile(r"(?:商业区|商圈|广场|商业街|商务区|步行街|商城|市场|楼宇|大厦|园区)$"),
    "Subdistrict": re.compile(r"(?:街道|镇|乡|办事处)$"),
}
"""With what the names of things end."""


@dataclass(frozen=True)
class ColumnContent:
    """The different cells of a column, blank and unknown ones apart, as far as they were looked at."""

    texts: tuple[str, ...]
    known: KnownNames = field(default_factory=dict, repr=False)
    _shares: dict[object, float] = field(default_factory=dict, repr=False, compare=False)
    """What was counted already: every form asks the same."""

    @cached_property
    def dates(self) -> float:
        """The share of cells that are dates."""
        return self._share(lambda t: isinstance(date_value(t), str))

    @cached_property
    def numbers(self) -> float:
        """The share of cells that are whole numbers."""
        return self._share(lambda t: isinstance(integer_value(t), int))

    @cached_property
    def answers(self) -> float:
        """The share of cells that say yes or no, as to a question or to who is a member."""
        return self._share(says_yes_or_no)

    @cached_property
    def people(self) -> float:
        """The share of cells that may be names of people, and are not names of things."""
        others = self.of_ending("Branch") + self.of_ending("Unit")
        return (
            self._share(lambda t: _PERSON.fullmatch("".join(t.split())) is not None)
            if others < _SOME
            else 0.0
        )

    def of_ending(self, label: str) -> float:
        """The share of cells that end as names of a label do."""
        ending = _ENDINGS.get(label)
        return self._once(label, lambda t: ending.search(t) is not None) if ending else 0.0

    def held(self, label: str) -> float:
        """The share of cells that are names of a label that are known."""
        names = self.known.get(label, frozenset())
        return self._once(("held", label), lambda t: canonical_name(t) in names) if names else 0.0

    def terms(self, terms: tuple[Term, ...]) -> float:
        """The share of cells that are words of a list."""
        return self._once(terms, lambda t: isinstance(term_value(t, terms), str))

    def _once(self, what: object, true: Callable[[str], bool]) -> float:
        if what not in self._shares:
            self._shares[what] = self._share(true)
        return self._shares[what]

    def _share(self, true: Callable[[str], bool]) -> float:
        return sum(map(true, self.texts)) / len(self.texts) if self.texts else 0.0


def content_of(cells: Iterable[str | None], known: KnownNames) -> ColumnContent:
    """What stands in a column below its headings."""
    texts = (c.strip() for c in islice(cells, _LOOKED_AT) if c and c.strip())
    different = dict.fromkeys(t for t in texts if not is_unknown(t))
    return ColumnContent(tuple(islice(different, _SAMPLES)), known)


def fit(column: FormColumn, form: Form, content: ColumnContent) -> float:
    """How well a column's cells fit a column of a form: 1 supports it, 0 says nothing, -1 contradicts it."""
    if not content.texts:
        return 0.0
    if column.flag or (column.property and column.property.type == "boolean"):
        return _scaled(content.answers)
    if column.tie is not None:
        return _fit_names(column.ends, content)
    if column.part == "date":
        return _scaled(content.dates)
    prop = column.property
    if prop is None:
        return 0.0
    if prop.type == "date":
        return _scaled(content.dates)
    if prop.type == "integer":
        return _scaled(content.numbers)
    if prop.type == "term":
        return _fit_terms(prop, content)
    if prop.name == "name" and form.label is not None:
        return _fit_names((form.label,), content)
    return _fit_text(content)


def _scaled(share: float) -> float:
    return 1.0 if share >= _MOST else -1.0 if share <= _FEW else 0.0


def _fit_terms(prop: Property, content: ColumnContent) -> float:
    share = content.terms(prop.terms)
    if share >= _SOME:
        return share
    other = max(content.dates, content.numbers, content.people if len(content.texts) > 6 else 0.0)
    return -1.0 if other >= _MOST else 0.0


def _fit_names(labels: Sequence[str], content: ColumnContent) -> float:
    people = any(node_type(label).of_people() for label in labels)
    if max(content.dates, content.numbers, content.answers) >= _MOST:
        return -1.0
    if people and all(node_type(label).of_people() for label in labels):
        ending = max(content.of_ending("Branch"), content.of_ending("Unit"))
        return 1.0 if content.people >= _MOST else -1.0 if ending >= _MOST else 0.0
    support = max(max(content.of_ending(label), content.held(label)) for label in labels)
    if support >= _SOME:
        return 1.0
    others = (label for label in ("Branch", "Unit") if label not in labels)
    return -1.0 if any(content.of_ending(label) >= _MOST for label in others) else 0.0


def _fit_text(content: ColumnContent) -> float:
    return -0.5 if max(content.dates, content.answers) >= _MOST else 0.0


def speaks_for(column: FormColumn, content: ColumnContent) -> bool:
    """Does what stands in a column alone make it this one: names of one label, or words of its list."""
    if not content.texts:
        return False
    if column.tie is not None:
        names = (max(content.held(label), content.of_ending(label)) for label in column.ends)
        return not column.reverse and max(names, default=0.0) >= _MOST
    prop = column.property
    words = len(content.texts) > 1 and prop is not None and prop.type == "term"
    return words and prop is not None and content.terms(prop.terms) == 1.0

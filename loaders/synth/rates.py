"""How an invented survey is shaped: the shares of what is empty, misspelled or a gap."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rates:
    """Each number is a share of the things that it could befall; answers.json repeats them."""

    # cells left empty
    no_status: float = 0.04
    no_ownership: float = 0.02
    no_trade: float = 0.10
    no_employees: float = 0.15
    no_standing: float = 0.02
    no_born: float = 0.03
    no_joined: float = 0.02
    no_gender: float = 0.01
    no_committee_answer: float = 0.06
    no_branch_kind: float = 0.005
    no_term: float = 0.05
    no_founded: float = 0.10
    no_absence: float = 0.25
    no_resolution: float = 0.05
    no_contact: float = 0.08
    # references written otherwise than the name: without 有限公司, with a space, in full width
    spelling: float = 0.08
    # what the field lacks
    not_operating: float = 0.08
    company_without_members: float = 0.55
    due_without_branch: float = 0.12
    small_without_joint: float = 0.30
    joint_too_wide: float = 0.03
    branch_too_large: float = 0.03
    branch_too_small: float = 0.03
    branch_dissolved: float = 0.005
    no_secretary: float = 0.06
    secretary_elsewhere: float = 0.03
    no_committee: float = 0.10
    committee_odd: float = 0.05
    term_over: float = 0.08
    floating: float = 0.04
    elsewhere: float = 0.08
    no_affiliation: float = 0.01
    area_without_branch: float = 0.04
    area_without_company: float = 0.04
    no_residents_committee: float = 0.03
    no_recent_meeting: float = 0.22
    unresolved: float = 0.15
    no_dual_management: float = 0.50
    no_representative: float = 0.45
    no_pair: float = 0.40
    pair_stale: float = 0.15
    pair_one_sided: float = 0.03
    uncovered_commercial: float = 0.30
    no_liaison: float = 0.60
    look_alike: float = 0.01
    look_alike_member: float = 0.002

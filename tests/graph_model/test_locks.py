"""Leases: counted while they are held, swept when they are not."""

from pathlib import Path

from graph_model import locks


def test_a_lock_is_held_by_one_and_free_after_the_block(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    assert locks.is_free(path)
    with locks.held(path, 0) as first, locks.held(path, 0) as second:
        assert (first, second) == (True, False)
        assert not locks.is_free(path)
    assert locks.is_free(path)


def test_a_lease_counts_until_it_is_given_back(tmp_path: Path) -> None:
    one, other = locks.take(tmp_path), locks.take(tmp_path)
    assert len(locks.alive(tmp_path)) == locks.sweep(tmp_path) == 2
    locks.give_back(one)
    locks.give_back(one)
    assert len(locks.alive(tmp_path)) == locks.sweep(tmp_path) == 1
    assert locks.alive(tmp_path) == tuple(tmp_path.glob("*.lease"))
    locks.give_back(other)
    assert (locks.alive(tmp_path), locks.sweep(tmp_path)) == ((), 0)

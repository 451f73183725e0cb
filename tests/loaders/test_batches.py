from hypothesis import given
from hypothesis import strategies as st

from loaders.batches import batches


def test_the_last_batch_is_the_shorter_one():
    assert list(batches(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(batches(range(4), 2)) == [[0, 1], [2, 3]]
    assert list(batches([], 2)) == []


@given(st.lists(st.integers()), st.integers(1, 9))
def test_batches_side_by_side_are_what_was_given(things, size):
    found = list(batches(iter(things), size))
    assert [t for some in found for t in some] == things
    assert all(len(some) == size for some in found[:-1])

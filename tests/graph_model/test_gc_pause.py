import gc

import pytest

from graph_model.gc_pause import gc_paused


def test_the_collector_pauses_and_goes_on_afterwards_even_where_it_is_nested():
    with gc_paused():
        assert not gc.isenabled()
        with gc_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_goes_on_after_an_error():
    with pytest.raises(ValueError, match="x"), gc_paused():
        raise ValueError("x")
    assert gc.isenabled()

"""Supply, blueprint and the draw (reliability: A9)."""

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.contest.rules import oracles
from tests.contest.rules import strategies as some
from tests.contest.rules.judging import judge, refused


@judge("shortages")
def supply_check_is_exact(engine):
    @given(some.blueprints, some.pools())
    def check(plan, pool):
        found = engine.shortages(plan, pool)

        assume(plan.count <= 4)
        assert (not found) == (oracles.least_use(plan, pool) is not None)
        for shortage in found:
            assert shortage.fitting == sum(shortage.cell.fits(item) for item in pool)
            assert 1 <= shortage.missing <= shortage.cell.count

    return check


@judge("draw")
def papers_fill_the_blueprint_with_the_least_used(engine):
    @given(st.data(), some.blueprints, some.pools(), st.text(max_size=3))
    def check(data, plan, pool, seed):
        assume(plan.count <= 4)
        least = oracles.least_use(plan, pool)
        if least is None:
            assert refused(engine.draw, plan, pool, seed) == "pool-too-small"
            return
        drawn = engine.draw(plan, pool, seed)
        items = {item.version_id: item for item in pool}
        assert len({place.version_id for place in drawn}) == plan.count
        expected = [index for index, cell in enumerate(plan.cells) for _ in range(cell.count)]
        assert [place.cell for place in drawn] == expected
        for place in drawn:
            assert plan.cells[place.cell].fits(items[place.version_id])
            assert place.points == plan.cells[place.cell].points
        assert sum(items[place.version_id].used for place in drawn) == least
        assert engine.draw(plan, data.draw(st.permutations(pool)), seed) == drawn

    return check


@judge("draw_many")
def papers_wear_the_pool_evenly(engine):
    @given(st.integers(2, 6), st.integers(1, 8))
    def check(size, papers):
        pool = [some.PoolItem(number, "I", "NB", "single") for number in range(size)]
        drawn = engine.draw_many(some.Blueprint((some.Cell("I", 2),)), pool, "seed", papers)

        used = [
            sum(place.version_id == item.version_id for paper in drawn for place in paper) for item in pool
        ]
        assert sum(used) == 2 * papers
        assert max(used) - min(used) <= 1

    return check

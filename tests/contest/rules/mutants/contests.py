"""Faulty final standings."""

from dataclasses import replace

from contest.rules import overall
from contest.rules.ranking import Shared
from tests.contest.rules.mutants.seeding import fault


@fault("overall")
def only_the_best_round_counts(parts, terms, *, lots=None, won_before=()):
    best = {}
    for part in parts:
        best[part.entrant_id] = max(part, best.get(part.entrant_id, part), key=lambda one: one.points)
    return overall.settle(best.values(), terms, lots=lots, won_before=won_before)


@fault("overall")
def winners_of_rounds_win_again(parts, terms, *, lots=None, won_before=()):
    return overall.settle(parts, terms, lots=lots)


@fault("overall")
def missing_predictions_count_as_exact(parts, terms, *, lots=None, won_before=()):
    guessed = [replace(part, prediction_error=part.prediction_error or 0, predicts=False) for part in parts]
    return overall.settle(guessed, terms, lots=lots, won_before=won_before)


@fault("overall")
def equals_stand_as_they_came(parts, terms, *, lots=None, won_before=()):
    parts = list(parts)
    final = overall.settle(parts, replace(terms, shared=Shared.SKIPPING), lots=lots, won_before=won_before)
    came = [part.entrant_id for part in parts]
    ranked = sorted(final.ranked, key=lambda entry: (entry.rank, came.index(entry.row.entrant_id)))
    return replace(final, ranked=tuple(ranked))


@fault("overall")
def rounds_are_not_counted(parts, terms, *, lots=None, won_before=()):
    return overall.settle(parts, replace(terms, least_rounds=1), lots=lots, won_before=won_before)


@fault("overall")
def the_first_finish_counts(parts, terms, *, lots=None, won_before=()):
    first = {}
    for part in parts:
        first[part.entrant_id] = min(part.finished_at, first.get(part.entrant_id, part.finished_at))
    parts = [replace(part, finished_at=first[part.entrant_id]) for part in parts]
    return overall.settle(parts, terms, lots=lots, won_before=won_before)

"""Rules and presets as data."""

import msgspec
import pytest
from msgspec.structs import replace

from contest.live import modes, presets
from contest.live.rules import RANGES, BuzzerRules, LiveRules, problems


@pytest.mark.parametrize("preset", presets.PRESETS, ids=lambda preset: preset.code)
def test_a_preset_can_be_opened_and_kept(preset):
    assert problems(preset.rules) == []
    assert msgspec.json.decode(msgspec.json.encode(preset.rules), type=LiveRules) == preset.rules
    assert presets.get(preset.code) is preset


def test_every_mode_has_a_preset_and_codes_are_unique():
    assert {preset.rules.mode for preset in presets.PRESETS} == set(modes.REGISTRY)
    assert len({preset.code for preset in presets.PRESETS}) == len(presets.PRESETS)


@pytest.mark.parametrize("name", RANGES)
def test_whatever_is_out_of_range_is_told_by_name(name):
    least, most = RANGES[name]
    rules = LiveRules(ask_unit=True)
    for value in (least - 1, most + 1):
        assert problems(changed(rules, name, value)) == [("live-out-of-range", name)]
    for value in (least, most):
        assert problems(changed(rules, name, value)) == []


def changed(rules, name, value):
    part, _, inner = name.partition(".")
    return replace(rules, **{part: changed(getattr(rules, part), inner, value) if inner else value})


@pytest.mark.parametrize("chain", [(), ("points", "points"), ("points", "luck")])
def test_a_chain_that_ranks_by_nothing_known_is_refused(chain):
    assert problems(LiveRules(chain=chain)) == [("live-chain-wrong", "chain")]


@pytest.mark.parametrize(
    ("chain", "refused_in"),
    [
        (("time",), {"official", "teams", "bell", "buzzer"}),
        (("time", "points"), {"official", "teams", "bell", "buzzer"}),
        (
            ("floor", "time", "right"),
            {"official", "teams", "buzzer"},
        ),  # off the bell's floor everybody stands alike
        (("floor",), {"official", "teams", "buzzer"}),
        (("right", "time", "points"), set()),
        (("points",), set()),
    ],
)
def test_time_only_breaks_ties_but_in_a_game(chain, refused_in):
    assert {mode for mode in modes.REGISTRY if problems(LiveRules(mode=mode, chain=chain))} == refused_in


def test_unknown_rules_are_refused():
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"answer_s": 3, "luck": 1}, BuzzerRules)

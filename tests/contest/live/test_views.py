"""What each audience sees, where the machine's random rounds do not look: places, podium, teams, clocks, sizes."""

import msgspec
import pytest
from msgspec.structs import replace

from contest.live import commands as c
from contest.live import patch
from contest.live.rules import LiveRules, TeamRules
from contest.live.state import Phase
from tests.contest.live.hall import Hall, documents, questions


def played(count=2, players=5, **changes):
    hall = Hall(items=questions(count), players=players, **changes)
    for _ in range(count):
        hall.ask(p1=("a", 1000), p2=("a", 2000), p3=("a", 3000), p4=("a", 4000))
    return hall


def shown(hall, role="projector"):
    return [(line["rank"], line["name"]) for line in documents(hall)[role].get("board", ())]


def test_the_podium_shows_the_third_the_second_the_first_and_everybody():
    hall = played()
    steps = []
    while hall.state.phase is not Phase.ENDED:
        hall.next()
        steps.append([rank for rank, _ in shown(hall)])
    assert steps == [[3], [2, 3], [1, 2, 3], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]]


def test_steps_of_the_podium_on_which_nobody_stands_are_passed_over():
    hall = Hall(items=questions(1), players=5)
    hall.ask(p1="a", p2="a", p3=("a", 9000))  # two firsts, nobody second
    steps, told = [], [[documents(hall)[role].get("coming_step", 0) for role in ("host", "remote")]]
    while hall.state.phase is not Phase.ENDED:
        hall.next()
        steps.append((hall.state.step, [rank for rank, _ in shown(hall)]))
        told.append([documents(hall)[role].get("coming_step", 0) for role in ("host", "remote")])
    assert steps == [(1, [3]), (3, [1, 1, 3]), (4, [1, 1, 3, 4, 4]), (4, [1, 1, 3, 4, 4])]
    assert told == [[1, 1], [3, 3], [4, 4], [0, 0], [0, 0]]


@pytest.mark.parametrize("sounds", [True, False])
def test_the_hall_is_told_to_be_quiet_by_the_rules_alone(sounds):
    assert documents(Hall(sounds=sounds))["projector"]["round"].get("quiet", False) is not sounds


def test_a_podium_without_anybody_ends_all_the_same():
    hall = Hall(items=questions(1), players=0)
    hall.ask()
    hall.end()
    assert hall.state.verdict == "provisional"


def test_phones_keep_the_secret_from_the_last_reveal_to_the_podium():
    hall = played()
    assert hall.me(1).result.rank == 0
    assert (hall.me(1).result.ahead, hall.me(2).result.of) == ("", 0)
    told = []
    while hall.state.phase is not Phase.ENDED:
        hall.next()
        told.append([hall.me(player).result.rank for player in (1, 2, 3, 4)])
    assert told == [[0, 0, 3, 4], [0, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]]


def test_no_phone_names_whom_the_podium_has_not_shown():
    hall = played()
    told = []
    while hall.state.phase is not Phase.ENDED:
        hall.next()
        told.append([(hall.me(player).result.ahead, hall.me(player).result.gap) for player in (2, 3, 4)])
    nobody, first, second, third = ("", 0), ("Người 1", 0), ("Người 2", 0), ("Người 3", 0)
    assert told == [[nobody, nobody, third], [nobody, second, third], *[[first, second, third]] * 3]


def test_between_questions_a_phone_has_its_place_and_the_gap_to_the_one_ahead():
    hall = Hall(items=questions(3), players=3)
    hall.ask(p1="a", p2="b")
    hall.ask(p1="a", p2="a")
    result = hall.me(2).result
    assert (result.rank, result.of, result.ahead, result.gap) == (2, 3, "Người 1", 10)
    assert (hall.me(1).result.ahead, hall.me(1).result.gap) == ("", 0)


def test_a_hidden_board_is_hidden_from_phones_and_hall_but_not_from_the_host():
    hall = Hall(items=questions(3), board_every=1)
    hall.ask(p1="a")
    hall.do(c.HideBoard(True))
    hall.next()
    assert hall.state.phase is Phase.BOARD
    assert (shown(hall), shown(hall, "player"), hall.me(1).result.rank) == ([], [], 0)
    assert shown(hall, "host")
    hall.do(c.HideBoard(False))
    assert shown(hall)


def test_a_board_comes_after_every_so_many_questions_of_the_plan_void_or_not():
    hall = Hall(items=questions(5), board_every=2)
    boards = []
    while hall.state.phase is not Phase.ENDED:
        if hall.state.phase is Phase.CLOSED and hall.state.run == 2:
            hall.do(c.VoidRun(2, "Sai đề"))
        if hall.state.due_at:
            hall.tick()
        else:
            hall.next()
        if hall.state.phase is Phase.BOARD:
            boards.append(hall.state.item)
    assert boards == [2, 4]


def test_a_late_comers_result_begins_with_their_first_question():
    hall = Hall(items=questions(3))
    hall.ask(p1="a")
    hall.join(9)
    assert hall.me(9).result is None
    assert hall.state.players[9].since == 2
    hall.ask(p9="a")
    assert hall.me(9).result.right


@pytest.mark.parametrize(
    ("phase", "since"),
    [("lobby", 1), ("title", 1), ("reading", 1), ("open", 1), ("closed", 2), ("reveal", 2)],
)
def test_who_joins_may_answer_what_is_not_closed(phase, since):
    hall = Hall(items=questions(2))
    while hall.state.phase.value != phase:
        hall.tick() if hall.state.due_at else hall.next()
    hall.join(9)
    assert hall.state.players[9].since == since


def test_a_member_sees_the_place_of_the_team_and_the_host_too():
    rules = LiveRules(mode="teams", teams=TeamRules(answers="captain"))
    hall = Hall(rules=rules, items=questions(2), teams={7: (1, 2), 8: (3, 4)}, players=5)
    hall.ask(p1="b", p3="a")
    people = documents(hall)["host"]["people"]
    assert [people[str(player)].get("rank", 0) for player in (1, 2, 3, 4, 5)] == [2, 2, 1, 1, 0]
    assert [hall.me(player).result.rank for player in (1, 2, 3, 4, 5)] == [2, 2, 1, 1, 0]
    assert documents(hall)["player"]["round"]["scale"] == 100


def test_a_paused_clock_stands_on_every_screen():
    hall = Hall(items=questions(1))
    hall.open()
    hall.now = hall.run.opens_at + 5000
    hall.do(c.Pause())
    stands = {
        "opens_at": hall.run.opens_at,
        "closes_at": hall.run.closes_at,
        "paused": True,
        "left_ms": 15_000,
    }
    shown = documents(hall)
    # A phone has no use for the moment at which the phase goes on by itself.
    assert shown["player"]["clock"] == stands
    for role in ("projector", "host", "remote"):
        assert shown[role]["clock"] == {**stands, "due_at": hall.state.due_at}


def test_options_that_nobody_has_seen_are_taken_back_while_the_round_stands():
    hall = Hall(items=questions(1))
    hall.open()
    hall.now = hall.run.opens_at - 500
    hall.do(c.Pause())
    assert "options" not in documents(hall)["player"]["question"]
    hall.now += 60_000
    hall.do(c.Resume())
    assert documents(hall)["player"]["question"]["options"]
    assert hall.run.opens_at == hall.now + 500


def test_the_projector_can_be_dark_and_the_host_sees_that_it_is():
    hall = Hall()
    hall.do(c.Blank(True))
    seen = documents(hall)
    assert seen["projector"]["blank"]
    assert seen["host"]["blank"]
    assert "blank" not in seen["player"]


def test_the_host_is_offered_only_what_the_mode_knows():
    assert "rescue" not in documents(played())["host"]["can"]
    bell = Hall(mode="bell", items=questions(2))
    bell.ask(p1="a")
    assert "rescue" in documents(bell)["host"]["can"]
    assert "eliminate" not in documents(bell)["host"]["can"]
    assert "eliminate" in documents(bell)["jury"]["can"]


def test_what_phones_get_does_not_grow_with_the_hall():
    sizes = []
    for players in (10, 400):
        hall = played(players=players)
        hall.next()
        pressed = Hall(rules=LiveRules(mode="buzzer"), items=questions(1), players=players)
        pressed.open()
        for player in pressed.state.players:
            pressed.answer(player, True)
        pressed.tick()
        assert pressed.state.phase is Phase.JUDGING
        assert len(pressed.state.buzz.first) == players
        sizes.append(
            [
                len(msgspec.json.encode(documents(one)[role]))
                for one in (hall, pressed)
                for role in ("player", "me1", f"me{players}")
            ]
        )
    few, many = sizes
    assert [abs(more - less) <= 8 for less, more in zip(few, many, strict=True)] == [True] * 6


def test_a_new_name_costs_the_host_one_line():
    hall = played(players=100)
    before = documents(hall)["host"]
    hall.do(c.Rename(50, "Tên mới"))
    assert patch.between(before, documents(hall)["host"]) == {
        "people": {"50": {"name": "Tên mới"}},
        "undo": "player-renamed",
        "undo_at": hall.state.version,
    }


def test_an_accepted_option_is_shown_as_right():
    hall = played()
    hall.do(c.Accept(2, "Cũng đúng", answer="b"))
    solution = documents(hall)["projector"]["solution"]
    assert solution["right"] == ("a", "b")
    assert solution["lines"] == ("Phương án a", "Phương án b")


def test_a_phone_is_told_of_the_solution_only_what_it_draws():
    choice = documents(played())
    # Its options say which is right; how the hall answered is for the hall's screen.
    assert choice["player"]["solution"] == {"right": ("a",), "explanation": "Vì thế.", "source": "Mục 1"}
    assert choice["projector"]["solution"]["counts"]
    assert choice["projector"]["solution"]["right_count"] == 4
    # At the buzzer there are no options on the phone.
    buzzer = Hall(rules=LiveRules(mode="buzzer"), items=questions(1))
    buzzer.ask()
    assert documents(buzzer)["player"]["solution"]["lines"] == ("Phương án a",)
    # A poll is its distribution.
    poll = Hall(items=(replace(questions(1)[0], type="poll"), *questions(2)[1:]))
    poll.ask(p1="a", p2="b")
    assert documents(poll)["player"]["solution"] == documents(poll)["projector"]["solution"]
    assert documents(poll)["player"]["solution"]["counts"] == {"a": 1, "b": 1}


@pytest.mark.parametrize(("answers", "count"), [("members", 2), ("majority", 1)])
def test_where_a_team_answers_as_one_teams_are_counted_right(answers, count):
    rules = LiveRules(mode="teams", teams=TeamRules(answers=answers))
    hall = Hall(rules=rules, items=questions(1), teams={7: (1, 2, 3), 8: (4, 5)}, players=5)
    hall.ask(p1="a", p2="a", p3="b", p4="b", p5="b")
    told = documents(hall)
    assert told["projector"]["solution"]["right_count"] == count
    assert told["host"]["runs"]["1"]["right"] == count

"""L1 to L15, the invariants of live rounds, checked after every step; each is named where it is checked."""

from collections import Counter
from dataclasses import dataclass, field

import msgspec

from contest.live import audiences, events, machine, patch, ranking
from contest.live import commands as c
from contest.live.marking import marks_of
from contest.live.modes.bell import standing
from contest.live.state import Phase, State
from tests.contest.live.room_model import MOST_LAG_MS
from tests.contest.live.room_totals import own_total, team_total
from tests.contest.live.room_world import CANARY, ITEMS, NEXT, PEOPLE, TEAMS, letter_of, secret_of, shuffled

SEEN = (1, 4, 6)  # whose own part is looked at


@dataclass
class Fall:
    """Who stood on the floor in the run that was revealed last, and whose place something else has touched since."""

    run: int
    asked: set
    touched: set = field(default_factory=set)


class Laws:
    """Looks at what a machine has: state, engine, model, mode, rules, clients."""

    def _check_step(self, deed, before, after, found):
        if before.phase is not after.phase and not isinstance(deed, c.Undo):
            allowed = NEXT[before.phase] | ({Phase.ENDED} if isinstance(deed, c.Finish) else set())
            allowed |= {Phase.TITLE} if isinstance(deed, c.Replay) else set()
            assert after.phase in allowed, f"L9: {before.phase} → {after.phase}"
        if before.paused_at and not isinstance(deed, c.Resume | c.Finish | c.Undo):
            assert after.phase is before.phase, "L15: a paused round does not advance"
        if events.RunClosed in found:
            self._check_close(before, after)
            self._check_lines(deed, before, after)
        if events.BuzzWon in found:
            self._check_presses(deed, before, after)
        if self.rules.mode == "bell":
            self._check_floor(deed, before, after, found)

    def _check_close(self, before, after):
        run = after.runs[before.run]
        assert not before.runs[before.run].closed_at, "L9: a run closes once"
        item = ITEMS[run.item - 1]
        counted = {player for player, no, *_ in self.engine.rows if no == run.no}
        acked = {player for player, no in self.model.acked if no == run.no}
        assert counted == acked, "L1: acknowledged is counted, and nothing else is"
        assert run.answered == len(acked)
        if self.rules.mode != "buzzer" or item.type == "poll":
            watch = self.model.watches[run.no]
            assert run.closed_at == min(watch.closes(), self.now), "a question closes at its time"
        if (
            item.type == "question"
            and self.mode not in {"majority", "captain"}
            and self.rules.mode != "buzzer"
        ):
            assert set(run.marks) == acked, "L1"

    def _check_lines(self, deed, before, after):
        """By the rule `grace` a line that was down is a technical loss of who could fall and gave no answer."""
        run = after.runs[before.run]
        asked = set()
        if self.rules.mode == "bell" and self.rules.bell.grace and after.is_scored(run):
            asked = {
                p
                for p in standing(before)
                if before.players[p].since <= run.no and (not run.scope or p in run.scope)
            }
        silent = {p for p in asked if (p, run.no) not in self.model.acked}
        lost = {p for p, one in after.players.items() if one.loss != before.players[p].loss}
        marked = {p for p in asked if run.no in before.players[p].loss}
        assert lost == (silent & getattr(deed, "away", set())) - marked, "L11: a lost line is the jury's"

    def _check_floor(self, deed, before, after, found):
        was, now = set(standing(before)), set(standing(after))
        back = {c.Rescue, c.VoidRun, c.Accept, c.Replay, c.Undo, c.Readmit, c.Join}
        assert now <= was or type(deed) in back, "L11: nobody comes back by themselves"
        if events.Revealed in found:
            run = after.runs[after.run]
            asked = {
                p for p in was if before.players[p].since <= run.no and (not run.scope or p in run.scope)
            }
            right = {p for p in asked if self._marked_right(run.no, p)}
            poll = ITEMS[run.item - 1].type == "poll"
            stay = self.rules.bell.all_out == "stay" and not right and len(asked) > 1
            nothing = poll or run.no in self.model.void
            spared = nothing or stay
            passed = {p for p in was if run.scope and p not in run.scope} if not nothing else set()
            if not poll:
                self.fall = Fall(run.no, asked)
            expected = (was if spared else was - (asked - right)) - passed
            assert now == expected, "L11: who leaves is told by the rows alone"
            waiting = {p for p in after.floor.waiting if after.floor.waiting[p] == run.no} - set(
                before.floor.waiting
            )
            lost = {p for p in asked - right if run.no in before.players[p].loss}
            assert waiting == passed | (set() if spared else lost), (
                "L11: a technical loss is the jury's, and whoever was not asked"
            )
        if events.OptionsOpened in found:
            scope = after.runs[after.run].scope
            assert not scope or now <= set(scope), "L11: whoever stands when the options open is asked"
        self._check_newcomers(deed, after, now - was)

    def _check_newcomers(self, deed, after, fresh):
        """Nobody comes onto the floor past a question that others could fall by."""
        counting = [
            run for run in self.model.counting() if ITEMS[after.runs[run].item - 1].type == "question"
        ]
        if isinstance(deed, c.Accept | c.VoidRun):
            scopes = [after.runs[run].scope for run in counting if run > deed.run]
            passed = {player for player in fresh for scope in scopes if scope and player not in scope}
            assert not passed, "L11: who was not asked does not stand beside those who were"
        if isinstance(deed, c.Readmit):
            missed = [run for run in counting if run not in self.model.seen[deed.player]]
            wrong = [run for run in missed if not self._marked_right(run, deed.player)]
            assert not (fresh and wrong), "L11: nobody is removed past a question"
        if isinstance(deed, c.Join):
            late = [player for player in fresh if self._is_late(after, after.players[player])]
            assert not late or self._falls_yet(after), "L11: who joins late stands while they can fall"

    def _is_late(self, state, player):
        return any(
            ITEMS[run.item - 1].type == "question" and run.no < player.since
            for run in state.runs.values()
            if run.no not in self.model.replaced
        )

    def _falls_yet(self, state):
        """Whether whoever stands can still fall by a question."""
        gone = self.model.void | self.model.replaced
        bell = any(run.scope and run.opens_at and run.no not in gone for run in state.runs.values())
        ahead = any(item.type == "question" for item in ITEMS[state.item :])
        is_asked = ITEMS[state.item - 1].type == "question" and not state.current.closed_at
        return not bell and (ahead or is_asked)

    def _check_corrected(self, deed, before, after):
        """L11 after a correction: the floor is what the rows say, as long as no other question has been played."""
        fall = self.fall
        if self.rules.mode != "bell" or fall is None:
            return
        was, now = set(standing(before)), set(standing(after))
        undone = isinstance(deed, c.Undo) and before.undo_what in {"remarked", "run-voided"}
        if not isinstance(deed, c.Accept | c.VoidRun) and not undone:
            fall.touched |= was ^ now if before.phase is not Phase.CLOSED else set()
            fall.touched |= {getattr(deed, "player", 0)}
            return
        if isinstance(deed, c.Accept | c.VoidRun):
            played_on = any(
                ITEMS[one.item - 1].type == "question" and no > deed.run for no, one in after.runs.items()
            )
            assert was <= now or not played_on, "L11: nobody is sent off for an earlier question"
        if after.run != fall.run or fall.run in self.model.replaced:
            return
        right = {player for player in fall.asked if self._marked_right(fall.run, player)}
        stay = self.rules.bell.all_out == "stay" and not right and len(fall.asked) > 1
        spared = fall.run in self.model.void or stay
        for player in fall.asked - fall.touched:
            assert (player in now) == (spared or player in right), "L11: who stands is told by the rows alone"

    def _check_presses(self, deed, before, after):
        """Who has pressed within the window of the first, of those who may, and nobody else."""
        run = before.runs[before.run]
        just_heard = {deed.player} if isinstance(deed, c.JudgeBuzz) else {*before.buzz.first}
        presses = {
            player: found[4] - found[5]
            for (player, no), found in self.model.acked.items()
            if no == run.no
            and player not in self.model.out | just_heard
            and not self._is_locked_out(player, run)
        }
        first = min(presses.values(), default=0)
        tied = {player for player, moment in presses.items() if moment <= first + self.rules.buzzer.tie_ms}
        assert set(after.buzz.first) == tied, "L13: who was first at the buzzer"

    def _marked_right(self, run, player):
        found = self.model.acked.get((player, run))
        return found is not None and self.model.is_right(run, found[0])

    def check_laws(self):
        if not hasattr(self, "mode"):
            return
        state = self.state
        if getattr(self, "checked", None) == (state.version, len(self.engine.rows)):
            return
        self.checked = (state.version, len(self.engine.rows))
        self._check_rows(state)
        self._check_rebuilt(state)
        self._check_results(state)
        self._check_views(state)

    def _check_rows(self, state):
        twice = Counter((player, run) for player, run, *_ in self.engine.rows)
        assert max(twice.values(), default=0) <= 1, "L2: one answer a participant and run"
        kept = {place[:2] for place in self.engine.rows}
        assert kept == set(self.model.acked), "L1: what was acknowledged is kept"
        for (player, run, *_), row in self.engine.rows.items():
            letter = letter_of(ITEMS[state.runs[run].item - 1], row.value)
            assert (player, run, letter) in self.model.sent, "L1: counted but never sent"
            value, ms = self.model.acked[player, run][:2]
            assert letter == value, "L1: what was acknowledged counts"
            if self.rules.mode != "buzzer":
                assert row.ms == ms, "L5: time is the server's"
            assert 0 <= row.lag_ms <= MOST_LAG_MS, "L5"
        for player in PEOPLE:
            used = [row.lag_ms for (who, *_), row in self.engine.rows.items() if who == player]
            assert sum(used) <= 500 + 100 * len(state.runs), "L5: the quota's law"
        open_now = [
            run for run in state.runs.values() if run.opens_at and not run.closed_at and not run.voided
        ]
        assert len(open_now) <= 1, "L14"

    def _check_rebuilt(self, state):
        rebuilt = machine.apply(State(), [events.decode(text) for text in self.engine.journal])
        assert rebuilt == state, "L8: the journal adds up to the state"
        again = msgspec.json.decode(msgspec.json.encode(state), type=State)
        assert again == state, "L8: a snapshot is the state"
        for run in state.runs.values():
            if run.closed_at and run.marks:
                rows = self.engine.answers(run.no)
                secret = secret_of(ITEMS[run.item - 1])
                for order in (rows, rows[::-1]):
                    marks = marks_of(shuffled(state), run, secret, order)
                    assert marks == run.marks, "L12, L13: marks are a function of the rows"

    def _check_results(self, state):
        board = ranking.board(state)
        other = ranking.board(shuffled(state))
        assert [msgspec.structs.astuple(line) for line in board.lines] == [
            msgspec.structs.astuple(line) for line in other.lines
        ], "L12: whatever the order of joining"
        present = [player for player in state.players.values() if player.status == "in"]
        assert {p.id for p in present} == {i for i in state.players if i not in self.model.out}
        if self.rules.mode == "teams":
            assert all(line.id in TEAMS for line in board.lines)
        else:
            assert {line.id for line in board.lines} == {player.id for player in present}
        self._check_places(board, state)
        self._check_totals(board)

    def _check_places(self, board, state):
        """1, 2, 2, 4: equal keys share, and nothing else decides."""
        chain = self.rules.chain if self.rules.mode != "bell" else ("floor", *self.rules.chain)
        keys = {line.id: [self._key(line, code, state) for code in chain] for line in board.lines}
        for line in board.lines:
            better = sum(1 for other in keys.values() if other < keys[line.id])
            assert line.rank == better + 1, "shared places: the declared chain alone ranks"

    def _key(self, line, code, state):
        if code == "floor":
            left = {**state.floor.out, **state.floor.waiting}
            return -left[line.id] if line.id in left else -999
        return {"points": -line.total.points, "right": -line.total.right, "time": line.total.ms}[code]

    def _check_totals(self, board):
        for line in board.lines:
            found = (line.total.points, line.total.right, line.total.ms)
            expected = team_total(self, line.id) if self.rules.mode == "teams" else own_total(self, line.id)
            assert found == expected, "L12, L13: the result is what the acknowledged answers say"

    def _check_views(self, state):
        fresh = self._documents(state)
        for role, document in fresh.items():
            known = self.clients.get(role)
            if known is not None:
                change = patch.between(known, document)
                assert patch.apply(known, change) == document, f"L6: {role}"
            self.clients[role] = document
            if not role.startswith(("host", "jury")):
                self._check_secret(state, document, role)

    def _documents(self, state):
        """From the other server's state: one that came by another way must show the same."""
        board = ranking.board(self.engine.state(1))
        other = self.engine.state(1)
        made = {
            "player": audiences.player_view(other, board),
            "projector": audiences.projector_view(other, board),
        }
        for role in ("host", "jury", "remote"):
            made[role] = audiences.host_view(other, board, self.engine.secrets, role=role)
        made |= {
            f"me{id_}": audiences.me_view(other, board, player)
            for id_, player in other.players.items()
            if id_ in SEEN
        }
        text = {role: msgspec.json.encode(view) for role, view in made.items()}
        assert not any(b"null" in document for document in text.values())
        return {role: msgspec.json.decode(document) for role, document in text.items()}

    def _check_secret(self, state, document, role):
        shown = msgspec.json.encode(document).decode()
        if state.phase is not Phase.REVEAL:
            assert CANARY not in shown, f"L7: the key is shown to {role}"
        if state.phase in {Phase.OPEN, Phase.JUDGING, Phase.CLOSED}:
            assert self._twin(role, state) == document, f"L7: {role} tells right from wrong before the reveal"
        if state.board_hidden and role.startswith("me"):
            assert "rank" not in document.get("result", {}), "a hidden board stays hidden"

    def _twin(self, role, state):
        """What the role would see if everybody had answered otherwise and the key were another."""
        run = state.runs[state.run]
        if run.revealed:
            return self.clients[role]
        other = msgspec.structs.replace(run, marks={}, counts={}, answered=0)
        twin = msgspec.structs.replace(state, runs={**state.runs, run.no: other})
        board = ranking.board(twin)
        if role == "player":
            made = audiences.player_view(twin, board)
        elif role == "projector":
            made = audiences.projector_view(twin, board)
        elif role == "remote":
            made = audiences.host_view(twin, board, {}, role="remote")
        else:
            made = audiences.me_view(twin, board, twin.players[int(role[2:])])
        return msgspec.json.decode(msgspec.json.encode(made))

"""Faulty rooms: each makes one mistake that a live quiz could make. The machine must catch every one.

Some are engines, some break a function of the machine while they run (`broken`); `modes`: where the mistake can show.
`script`: what random rounds come to seldom has a round in which it shows for certain, the machine's rules in order.
"""

from unittest.mock import patch as replaced

import msgspec

from contest.live import answers, audiences, lag, machine, modes, patch, ranking
from contest.live import commands as c
from contest.live import events as e
from contest.live.deciding import pace
from contest.live.evolving.registry import APPLY
from contest.live.modes import buzzer, totals
from contest.live.modes.base import Mode
from contest.live.modes.bell import Bell
from contest.live.modes.buzzer import Buzzer
from contest.live.modes.game import Game
from contest.live.modes.teams import Teams
from question_bank.rules import kinds
from tests.contest.live.room_engine import Ack, Engine


def question(deed="", **given):
    """A question, its answers a second apart (p1="a"), closed and revealed."""
    answers = [(int(name[1:]), value, second) for second, (name, value) in enumerate(given.items(), 1)]
    return "a_question", {"given": answers, "deed": deed, "reveal": True}


def given(player, value):
    return "answer", {"player": player, "value": value, "delay": 0, "server": 0}


OPENED = ("a_question_opens", {})
KEY = ("next_key", {"server": 0})
DUE = ("clock", {"server": 0, "late": 0, "early": False, "host_present": False, "away": ()})
VOIDED = ("void", {"run": 0})
REMOVED = ("kick", {"player": 3, "ban": False})
# In mode bell-leave few are left after this, and the bell question comes next.
FEW_LEFT = question(p1="a", p2="a", p3="a", p4="b", p5="b")


class Mutant(Engine):
    """An engine with one mistake."""

    modes = ("official",)
    script = ()

    @staticmethod
    def broken():
        """(object, name, replacement) of what is broken beside the engine."""
        return []


class KeyByConnection(Mutant):
    """The participant is whoever holds the socket: after a reconnect they can answer again."""

    def place(self, sent):
        return (sent.player, sent.run, sent.connection)


class PersistAtClose(Mutant):
    """Answers are written down when the question closes; a restart loses them."""

    def restart(self, server):
        super().restart(server)
        state = self.state()
        run = state.current
        if run is not None and not run.closed_at:
            for place in [place for place in self.rows if place[1] == run.no]:
                del self.rows[place]


class AckBeforeCommit(Mutant):
    """Acknowledged first, written later: every fifth write fails unseen."""

    def answer(self, server, sent, at):
        ack = super().answer(server, sent, at)
        if sent.seq % 5 == 4:
            self.rows.pop(self.place(sent), None)
        return ack


class LastWriteWins(Mutant):
    """A second answer takes the place of the first though the first one counts."""

    def require_newer(self, place, found):
        pass


class OvertakenFrameWins(Mutant):
    """An older frame that comes late takes the place of the newer answer."""

    modes = ("last",)

    def require_newer(self, place, found):
        pass


class RetryIsNew(Mutant):
    """A retry is acknowledged anew, with another receipt."""

    def answer(self, server, sent, at):
        ack = super().answer(server, sent, at)
        return Ack(ack.player, ack.run, ack.key, at, f"{ack.receipt}-{at}")


class AckTellsRight(Mutant):
    """The acknowledgement of a right answer is another one than that of a wrong one."""

    def answer(self, server, sent, at):
        ack = super().answer(server, sent, at)
        return msgspec.defstruct("Told", [("right", bool), *((name, object) for name in ack.__dict__)])(
            right=sent.value == "a", **ack.__dict__
        )


class DoubleClose(Mutant):
    """Nobody compares versions: a server that was behind writes its close once more."""

    def _command(self, state, server, deed, now):
        decided = [e.encode(event) for event in machine.decide(state, deed, self.facts(now))]
        self.journal += decided
        self.state(server)
        return [type(e.decode(text)) for text in decided]


class ClientClock(Mutant):
    """The time used is what the phone says."""

    def accept(self, state, sent, at, lag_ms):
        found = super().accept(state, sent, at, lag_ms)
        return msgspec.structs.replace(found, ms=sent.claims_ms)


class LagUnbounded(Mutant):
    """The lag is taken off whatever it is."""

    @staticmethod
    def broken():
        return [(lag, "compensation", lambda rtt_ms, quota_ms: (rtt_ms or 0) // 2 + 50)]


class QuotaForgotten(Mutant):
    """Everybody has the whole quota for every question."""

    def lag_of(self, sent):
        return 0 if sent.player not in self.rtt or self.rtt[sent.player] is None else 900


class AcceptLate(Mutant):
    """The deadline is not asked."""

    @staticmethod
    def broken():
        return [(modes.base, "require_in_time", lambda run, at, lag_ms: None)]


class AcceptEarly(Mutant):
    """Answers count before the options have appeared."""

    script = (KEY, DUE, DUE, given(1, "a"))

    @staticmethod
    def broken():
        real = Mode.require_open

        def early(self, state, run, player, *, at, lag_ms):
            real(self, state, run, player, at=max(at, run.opens_at), lag_ms=lag_ms)

        return [(Mode, "require_open", early)]


class AcceptInPause(Mutant):
    """Answers count while the clock stands."""

    @staticmethod
    def broken():
        return [(modes.base, "require_running", lambda state, run, at: None)]


class AcceptAnyQuestion(Mutant):
    """Which question it was for is not asked: a late packet counts for the next."""

    def accept(self, state, sent, at, lag_ms):
        return answers.accept(
            state, player=sent.player, run=state.run, value=sent.value, at=at, lag_ms=lag_ms, seq=sent.seq
        )


class KickedCanAnswer(Mutant):
    """Being out is not asked."""

    script = (OPENED, ("kick", {"player": 1, "ban": False}), given(1, "a"))

    def accept(self, state, sent, at, lag_ms):
        inside = {id_: msgspec.structs.replace(one, status="in") for id_, one in state.players.items()}
        return super().accept(msgspec.structs.replace(state, players=inside), sent, at, lag_ms)


def _event(kind, change):
    """The event with a changed effect."""
    real = APPLY[kind]
    return [(APPLY, kind, lambda state, event: change(real, state, event))]


class ReplayCountsTwice(Mutant):
    """The first asking goes on counting."""

    script = (question("replay", p1="a"),)

    @staticmethod
    def broken():
        def change(real, state, event):
            made = real(state, event)
            run = msgspec.structs.replace(made.runs[event.run], replaced=False)
            return msgspec.structs.replace(made, runs={**made.runs, event.run: run})

        return _event(e.RunReplaced, change)


class VoidStillCounts(Mutant):
    """A void question goes on counting."""

    script = (question(p1="a"), VOIDED)

    @staticmethod
    def broken():
        def change(real, state, event):
            made = real(state, event)
            run = msgspec.structs.replace(made.runs[event.run], voided="")
            return msgspec.structs.replace(made, runs={**made.runs, event.run: run})

        return _event(e.RunVoided, change)


class PauseRunsOn(Mutant):
    """After a pause the question closes when it would have closed without."""

    @staticmethod
    def broken():
        def change(real, state, event):
            return msgspec.structs.replace(state, paused_at=0)

        return _event(e.Resumed, change)


class PauseCostsTime(Mutant):
    """The pause counts as time used."""

    @staticmethod
    def broken():
        def change(real, state, event):
            made = real(state, event)
            if not made.run:
                return made
            run = msgspec.structs.replace(made.runs[made.run], stops=())
            return msgspec.structs.replace(made, runs={**made.runs, made.run: run})

        return _event(e.Resumed, change)


class ClosesWhenLookedAt(Mutant):
    """A question whose time passed while the server was down closes when it is up again."""

    @staticmethod
    def broken():
        real = pace.close

        def late(state, run, facts, *, at=0):
            return real(state, run, facts, at=at or facts.now)

        return [(pace, "close", late)]


class PausedClockTicks(Mutant):
    """The clock moves a round that stands."""

    def command(self, server, deed, now):
        if type(deed).__name__ == "Tick" and self.state(server).paused_at:
            state = self.state(server)
            awake = msgspec.structs.replace(state, paused_at=0)
            return super()._command(awake, server, deed, now)
        return super().command(server, deed, now)


class UnstableTiebreak(Mutant):
    """Nobody shares a place: who joined first is ahead."""

    @staticmethod
    def broken():
        real = ranking._board

        def ranked(state, *, off_floor):
            made = real(state, off_floor=off_floor)
            lines = tuple(
                msgspec.structs.replace(line, rank=place) for place, line in enumerate(made.lines, start=1)
            )
            return msgspec.structs.replace(made, lines=lines)

        return [(ranking, "_board", ranked), (ranking, "_kept", [])]


class BoardOfYesterday(Mutant):
    """The board that is kept is given again though somebody has been taken out."""

    @staticmethod
    def broken():
        real = ranking._parts
        return [(ranking, "_parts", lambda state: real(state)[:2] + real(state)[4:]), (ranking, "_kept", [])]


class TimeOfWrongAnswersCounts(Mutant):
    """Who was fast and wrong is ahead of who was silent, or behind."""

    @staticmethod
    def broken():
        real = Mode.add

        def add(self, rules, total, mark):
            made = real(self, rules, total, mark)
            wrong = mark.ms if mark is not None and not mark.right else 0
            return msgspec.structs.replace(made, ms=made.ms + wrong)

        return [(Mode, "add", add), (totals, "_kept", []), (ranking, "_kept", [])]


class LeakKey(Mutant):
    """The solution is in the view from the close on."""

    @staticmethod
    def broken():
        real = audiences._shared

        def shared(state, board, top, *, everything=False):
            made = real(state, board, top, everything=everything)
            if made["phase"] == "closed" and state.run:
                made["solution"] = audiences.solution_view(state, state.runs[state.run])
            return made

        return [(audiences, "_shared", shared)]


class LeakOwnResult(Mutant):
    """A phone is told right or wrong when the question closes."""

    @staticmethod
    def broken():
        real = audiences._result

        def result(state, board, player):
            run = state.current
            if run is not None and run.closed_at and not run.revealed and player.id in run.marks:
                board = msgspec.structs.replace(board, run=run.no)
            return real(state, board, player)

        return [(audiences, "_result", result)]


class LeakCounts(Mutant):
    """The number of answers is in everybody's view from the close on."""

    @staticmethod
    def broken():
        real = audiences._shared

        def shared(state, board, top, *, everything=False):
            made = real(state, board, top, everything=everything)
            run = state.current
            made["left"] += len(run.marks) if run is not None and not run.revealed else 0
            return made

        return [(audiences, "_shared", shared)]


class HiddenBoardOnPhones(Mutant):
    """Hiding the board hides it in the hall only."""

    @staticmethod
    def broken():
        return [(audiences, "_is_hidden", lambda state, rank: False)]


class PatchForgetsWhatIsGone(Mutant):
    """What a view no longer holds stays with the clients."""

    @staticmethod
    def broken():
        real = patch.between

        def between(old, new):
            return {name: value for name, value in real(old, new).items() if value is not None}

        return [(patch, "between", between)]


class UndoForgetsTheRow(Mutant):
    """Taking back an accepted answer leaves its marks."""

    script = (question("undo", p1="b", p2="b"),)

    @staticmethod
    def broken():
        def change(real, state, event):
            kept = state
            made = real(state, event)
            runs = {
                no: msgspec.structs.replace(run, marks=kept.runs[no].marks) for no, run in made.runs.items()
            }
            return msgspec.structs.replace(made, runs=runs)

        return _event(e.Undone, change)


class UndoOfRestartDiffers(Mutant):
    """What can be taken back is kept in memory in another form than in the journal."""

    def append(self, version, texts):
        super().append(version, texts)
        if texts and len(self.journal) % 7 == 0:
            self.caches[0] = msgspec.structs.replace(self.state(0), undo=("memory",))


class SilentStay(Mutant):
    """Only who answered wrong leaves the floor."""

    modes = ("bell",)

    @staticmethod
    def broken():
        real = Bell.after_reveal

        def after(self, state, run):
            found = []
            for event in real(self, state, run):
                players = tuple(player for player in event.players if player in run.marks)
                found += [msgspec.structs.replace(event, players=players)] if players else []
            return found

        return [(Bell, "after_reveal", after)]


class EliminationOnVoid(Mutant):
    """A void question takes people off the floor."""

    modes = ("bell",)
    script = (question("void", p1="a", p2="b"),)

    @staticmethod
    def broken():
        real = Bell.after_reveal

        def after(self, state, run):
            return real(self, state, msgspec.structs.replace(run, voided=""))

        return [(Bell, "after_reveal", after)]


class LossIsAFall(Mutant):
    """A technical loss is treated like silence."""

    modes = ("bell",)

    @staticmethod
    def broken():
        real = Bell.after_reveal

        def after(self, state, run):
            players = {id_: msgspec.structs.replace(one, loss=()) for id_, one in state.players.items()}
            return real(self, msgspec.structs.replace(state, players=players), run)

        return [(Bell, "after_reveal", after)]


class VoidBringsNobodyBack(Mutant):
    """Taking a void back leaves those on the floor who had fallen by it."""

    modes = ("bell",)
    script = (question(p1="a", p2="b"), VOIDED, ("undo", {}))

    @staticmethod
    def broken():
        def change(real, state, event):
            return msgspec.structs.replace(real(state, event), floor=state.floor)

        return _event(e.Undone, change)


class TeamOrderDependent(Mutant):
    """The team's answer is the first that comes along."""

    modes = ("majority",)

    @staticmethod
    def broken():
        def first(self, state, own, form):
            return own[0].value, own[0].ms

        def by_team(state, answers):
            found = {}
            for answer in answers:
                player = state.players.get(answer.player)
                if player is not None and player.team:
                    found.setdefault(player.team, []).append(answer)
            return found

        return [(Teams, "_team_answer", first), (modes.teams, "_by_team", by_team)]


class BestMembersByOrder(Mutant):
    """The best k are the first k that joined."""

    modes = ("members",)

    @staticmethod
    def broken():
        real = modes.teams.mean_of_best
        return [
            (modes.teams, "mean_of_best", lambda members, best_of: real(members[:best_of], best_of)),
            (ranking, "_kept", []),
        ]


class CaptainIsNotAsked(Mutant):
    """Every member's answer is taken."""

    modes = ("captain",)

    @staticmethod
    def broken():
        return [(Teams, "require_asked", Mode.require_asked)]


class SpeedBelowHalf(Mutant):
    """Speed points fall to nothing."""

    modes = ("game",)

    @staticmethod
    def broken():
        def mark_one(self, state, run, item, answer, *, right):
            whole = item.points * item.weight
            return msgspec.structs.replace(
                Mode.mark_one(self, state, run, item, answer, right=right),
                points=whole - whole * answer.ms // (item.seconds * 1000) if right else 0,
            )

        return [(Game, "mark_one", mark_one)]


class LockoutForgotten(Mutant):
    """Whoever was wrong may press again at the next question, though the rules take it from them."""

    modes = ("buzzer",)
    script = (
        ("presses_close_together", {"presses": [(1, 0), (2, 900)], "right": False}),
        ("judge", {"place": 0, "right": True}),
        KEY,
        OPENED,
        given(1, "a"),
    )

    @staticmethod
    def broken():
        return [(buzzer, "is_locked", lambda state, run, player: run.judged.get(player) is False)]


class WrongMayPressAgain(Mutant):
    """Whoever was wrong may press again in the same question."""

    modes = ("buzzer-strict",)

    @staticmethod
    def broken():
        return [(buzzer, "is_locked", lambda state, run, player: False)]


class PenaltyForgotten(Mutant):
    """A wrong answer at the buzzer costs nothing."""

    modes = ("buzzer-strict",)

    @staticmethod
    def broken():
        real = Buzzer.mark

        def mark(self, state, run, item, key, answers):
            found = real(self, state, run, item, key, answers)
            return {
                one: msgspec.structs.replace(mark, points=max(0, mark.points)) for one, mark in found.items()
            }

        return [(Buzzer, "mark", mark)]


class BelowZero(Mutant):
    """A penalty takes people below 0 though the rules say that it does not."""

    modes = ("buzzer",)

    @staticmethod
    def broken():
        return [(Buzzer, "add", Mode.add), (totals, "_kept", []), (ranking, "_kept", [])]


class FloorAtTheEndOnly(Mutant):
    """Nobody's sum is below 0, but a penalty that went below is still owed."""

    modes = ("buzzer",)

    @staticmethod
    def broken():
        real = Mode.totals

        def whole(self, state):
            return {
                player: msgspec.structs.replace(total, points=max(0, total.points))
                for player, total in real(self, state).items()
            }

        return [
            (Buzzer, "add", Mode.add), (Buzzer, "totals", whole), (totals, "_kept", []), (ranking, "_kept", []),
        ]  # fmt: skip


class FirstOfTheTieTakesIt(Mutant):
    """Presses too close to tell apart are told apart."""

    modes = ("buzzer-strict",)

    @staticmethod
    def broken():
        real = Buzzer.won

        def won(self, state, run, answers, now, *, wait=True):
            return [
                msgspec.structs.replace(event, players=event.players[:1])
                for event in real(self, state, run, answers, now, wait=wait)
            ]

        return [(Buzzer, "won", won)]


class LagIsNotTakenOffPresses(Mutant):
    """Who is far away is later."""

    modes = ("buzzer-strict",)
    script = (("presses_close_together", {"presses": [(1, 0), (2, 800)], "right": True}),)

    @staticmethod
    def broken():
        real = Buzzer.won

        def won(self, state, run, answers, now, *, wait=True):
            late = [msgspec.structs.replace(answer, lag_ms=0) for answer in answers]
            return real(self, state, run, late, now, wait=wait)

        return [(Buzzer, "won", won)]


class StreakGoesOn(Mutant):
    """A wrong answer does not end a row of right ones."""

    modes = ("streaks",)
    script = (question(p1="a"), question(p1="b"), question(p1="a"), question(p1="a"))

    @staticmethod
    def broken():
        real = Game.add

        def add(self, rules, total, mark):
            made = real(self, rules, total, mark)
            if mark is None or not mark.right:
                return msgspec.structs.replace(made, streak=total.streak)
            return made

        return [(Game, "add", add), (totals, "_kept", []), (ranking, "_kept", [])]


class AcceptedAnswerFellsNobody(Mutant):
    """All had stayed because nobody was right; then somebody was, and all stay."""

    modes = ("bell",)
    script = (question("undo", p1="b", p2="b"),)

    @staticmethod
    def broken():
        return [(Bell, "fell_after", Mode.fell_after)]


class SentOffForAnEarlierQuestion(Mutant):
    """Who was told to stay and has played on is sent off by a late correction."""

    modes = ("bell",)
    script = (question("late", p1="b", p2="b"),)

    @staticmethod
    def broken():
        real = Bell.fell_after

        def fell_after(self, state, run, marks):
            runs = {no: one for no, one in state.runs.items() if no <= run.no}
            return real(self, msgspec.structs.replace(state, runs=runs), run, marks)

        return [(Bell, "fell_after", fell_after)]


class OnlyTheAnnouncedAreAsked(Mutant):
    """Who comes onto the floor before the options of the bell question is not asked it."""

    modes = ("bell-leave",)
    script = (FEW_LEFT, KEY, ("rescue", {"who": 4, "count": 1, "by": "rank"}), OPENED)

    @staticmethod
    def broken():
        return [(Bell, "widened", Mode.widened)]


class PassedOverStands(Mutant):
    """Who was not asked the bell question stands beside those who were."""

    modes = ("bell-leave",)
    script = (FEW_LEFT, REMOVED, OPENED, DUE, KEY)

    @staticmethod
    def broken():
        real = Bell.after_reveal

        def after(self, state, run):
            return [
                event
                for event in real(self, state, run)
                if not isinstance(event, e.HeldForJury)
                or set(event.players) & set(run.scope or state.players)
            ]

        return [(Bell, "after_reveal", after)]


class CorrectionBringsBackPastTheBell(Mutant):
    """Who returns by a correction was not asked the bell question since, and stands."""

    modes = ("bell-leave",)
    script = (FEW_LEFT, question(p1="a"), ("accept", {"run": 1, "accepted": ("b",)}))

    @staticmethod
    def broken():
        return [(Bell, "passed_over", Mode.passed_over)]


class RemovedPastTheQuestion(Mutant):
    """Who is removed while others fall comes back onto the floor."""

    modes = ("bell",)
    script = (REMOVED, question(p1="a", p2="b"), ("readmit", {"player": 3}))

    @staticmethod
    def broken():
        return [(Bell, "readmitted", Mode.readmitted)]


class LateToTheEnd(Mutant):
    """Who joins when nothing is asked any more stands on the floor."""

    modes = ("bell-leave",)
    script = (FEW_LEFT, OPENED, ("lock_and_join", {"on": False, "player": 6}))

    @staticmethod
    def broken():
        return [(modes.bell, "_can_still_fall", lambda state, joining: True)]


class CaptainHasTheLastWord(Mutant):
    """The captain's answer counts though another has answered for the team since."""

    modes = ("captain",)
    script = (
        OPENED,
        ("another_speaks_for_the_team", {"first": "a", "second": "b", "back": True}),
        DUE,
        KEY,
    )

    @staticmethod
    def broken():
        def captains(self, state, own, form):
            said = min(own, key=lambda answer: state.players[answer.player].seat)
            return said.value, said.ms

        return [(Teams, "_team_answer", captains)]


class RemovedTakesTheVoteAlong(Mutant):
    """Votes of members who were removed no longer count."""

    modes = ("majority",)
    script = (
        OPENED,
        given(1, "a"),
        given(2, "a"),
        given(3, "b"),
        ("kick", {"player": 1, "ban": False}),
        ("kick", {"player": 2, "ban": False}),
        DUE,
        KEY,
    )

    @staticmethod
    def broken():
        real = modes.teams._by_team

        def by_team(state, answers):
            return real(state, [answer for answer in answers if state.players[answer.player].status == "in"])

        return [(modes.teams, "_by_team", by_team)]


class SpellingsApart(Mutant):
    """Two spellings of one answer are two answers."""

    modes = ("majority",)

    @staticmethod
    def broken():
        return [(modes.teams, "_form", lambda item, key, value: repr(value))]


class StayIsForgotten(Mutant):
    """A round that was told to stay moves on by itself."""

    modes = ("streaks",)
    script = (question(p1="a"), ("stay", {"server": 0, "stale": False}))

    @staticmethod
    def broken():
        return _event(e.Stayed, lambda real, state, event: state)


class StaleStay(Mutant):
    """A press that saw an earlier step keeps the round at this one."""

    modes = ("bell-leave",)
    script = (question(p1="a"), ("stay", {"server": 0, "stale": True}))

    def command(self, server, deed, now):
        if isinstance(deed, c.Stay):
            deed = c.Stay(machine.stamp(self.state(server)))
        return super().command(server, deed, now)


class EveryLineIsALoss(Mutant):
    """Whose line was down waits for the jury in spite of an answer."""

    modes = ("bell-leave",)
    script = (question(p1="b", p2="a"),)

    @staticmethod
    def broken():
        real = Bell.lost_lines

        def lost_lines(self, state, run, answers, away):
            return real(self, state, run, [], away)

        return [(Bell, "lost_lines", lost_lines)]


class PartlyRightIsRight(Mutant):
    """An order or a match that is right in part earns everything."""

    script = (question(p1="a", p2="b"), question(p1="a", p2="b"))

    @staticmethod
    def broken():
        def is_right(item, run, key, value):
            kind = kinds.get(item.kind)
            widened = {**key, "accepted": [*key["accepted"], *run.accepted]}
            return run.everything or kind.grade(item.body, widened, value, partial=True).earned > 0

        return [(modes.base, "is_right", is_right)]


def faults(mutant):
    """The context managers that break what the mutant breaks."""
    for target, name, replacement in mutant.broken():
        if target is APPLY:
            yield replaced.dict(APPLY, {name: replacement})
        else:
            yield replaced.object(target, name, replacement)


MUTANTS = [
    kind
    for kind in list(globals().values())
    if isinstance(kind, type) and issubclass(kind, Mutant) and kind is not Mutant
]

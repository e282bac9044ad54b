"""What the model learns from the commands, and what it expects of an answer."""

from contest.live import commands as c
from contest.live import events
from contest.live.state import Phase
from tests.contest.live.room_model import GRACE_MS, LIMIT_MS, Stopwatch
from tests.contest.live.room_world import ITEMS, TEAMS, floor_of, letter_of


class Learning:
    """Keeps the model beside a machine."""

    def _is_newer(self, sent):
        """Whether the answer may take the place of one that was acknowledged."""
        before = self.model.acked.get((sent.player, sent.run))
        return before is None or (self.rules.answer == "last" and sent.seq > before[3])

    def _may(self, sent, at, lag_ms):
        """Whether the answer may be acknowledged, by the model's own stopwatch."""
        state, player = self.state, self.state.players.get(sent.player)
        if player is None or sent.player in self.model.out or sent.run != state.run or not state.run:
            return False
        run, watch = state.current, self.model.watches.get(sent.run)
        question = ITEMS[run.item - 1].type == "question"
        if self.rules.mode == "buzzer" and question:
            return self._may_press(sent, at, lag_ms)
        if state.phase is not Phase.OPEN or not self._is_asked(sent.player, player, run, question):
            return False
        first = watch.spent[0][0] if watch.spent else watch.start
        in_time = first <= at <= watch.closes() + min(GRACE_MS, lag_ms) if watch.running else first <= at
        return in_time and not watch.stood_at(at)

    def _is_asked(self, id_, player, run, question):
        if self.mode == "captain" and question and id_ not in self._captains():
            return False
        return (self.rules.mode != "teams" or bool(player.team)) and (not run.scope or id_ in run.scope)

    def _may_press(self, sent, at, lag_ms):
        state, run = self.state, self.state.current
        locked = self._is_locked_out(sent.player, run)
        stands = (state.paused_at and at > state.paused_at) or any(a < at < b for a, b in run.stops)
        if locked or stands or state.phase not in {Phase.READING, Phase.OPEN}:
            return False
        if not self.rules.buzzer.early and (state.phase is Phase.READING or at < run.opens_at):
            return False
        return state.phase is Phase.READING or at <= run.closes_at + min(GRACE_MS, lag_ms)

    def _is_locked_out(self, player, run):
        """Wrong in this question, or in the question for points before it where the rules take the next one too."""
        wrong = self.model.wrong
        before = [item.no for item in ITEMS[: run.item - 1] if item.type == "question" and item.weight]
        skipped = [
            no
            for no, one in self.state.runs.items()
            if before[-1:] == [one.item] and no not in self.model.void | self.model.replaced
        ]
        asked = [run.no, *(skipped if self.rules.buzzer.skip_next else ())]
        return any(player in wrong.get(no, ()) for no in asked)

    def _captains(self):
        found = set()
        for members in TEAMS.values():
            present = [player for player in members if player not in self.model.out]
            found.update(present[:1])
        return found

    def _ms(self, run, at, lag_ms):
        watch = self.model.watches.get(run)
        return max(0, min(watch.used(at) - lag_ms, watch.budget)) if watch else 0

    def _learn(self, deed, before, after, found):
        run = after.run
        if events.OptionsOpened in found:
            self.model.watches[run] = Stopwatch(after.runs[run].opens_at)
            assert after.runs[run].closes_at == after.runs[run].opens_at + LIMIT_MS
        if before.phase is after.phase is Phase.OPEN:
            self._learn_time(deed, self.model.watches[run])
        self._learn_of_people(deed)
        self._learn_of_answers(deed)
        if events.BuzzJudged in found:
            self._learn_of_the_buzzer(deed, before)
        if isinstance(deed, c.Finish) and events.RunVoided in found:
            self.model.void.add(run)
        if events.Revealed in found:
            self.model.revealed.add(run)
        if after.undo and after.undo is not before.undo:
            self.last = (deed, before)

    def _learn_time(self, deed, watch):
        match deed:
            case c.Pause():
                watch.pause(self.now)
            case c.Resume():
                watch.resume(self.now)
            case c.AddTime():
                watch.budget += deed.ms
            case c.CloseNow():
                watch.close(self.now)

    def _learn_of_people(self, deed):
        model = self.model
        match deed:
            case c.Kick():
                if deed.player not in model.out:
                    model.seen[deed.player] = set(model.revealed)
                model.out.add(deed.player)
            case c.Readmit():
                model.out.discard(deed.player)
            case c.Adjust():
                model.given[deed.player] = model.given.get(deed.player, 0) + deed.points

    def _learn_of_answers(self, deed):
        model = self.model
        match deed:
            case c.VoidRun():
                model.void.add(deed.run)
            case c.Replay():
                model.replaced.add(deed.run)
            case c.Accept() if deed.everything:
                model.everything.add(deed.run)
            case c.Accept():
                model.right.setdefault(deed.run, {"a"}).add(self._letter(deed))

    def _letter(self, deed):
        return letter_of(ITEMS[self.state.runs[deed.run].item - 1], deed.answer)

    def _learn_of_the_buzzer(self, deed, before):
        """Who was heard and what; where silence is wrong, the clock says so."""
        player, right = (
            (deed.player, deed.right) if isinstance(deed, c.JudgeBuzz) else (before.buzz.first[0], False)
        )
        heard = self.model.heard if right else self.model.wrong
        heard.setdefault(before.run, set()).add(player)

    def _learn_back(self, before, after):
        """Undo takes back the deed the state named, and the model forgets it too."""
        deed, earlier = self.last
        model = self.model
        match deed:
            case c.Kick():
                if earlier.players[deed.player].status == "in":
                    model.out.discard(deed.player)
            case c.VoidRun():
                model.void.discard(deed.run)
            case c.Accept() if deed.everything:
                model.everything.discard(deed.run)
            case c.Accept():
                model.right[deed.run].discard(self._letter(deed))
            case c.Adjust():
                model.given[deed.player] -= deed.points
            case c.JudgeBuzz() | c.Tick():
                for heard in (model.heard, model.wrong):
                    heard.get(earlier.run, set()).difference_update(earlier.buzz.first)
        if before.undo_what in {"run-voided", "remarked", "left-floor", "back-on-floor", "loss-marked"}:
            # Taken back means: the floor is what it was, but for what happened to people since.
            assert floor_of(after) == floor_of(earlier), "undo restores the floor"

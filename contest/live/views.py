"""One state, a view for each audience. What is not in a view cannot leak: no view below the host's has a key or a mark
before the reveal, and no player's view ever has another participant's answer.

Views are closed structs and go over the wire as they are: absent means default. What follows in time is told by
patches between two views of the same audience (`contest.live.patch`).
"""

from collections.abc import Mapping

import msgspec

from contest.live.state import Solution

TOP_PLAYER, TOP_PROJECTOR, LOBBY_NAMES = 5, 10, 60


class View(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of what is sent."""


class OptionView(View, frozen=True):
    """One entry of a question: its key in answers and its text."""

    key: str
    text: str


class MediaView(View, frozen=True):
    """A picture or a sound of a question, to be loaded before the clock starts. `width`, `height`: of a picture, in
    pixels, so that its place is kept while it is on its way; 0 where they are not known.
    """

    kind: str
    url: str
    alt: str
    width: int = 0
    height: int = 0


class QuestionView(View, frozen=True):
    """The item on the screens. Options come with phase `open`: `options` (choices), `entries` (ordering), `left` and
    `right` (matching). `type` is question, poll or slide; `text` belongs to slides. `number` counts the questions alone
    ("Câu 7/20"); 0 for polls and slides.
    """

    no: int
    type: str
    stem: str
    number: int = 0
    kind: str = ""
    topic: str = ""
    text: str = ""
    points: int = 0
    weight: int = 1
    bell: bool = False
    options: tuple[OptionView, ...] = ()
    entries: tuple[OptionView, ...] = ()
    left: tuple[OptionView, ...] = ()
    right: tuple[OptionView, ...] = ()
    media: tuple[MediaView, ...] = ()


class ClockView(View, frozen=True):
    """The clock on the screens, server's milliseconds since 1970. Open: from `opens_at` to `closes_at`.

    While paused `left_ms` stands still. `due_at` is when the phase ends by itself.
    """

    opens_at: int = 0
    closes_at: int = 0
    due_at: int = 0
    paused: bool = False
    left_ms: int = 0


# The very same object where no clock runs: what is absent costs nothing, a hall of phones least of all.
NO_CLOCK = ClockView()


class SolutionView(View, frozen=True):
    """The right answer, from the reveal on. `counts` by option key or answer line.

    With `everything` the jury has taken every answer for right.
    """

    lines: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    explanation: str = ""
    source: str = ""
    counts: Mapping[str, int] = {}
    answered: int = 0
    right_count: int = 0
    voided: str = ""
    everything: bool = False


class LineView(View, frozen=True):
    """A line of the board: `id` of the participant or team, rank (shared), points, right answers, time in ms."""

    id: int
    rank: int
    name: str
    unit: str = ""
    points: int = 0
    right: int = 0
    ms: int = 0


class UnitView(View, frozen=True):
    """A ranked unit of so many `people`: shared rank; mean `points` in hundredths, right answers and ms of its best."""

    rank: int
    name: str
    points: int = 0
    right: int = 0
    ms: int = 0
    people: int = 0


class TermsView(View, frozen=True):
    """What the mode's own rules say, to be told in the lobby; only the mode's fields are set.

    Game: `speed` points, `streak_step` (0: none). Teams: whose answer counts, mean of the `best_of` (0: the size of the
    smallest team). Bell: the bell question with `last` left, with `to_bell` at once; `all_out` (stay, leave) when
    nobody is right; `late_floor`: who joins late stands too; `grace`: a line that was down is the jury's to judge.
    Buzzer: presses within `tie_ms` tie, `answer_s` to answer, with `strict` silence is wrong; `penalty` points for
    wrong, with `floor` nobody falls below 0; `early` presses; `skip_next`: locked out of the next question too.
    """

    speed: bool = False
    streak_step: int = 0
    team_answers: str = ""
    best_of: int = 0
    last: int = 0
    all_out: str = ""
    to_bell: bool = False
    late_floor: bool = False
    grace: bool = False
    tie_ms: int = 0
    answer_s: int = 0
    strict: bool = False
    penalty: int = 0
    floor: bool = False
    early: bool = False
    skip_next: bool = False


class RoundView(View, frozen=True):
    """What never changes once the lobby is open. `game`: labelled as a game. `lag_ms`: the printed bound.

    All points are in steps of 1/`scale` (teams: hundredths), but for those of a single question.
    `rehearsal`: nothing of this counts, and every screen says so. `units_best_of`: units are ranked by the mean of so
    many of their best people; 0: not at all. `quiet`: the hall's screen makes no sounds until they are switched
    on there.
    """

    title: str
    mode: str
    items: int
    questions: int
    seconds: int
    answer: str
    chain: tuple[str, ...]
    game: bool = False
    late_join: bool = True
    columns: int = 0
    lag_ms: int = 0
    scale: int = 1
    terms: TermsView = TermsView()
    rehearsal: bool = False
    quiet: bool = False
    units_best_of: int = 0


class BuzzView(View, frozen=True):
    """Who answers at the buzzer: names; several are a declared tie.

    Phones and the projector have the first five and how many `more` there are, host and jury all of them.
    """

    ids: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    until: int = 0
    more: int = 0


class SharedView(View, frozen=True):
    """What every audience sees."""

    round: RoundView
    phase: str
    item: int = 0
    run: int = 0
    step: int = 0
    question: QuestionView | None = None
    clock: ClockView = NO_CLOCK
    solution: SolutionView | None = None
    buzz: BuzzView | None = None
    board: tuple[LineView, ...] = ()
    joined: int = 0
    left: int = 0
    locked: bool = False
    verdict: str = ""


class PlayerView(SharedView, frozen=True):
    """What all phones see alike: constant in size. `board` is the top five while a board or the podium is up.

    Only what a phone draws: no `due_at`; counts for polls alone; lines where no options say what is right.
    """


class ResultView(View, frozen=True):
    """What the last revealed question that counts brought to one participant; `bonus` besides `points` for a streak.

    `points` are the question's own, `total` and `gap` (to the one `ahead`) the board's, in steps of 1/scale, `total_ms`
    the time of all right answers. Without `rank` the places are secret now: hidden by the host, or about to come on the
    podium; without `ahead` so is the place ahead, or there is none.
    """

    run: int
    right: bool
    answered: bool
    points: int = 0
    ms: int = 0
    total: int = 0
    rights: int = 0
    total_ms: int = 0
    rank: int = 0
    of: int = 0
    ahead: str = ""
    gap: int = 0
    streak: int = 0
    bonus: int = 0


class MeView(View, frozen=True):
    """The own part of a phone. `floor`: in, out or waiting (Rung chuông vàng; "" in other modes).

    `locked`: may not press at the buzzer now. `first`: is among those who answer at the buzzer. `watching`: an answer
    to the run of now could not count (outside its scope, not in a team, not the captain). `unit_rank`: the own unit's
    place among `units`, once the hall has seen it.
    """

    id: int
    seat: int
    name: str
    unit: str = ""
    team: str = ""
    captain: bool = False
    status: str = "in"
    floor: str = ""
    locked: bool = False
    first: bool = False
    watching: bool = False
    result: ResultView | None = None
    unit_rank: int = 0
    units: int = 0


class SeatView(View, frozen=True):
    """A seat of the grid: number, name, and in, out or waiting."""

    seat: int
    name: str
    floor: str = "in"


class ProjectorView(SharedView, frozen=True):
    """The hall's screen. `names`: the newest at most sixty in the lobby. `seats` by participant, Rung chuông vàng only.

    `teams`: name and members, in the lobby of mode teams. `units`: the first ten, from the podium's last step on.
    """

    names: tuple[str, ...] = ()
    seats: Mapping[str, SeatView] = {}
    teams: Mapping[str, tuple[str, ...]] = {}
    blank: bool = False
    rescued: tuple[str, ...] = ()
    units: tuple[UnitView, ...] = ()


class PersonView(View, frozen=True):
    """A participant as the host sees one."""

    seat: int
    name: str
    unit: str = ""
    team: int = 0
    captain: bool = False
    status: str = "in"
    floor: str = ""
    points: int = 0
    rank: int = 0
    loss: tuple[int, ...] = ()


class RunView(View, frozen=True):
    """A run as host and jury see it."""

    no: int
    item: int
    answered: int = 0
    right: int = 0
    revealed: bool = False
    voided: str = ""
    replaced: bool = False
    remarked: int = 0


class TeamView(View, frozen=True):
    """A team as the host sees it."""

    id: int
    name: str


class SignatureView(View, frozen=True):
    """Who confirmed or published, and when (ms). `user` tells two of the same name apart."""

    name: str
    at: int
    user: int = 0


class HostView(SharedView, frozen=True):
    """The operator's and the jury's screen: what comes next with its answer, everybody by id, every run.

    The question is whole in every phase. `key`: its answer; `next`, `next_key`: of the coming one. `next_step`: what
    `Advance.seen` has to say; `next_phase`: the phase the next key leads to, empty while the clock or the jury leads.
    `coming_step`: the place on the podium it leads to (1: third, 4: everybody); places that nobody has are passed over.
    `board`: the first twenty lines in every phase; everybody's place is in `people` (in mode teams the team's).
    `can`: the commands that are allowed now. `undo`: what the undo key would take back; `undo_at`: what
    `Undo.seen` has to say. `units`: the first twenty, from the podium on.
    """

    key: Solution | None = None
    next: QuestionView | None = None
    next_key: Solution | None = None
    next_step: str = ""
    next_phase: str = ""
    coming_step: int = 0
    people: Mapping[str, PersonView] = {}
    runs: Mapping[str, RunView] = {}
    teams: tuple[TeamView, ...] = ()
    can: tuple[str, ...] = ()
    undo: str = ""
    undo_at: int = 0
    blank: bool = False
    board_hidden: bool = False
    signatures: tuple[SignatureView, ...] = ()
    published: SignatureView | None = None
    units: tuple[UnitView, ...] = ()

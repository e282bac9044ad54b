/** The messages of the sockets. Written by `manage.py write_live_types`; do not edit. */

export const PROTOCOL = 2;

/** A line of the running board; points and milliseconds. */
export interface BoardRow {
  rank: number;
  name: string;
  unit: string;
  points: number;
  duration_ms: number;
}

/** The whole board, whoever watches. Versions count up by one within an epoch; after a gap ask for a resync. `at` is ISO 8601; `entrants` and `attempts` are null while they are withheld. */
export interface BoardMessage {
  type: "board";
  epoch: string;
  version: number;
  at: string;
  policy: "live" | "frozen" | "own" | "hidden";
  phase: string;
  rows: BoardRow[];
  entrants: number | null;
  attempts: number | null;
}

/** A message from the client that could not be taken. */
export interface RefusedMessage {
  type: "refused";
  code: string;
}

/** Send the board again. */
export interface ResyncMessage {
  type: "resync";
}

/** What the mode's own rules say, to be told in the lobby; only the mode's fields are set. Game: `speed` points, `streak_step` (0: none). Teams: whose answer counts, mean of the `best_of` (0: the size of the smallest team). Bell: the bell question with `last` left, with `to_bell` at once; `all_out` (stay, leave) when nobody is right; `late_floor`: who joins late stands too; `grace`: a line that was down is the jury's to judge. Buzzer: presses within `tie_ms` tie, `answer_s` to answer, with `strict` silence is wrong; `penalty` points for wrong, with `floor` nobody falls below 0; `early` presses; `skip_next`: locked out of the next question too. */
export interface TermsView {
  speed?: boolean;
  streak_step?: number;
  team_answers?: string;
  best_of?: number;
  last?: number;
  all_out?: string;
  to_bell?: boolean;
  late_floor?: boolean;
  grace?: boolean;
  tie_ms?: number;
  answer_s?: number;
  strict?: boolean;
  penalty?: number;
  floor?: boolean;
  early?: boolean;
  skip_next?: boolean;
}

/** What never changes once the lobby is open. `game`: labelled as a game. `lag_ms`: the printed bound. All points are in steps of 1/`scale` (teams: hundredths), but for those of a single question. `rehearsal`: nothing of this counts, and every screen says so. `units_best_of`: units are ranked by the mean of so many of their best people; 0: not at all. `quiet`: the hall's screen makes no sounds until they are switched on there. */
export interface RoundView {
  title: string;
  mode: string;
  items: number;
  questions: number;
  seconds: number;
  answer: string;
  chain: string[];
  game?: boolean;
  late_join?: boolean;
  columns?: number;
  lag_ms?: number;
  scale?: number;
  terms?: TermsView;
  rehearsal?: boolean;
  quiet?: boolean;
  units_best_of?: number;
}

/** One entry of a question: its key in answers and its text. */
export interface OptionView {
  key: string;
  text: string;
}

/** A picture or a sound of a question, to be loaded before the clock starts. `width`, `height`: of a picture, in pixels, so that its place is kept while it is on its way; 0 where they are not known. */
export interface MediaView {
  kind: string;
  url: string;
  alt: string;
  width?: number;
  height?: number;
}

/** The item on the screens. Options come with phase `open`: `options` (choices), `entries` (ordering), `left` and `right` (matching). `type` is question, poll or slide; `text` belongs to slides. `number` counts the questions alone ("Câu 7/20"); 0 for polls and slides. */
export interface QuestionView {
  no: number;
  type: string;
  stem: string;
  number?: number;
  kind?: string;
  topic?: string;
  text?: string;
  points?: number;
  weight?: number;
  bell?: boolean;
  options?: OptionView[];
  entries?: OptionView[];
  left?: OptionView[];
  right?: OptionView[];
  media?: MediaView[];
}

/** The clock on the screens, server's milliseconds since 1970. Open: from `opens_at` to `closes_at`. While paused `left_ms` stands still. `due_at` is when the phase ends by itself. */
export interface ClockView {
  opens_at?: number;
  closes_at?: number;
  due_at?: number;
  paused?: boolean;
  left_ms?: number;
}

/** The right answer, from the reveal on. `counts` by option key or answer line. With `everything` the jury has taken every answer for right. */
export interface SolutionView {
  lines?: string[];
  right?: string[];
  explanation?: string;
  source?: string;
  counts?: Record<string, number>;
  answered?: number;
  right_count?: number;
  voided?: string;
  everything?: boolean;
}

/** Who answers at the buzzer: names; several are a declared tie. Phones and the projector have the first five and how many `more` there are, host and jury all of them. */
export interface BuzzView {
  ids?: number[];
  names?: string[];
  until?: number;
  more?: number;
}

/** A line of the board: `id` of the participant or team, rank (shared), points, right answers, time in ms. */
export interface LineView {
  id: number;
  rank: number;
  name: string;
  unit?: string;
  points?: number;
  right?: number;
  ms?: number;
}

/** What all phones see alike: constant in size. `board` is the top five while a board or the podium is up. Only what a phone draws: no `due_at`; counts for polls alone; lines where no options say what is right. */
export interface PlayerView {
  round: RoundView;
  phase: string;
  item?: number;
  run?: number;
  step?: number;
  question?: QuestionView;
  clock?: ClockView;
  solution?: SolutionView;
  buzz?: BuzzView;
  board?: LineView[];
  joined?: number;
  left?: number;
  locked?: boolean;
  verdict?: string;
}

/** A seat of the grid: number, name, and in, out or waiting. */
export interface SeatView {
  seat: number;
  name: string;
  floor?: string;
}

/** A ranked unit of so many `people`: shared rank; mean `points` in hundredths, right answers and ms of its best. */
export interface UnitView {
  rank: number;
  name: string;
  points?: number;
  right?: number;
  ms?: number;
  people?: number;
}

/** The hall's screen. `names`: the newest at most sixty in the lobby. `seats` by participant, Rung chuông vàng only. `teams`: name and members, in the lobby of mode teams. `units`: the first ten, from the podium's last step on. */
export interface ProjectorView {
  round: RoundView;
  phase: string;
  item?: number;
  run?: number;
  step?: number;
  question?: QuestionView;
  clock?: ClockView;
  solution?: SolutionView;
  buzz?: BuzzView;
  board?: LineView[];
  joined?: number;
  left?: number;
  locked?: boolean;
  verdict?: string;
  names?: string[];
  seats?: Record<string, SeatView>;
  teams?: Record<string, string[]>;
  blank?: boolean;
  rescued?: string[];
  units?: UnitView[];
}

/** Shown at the reveal: keys of right options, the right answer as lines, why, and where the outline says so. */
export interface Solution {
  lines?: string[];
  right?: string[];
  explanation?: string;
  source?: string;
}

/** A participant as the host sees one. */
export interface PersonView {
  seat: number;
  name: string;
  unit?: string;
  team?: number;
  captain?: boolean;
  status?: string;
  floor?: string;
  points?: number;
  rank?: number;
  loss?: number[];
}

/** A run as host and jury see it. */
export interface RunView {
  no: number;
  item: number;
  answered?: number;
  right?: number;
  revealed?: boolean;
  voided?: string;
  replaced?: boolean;
  remarked?: number;
}

/** A team as the host sees it. */
export interface TeamView {
  id: number;
  name: string;
}

/** Who confirmed or published, and when (ms). `user` tells two of the same name apart. */
export interface SignatureView {
  name: string;
  at: number;
  user?: number;
}

/** The operator's and the jury's screen: what comes next with its answer, everybody by id, every run. The question is whole in every phase. `key`: its answer; `next`, `next_key`: of the coming one. `next_step`: what `Advance.seen` has to say; `next_phase`: the phase the next key leads to, empty while the clock or the jury leads. `coming_step`: the place on the podium it leads to (1: third, 4: everybody); places that nobody has are passed over. `board`: the first twenty lines in every phase; everybody's place is in `people` (in mode teams the team's). `can`: the commands that are allowed now. `undo`: what the undo key would take back; `undo_at`: what `Undo.seen` has to say. `units`: the first twenty, from the podium on. */
export interface HostView {
  round: RoundView;
  phase: string;
  item?: number;
  run?: number;
  step?: number;
  question?: QuestionView;
  clock?: ClockView;
  solution?: SolutionView;
  buzz?: BuzzView;
  board?: LineView[];
  joined?: number;
  left?: number;
  locked?: boolean;
  verdict?: string;
  key?: Solution;
  next?: QuestionView;
  next_key?: Solution;
  next_step?: string;
  next_phase?: string;
  coming_step?: number;
  people?: Record<string, PersonView>;
  runs?: Record<string, RunView>;
  teams?: TeamView[];
  can?: string[];
  undo?: string;
  undo_at?: number;
  blank?: boolean;
  board_hidden?: boolean;
  signatures?: SignatureView[];
  published?: SignatureView;
  units?: UnitView[];
}

/** What the last revealed question that counts brought to one participant; `bonus` besides `points` for a streak. `points` are the question's own, `total` and `gap` (to the one `ahead`) the board's, in steps of 1/scale, `total_ms` the time of all right answers. Without `rank` the places are secret now: hidden by the host, or about to come on the podium; without `ahead` so is the place ahead, or there is none. */
export interface ResultView {
  run: number;
  right: boolean;
  answered: boolean;
  points?: number;
  ms?: number;
  total?: number;
  rights?: number;
  total_ms?: number;
  rank?: number;
  of?: number;
  ahead?: string;
  gap?: number;
  streak?: number;
  bonus?: number;
}

/** The own part of a phone. `floor`: in, out or waiting (Rung chuông vàng; "" in other modes). `locked`: may not press at the buzzer now. `first`: is among those who answer at the buzzer. `watching`: an answer to the run of now could not count (outside its scope, not in a team, not the captain). `unit_rank`: the own unit's place among `units`, once the hall has seen it. */
export interface MeView {
  id: number;
  seat: number;
  name: string;
  unit?: string;
  team?: string;
  captain?: boolean;
  status?: string;
  floor?: string;
  locked?: boolean;
  first?: boolean;
  watching?: boolean;
  result?: ResultView;
  unit_rank?: number;
  units?: number;
}

/** An answer that is recorded: the same after every retry. */
export interface OwnAnswer {
  run: number;
  key: string;
  value: unknown;
  at: number;
  receipt: string;
  seq?: number;
}

/** The snapshot of a role at a version: after hello, and after resync. One of the views is there. `answer`: what this participant has given to the run of now. */
export interface WelcomeMessage {
  type: "welcome";
  role: "player" | "projector" | "host" | "jury" | "remote";
  version: number;
  at: number;
  protocol?: number;
  player?: PlayerView;
  projector?: ProjectorView;
  host?: HostView;
  me?: MeView;
  answer?: OwnAnswer;
}

/** What changed between two versions of the role's view, as a JSON merge patch (RFC 7396). A client that is not at `base` has missed something and asks for a resync; without `base` it is the version before. Phones get no `at`: they have the server's clock from pongs, and a hall gets each byte a thousand times. */
export interface MovedMessage {
  type: "moved";
  version: number;
  patch: Record<string, unknown>;
  base?: number;
  at?: number;
}

/** What changed in the own part of a phone since this socket was last told it, as a JSON merge patch (RFC 7396). */
export interface MineMessage {
  type: "mine";
  version: number;
  patch: Record<string, unknown>;
}

/** The answer is on disk. It never tells right from wrong. `at`: received; `receipt`: for the person to keep. */
export interface AckMessage {
  type: "ack";
  run: number;
  key: string;
  at: number;
  receipt: string;
  seq?: number;
}

/** The server's clock. The client answers with `echo` and the same `n`. A negative `t` answers no ping: the server asks a host that has been quiet whether it is still there. */
export interface PongMessage {
  type: "pong";
  t: number;
  at: number;
  n: number;
}

/** The command was done; the view is at least at this version. */
export interface DoneMessage {
  type: "done";
  id: string;
  version: number;
}

/** A message that could not be taken: `key` of the answer or `id` of the command it was. `text`: the sentence. */
export interface RoomRefusedMessage {
  type: "refused";
  code: string;
  text?: string;
  key?: string;
  id?: string;
}

/** Presence and counts, at most once a second, to projector (first four fields), host and jury. `of`: who is asked and there, or has answered. `silent`: connected and nothing heard for ten seconds; `offline`: no socket; `unanswered`: of the open run. Ids of participants. `rtt_ms` median; `ack_ms`: 95th percentile from answer to acknowledgement over the last minute; `commit_at`: the last commit of answers. */
export interface TickMessage {
  type: "tick";
  run?: number;
  connected?: number;
  answered?: number;
  of?: number;
  silent?: number[];
  offline?: number[];
  unanswered?: number[];
  rtt_ms?: number;
  ack_ms?: number;
  commit_at?: number;
  hosts?: number;
  projectors?: number;
}

/** The first frame of every socket: who speaks. `token`: a participant's token, or a ticket of the other roles. */
export interface HelloMessage {
  type: "hello";
  role: "player" | "projector" | "host" | "jury" | "remote";
  token: string;
  protocol?: number;
}

/** An answer to a run. `key`: made by the client once an answer, repeated with every retry (8 to 40 characters). `seq` counts the answers to this run from 1; it matters where the last answer counts. */
export interface AnswerMessage {
  type: "answer";
  run: number;
  key: string;
  value: unknown;
  seq?: number;
}

/** Asks for the server's clock; `t` comes back as it was. */
export interface PingMessage {
  type: "ping";
  t: number;
}

/** Sent at once on a pong, with its `n`: the server measures the link. */
export interface EchoMessage {
  type: "echo";
  n: number;
}

/** A team: a participant made of members. */
export interface Team {
  id: number;
  name: string;
}

/** Replaces the teams; `members` maps team number to participants, the first is the captain. Lobby only. */
export interface FormTeams {
  do: "form-teams";
  teams: Team[];
  members: Record<string, number[]>;
}

/** The one next key: whatever comes next. `seen` is "phase/run/item/step" as the sender saw it. */
export interface Advance {
  do: "advance";
  seen: string;
}

/** The open question closes now; answers on their way still count. */
export interface CloseNow {
  do: "close-now";
  run: number;
}

/** Moves the close of the open question. */
export interface AddTime {
  do: "add-time";
  run: number;
  ms?: number;
}

/** Stops the clock. */
export interface Pause {
  do: "pause";
}

/** The clock goes on where it stopped. */
export interface Resume {
  do: "resume";
}

/** The round does not move on by itself from here; the next key leads on. `seen` as in `Advance`. */
export interface Stay {
  do: "stay";
  seen: string;
}

/** Asks the item of this run again; the earlier run no longer counts. */
export interface Replay {
  do: "replay";
  run: number;
  reason: string;
}

/** The question counts for nobody; who fell by it comes back. */
export interface VoidRun {
  do: "void";
  run: number;
  reason: string;
}

/** One more answer is right (`answer` in the kind's form), or with `everything` every answer given. */
export interface Accept {
  do: "accept";
  run: number;
  reason: string;
  answer?: unknown;
  everything?: boolean;
}

/** Nobody may join while `on`. */
export interface Lock {
  do: "lock";
  on: boolean;
}

/** The projector shows nothing while `on`. */
export interface Blank {
  do: "blank";
  on: boolean;
}

/** No ranks on any screen but the jury's and the host's while `on`. */
export interface HideBoard {
  do: "hide-board";
  on: boolean;
}

/** Takes a participant out; with `ban` the device may not come back. */
export interface Kick {
  do: "kick";
  player: number;
  reason?: string;
  ban?: boolean;
}

/** Lets a kicked or banned participant in again. */
export interface Readmit {
  do: "readmit";
  player: number;
}

/** Another name, or a hidden one. */
export interface Rename {
  do: "rename";
  player: number;
  name: string;
}

/** A technical loss in a run: it goes to the jury instead of to elimination. */
export interface MarkLoss {
  do: "mark-loss";
  player: number;
  run: number;
  reason: string;
}

/** Brings back to the floor: these participants, or `count` of those out, by rank or the last to fall first. */
export interface Rescue {
  do: "rescue";
  reason: string;
  players?: number[];
  count?: number;
  by?: "rank" | "latest";
}

/** The jury takes those waiting off the floor after all. */
export interface Eliminate {
  do: "eliminate";
  players: number[];
  reason: string;
}

/** The jury has heard the answer of the participant (of those tied, the one it chose). */
export interface JudgeBuzz {
  do: "judge-buzz";
  run: number;
  player: number;
  right: boolean;
}

/** Gives or takes points. */
export interface Adjust {
  do: "adjust";
  player: number;
  points: number;
  reason: string;
}

/** Takes back the last deed that can be taken back. `seen` is `HostView.undo_at`: which deed the sender means. */
export interface Undo {
  do: "undo";
  seen: number;
}

/** Ends the round now: what was revealed counts. */
export interface Finish {
  do: "finish";
  reason?: string;
}

/** A member of the jury confirms the provisional result; the second one makes it confirmed. */
export interface Confirm {
  do: "confirm";
  user: number;
  name: string;
}

/** Publishes the confirmed result. */
export interface Publish {
  do: "publish";
  user: number;
  name: string;
}

/** A deed of host, jury or remote. `id` comes back in `done` or `refused`. */
export interface CommandMessage {
  type: "command";
  id: string;
  command: AnyCommand;
}

/** A gap was seen: send the snapshot again. */
export interface RoomResyncMessage {
  type: "resync";
}

export type ServerMessage = BoardMessage | RefusedMessage;

export type ClientMessage = ResyncMessage;

export type RoomServerMessage = WelcomeMessage | MovedMessage | MineMessage | AckMessage | PongMessage | DoneMessage | RoomRefusedMessage | TickMessage;

export type RoomClientMessage = HelloMessage | AnswerMessage | PingMessage | EchoMessage | CommandMessage | RoomResyncMessage;

export type AnyCommand = FormTeams | Advance | CloseNow | AddTime | Pause | Resume | Stay | Replay | VoidRun | Accept | Lock | Blank | HideBoard | Kick | Readmit | Rename | MarkLoss | Rescue | Eliminate | JudgeBuzz | Adjust | Undo | Finish | Confirm | Publish;

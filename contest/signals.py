"""News from the contest for the doors.

`round_moved(round_id)`: sent after commit when a round's board, counters or state may have changed.
`live_moved(round_id, state)`: sent after commit when a live round has moved; `state` is `contest.live.state.State`.
"""

from django.dispatch import Signal

round_moved = Signal()
live_moved = Signal()

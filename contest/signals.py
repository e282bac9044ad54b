"""News from the contest for the doors.

`round_moved(round_id)`: sent after commit when a round's board, counters or state may have changed.
`live_moved(round_id, state)`: sent after commit when a live round has moved; `state` is `contest.live.state.State`.
`live_staff_moved(round_id)`: sent after commit when a role in a live round, or a remote, may have been taken away.
`live_seat_taken(round_id, player)`: sent after commit when a participant's token has been replaced by a new one.
"""

from django.dispatch import Signal

round_moved = Signal()
live_moved = Signal()
live_staff_moved = Signal()
live_seat_taken = Signal()

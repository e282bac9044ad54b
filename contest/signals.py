"""News from the contest for the doors.

`round_moved(round_id)`: sent after commit when a round's board, counters or state may have changed.
"""

from django.dispatch import Signal

round_moved = Signal()

"""News for whoever uses questions; the bank itself knows none of its users.

`key_corrected(version_id, actor_id, reason, now)`: sent on commit after an approved version's key was corrected.
"""

from django.dispatch import Signal

key_corrected = Signal()

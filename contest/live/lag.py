"""Lag compensation: how much of an answer's time is the network's, bounded so that faking it gains next to nothing.

After lichess' quota law: at most MOST_MS a question, out of a quota that begins with START_MS, grows by GROWTH_MS a
question and never passes CAP_MS. With 500 speed points over 20 s, 250 ms are 6 points of 1,000.
"""

START_MS, GROWTH_MS, CAP_MS, MOST_MS, BASE_MS = 500, 100, 1000, 250, 50


def compensation(rtt_ms: int | None, quota_ms: int) -> int:
    """Milliseconds to take off the time of an answer; 0 where the server has not measured the link."""
    if rtt_ms is None:
        return 0
    return max(0, min(rtt_ms // 2 + BASE_MS, quota_ms, MOST_MS))


def next_quota(quota_ms: int, used_ms: int) -> int:
    """The quota after a question in which so much was used."""
    return min(max(0, quota_ms - used_ms) + GROWTH_MS, CAP_MS)


def quota_after(used: list[int]) -> int:
    """The quota after questions in which so much was used each, in order: what rows of answers say after a restart."""
    quota = START_MS
    for used_ms in used:
        quota = next_quota(quota, used_ms)
    return quota

"""Runs a server's module with a sampling profiler beside it.

    python -m tests.load.profiled OUTPUT module argument…

Every 2 ms the stacks of all threads that are not waiting are counted; at the end the functions of our own code and of
the libraries are written with their share: by themselves, and with what they call.
"""

import runpy
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from types import FrameType

EVERY_S = 0.002
IDLE = frozenset(
    {"wait", "_wait_for_tstate_lock", "poll", "select", "_worker", "sleep", "accept", "run_forever", "get"}
)
SHOWN = 60


def sample(stop: threading.Event, alone: Counter[str], within: Counter[str]) -> None:
    """Counts until told to stop."""
    me = threading.get_ident()
    while not stop.is_set():
        time.sleep(EVERY_S)
        for thread, frame in sys._current_frames().items():
            if thread == me or frame.f_code.co_name in IDLE:
                continue
            alone[name_of(frame)] += 1
            seen: set[str] = set()
            walked: FrameType | None = frame
            while walked is not None:
                seen.add(name_of(walked))
                walked = walked.f_back
            within.update(seen)


def name_of(frame: FrameType) -> str:
    """File and function."""
    parts = Path(frame.f_code.co_filename).parts[-3:]
    return f"{'/'.join(parts)}:{frame.f_code.co_name}"


def main(output: Path, module: str, arguments: list[str]) -> None:
    """Runs the module as a program and writes the report when it ends."""
    alone: Counter[str] = Counter()
    within: Counter[str] = Counter()
    stop = threading.Event()
    threading.Thread(target=sample, args=(stop, alone, within), daemon=True).start()
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__")
    finally:
        stop.set()
        total = sum(alone.values()) or 1
        lines = []
        for title, counts in (("by themselves", alone), ("with what they call", within)):
            lines.append(title)
            lines += [f"{100 * count / total:6.1f} %  {name}" for name, count in counts.most_common(SHOWN)]
        output.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])

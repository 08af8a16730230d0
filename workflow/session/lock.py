"""One pipeline at a time with the same results.

In: the folder of results, which may be a link to one that several clones share. Out: a lock in it, as long as this
process lives. Used by the Snakefile.
"""

import fcntl
import os
import platform
import sys
from pathlib import Path

_held = []


def hold_lock(results="results"):
    """Keep a second pipeline away from these results; the lock dies with the process, however it ends."""
    path = Path(results, ".running")
    if path.exists() and not path.is_file():
        sys.exit(
            f"{path}: found no file under this name, expected one; move it away, the same call goes on from there"
        )
    # Open as long as the process lives: closing it would give up the lock.
    stream = path.open("a+")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.seek(0)
        sys.exit(
            f"another pipeline is running with these results ({stream.read().strip()}): "
            "wait for it, or stop it"
        )
    except OSError as error:
        # Some network file systems know no locks: that is no other pipeline.
        print(
            f"no lock: {error.strerror}; see to it that one call at a time runs here",
            file=sys.stderr,
        )
    stream.truncate(0)
    # Results may be shared by several machines.
    stream.write(f"process {os.getpid()} on {platform.node()}")
    stream.flush()
    _held.append(stream)

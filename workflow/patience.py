"""A bound on how long to wait for what may never come.

In: a function that asks somebody else. Out: what it returns, in time. Used by mirrors.py and sources.py.
"""

from queue import Empty, Queue
from threading import Thread


def within(seconds, ask):
    """What `ask` returns.

    A timeout of a connection bounds each wait for a byte, and a server may send one now and then for ever. The thread
    that still waits for it ends with the process.

    Raises
    ------
    TimeoutError
        After so many seconds.
    """
    answers = Queue()

    def wait():
        try:
            answers.put((ask(), None))
        except Exception as error:
            answers.put((None, error))

    Thread(target=wait, daemon=True).start()
    try:
        answer, error = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if error:
        raise error
    return answer

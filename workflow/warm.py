"""A process that has imported what most jobs need, and forks for each of them.

In: from a job's shell, `python -S -m workflow.warm <module> <arguments>`. Out: what `python -m <module> <arguments>`
would do, half a second sooner. Without such a process, as on a node of a cluster or where a command is copied from the
screen, it does that very thing. Started by the Snakefile; used by the rules whose programs draw, lay out and write.

Each job is a fork: it begins with the modules as they were imported and leaves nothing behind. It has the job's
own folder, files and arguments, which it gets over a socket; when the job's shell is killed, so is it.
"""

import os
import signal
import socket
import sys
from contextlib import suppress

SOCKET = "WARM_SOCKET"
# What half of all jobs import, and what takes longest.
IMPORTED = (
    "report.figures.style",
    "report.runs",
    "scipy.stats",
    "sklearn.manifold",
    "sklearn.neighbors",
)
LONGEST = 1 << 20  # bytes of arguments: as much as a command line may have
KILLED = 137


def ask(arguments):
    """Have a module run by the warm process, and end as it does; without one, run it here."""
    try:
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(os.environ[SOCKET])
    except (KeyError, OSError):
        # This interpreter was started without what is installed.
        os.execv(sys.executable, [sys.executable, "-m", *arguments])
    said = "\0".join([os.getcwd(), *arguments]).encode()
    socket.send_fds(connection, [len(said).to_bytes(4)], [0, 1, 2])
    connection.sendall(said)
    # Nothing where it died without a word.
    ended = connection.recv(1)
    sys.exit(ended[0] if ended else KILLED)


def serve(path):
    """Import, then fork for every job that asks, until whoever started this closes its end of the pipe."""
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(64)
    # Whoever waits for a connection may already do so.
    print("ready", flush=True)
    # The terminal interrupts all at once: jobs, not this, which ends with the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    from importlib import import_module
    from threading import Thread

    Thread(target=_end_with, args=[sys.stdin.buffer], daemon=True).start()
    for module in IMPORTED:
        import_module(module)
    while True:
        connection, _ = server.accept()
        if os.fork() == 0:
            server.close()
            _work(connection)
        connection.close()


def _end_with(pipe):
    pipe.read()
    os._exit(0)


def _work(connection):
    """One job, in a process of its own."""
    import runpy
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    status = 1
    try:
        length, files, _, _ = socket.recv_fds(connection, 4, 3)
        said = connection.recv(int.from_bytes(length), socket.MSG_WAITALL).decode()
        folder, module, *arguments = said.split("\0")
        for number, file in enumerate(files):
            os.dup2(file, number)
            os.close(file)
        os.chdir(folder)
        sys.path[0] = folder
        Thread(target=_die_with, args=[connection], daemon=True).start()
        sys.argv = ["-m", *arguments]
        status = _status(lambda: runpy.run_module(module, run_name="__main__", alter_sys=True))
    finally:
        with suppress(OSError):
            connection.sendall(bytes([status]))
        os._exit(status)


def _die_with(connection):
    """End at once when whoever asked is gone."""
    connection.recv(1)
    os._exit(KILLED)


def _status(program):
    """How a program ends, with what it says when it fails."""
    try:
        program()
        return _flushed(0)
    except SystemExit as end:
        if isinstance(end.code, int | None):
            return _flushed(end.code or 0)
        print(end.code, file=sys.stderr)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    return _flushed(1)


def _flushed(status):
    sys.stdout.flush()
    sys.stderr.flush()
    return status


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        serve(sys.argv[2])
    else:
        ask(sys.argv[1:])

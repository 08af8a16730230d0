"""A process that has imported what most jobs need, and forks for each of them.

In: from a job's shell, `python -S -m workflow.warm <module> <arguments>`. Out: what `python -m <module> <arguments>`
would do, half a second sooner. Without such a process, as on a node of a cluster or where a command is copied from the
screen, it does that very thing. Started by session/warming.py; used by the rules whose programs draw, lay out,
decide and report.

Each job is a fork: it begins with the modules as they were imported and leaves nothing behind. It has the job's
own folder, files and arguments, which it gets over a socket; when the job's shell is killed, so is it. What Snakemake
measures of such a job is the waiting shell: seconds, and next to no memory.
"""

import os
import signal
import socket
import sys
import time
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
BEGUN = b"b"


def ask(arguments):
    """Have a module run by the warm process, and end as it does; without one, run it here."""
    try:
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(os.environ[SOCKET])
        said = os.fsencode("\0".join([_environment(), os.getcwd(), *arguments]))
        socket.send_fds(connection, [len(said).to_bytes(4)], [0, 1, 2])
        connection.sendall(said)
        begun = connection.recv(1)
    except (KeyError, OSError):
        begun = b""
    if not begun:
        # This interpreter was started without what is installed.
        os.execv(sys.executable, [sys.executable, "-m", *arguments])
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    ended = connection.recv(1)
    sys.exit(ended[0] if ended else 1)


def _environment():
    """The folder of this Python: another one may have other packages."""
    return os.path.dirname(sys.executable)


def serve(path):
    """Import, then fork for every job that asks, until whoever started this closes its end of the pipe."""
    from importlib import import_module
    from threading import Thread

    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(64)
    # Whoever waits for a connection may already do so.
    print("ready", flush=True)
    # The terminal interrupts all at once: jobs, not this, which ends with the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_pipe, args=[path], daemon=True).start()
    for module in IMPORTED:
        import_module(module)
    working = {}
    signal.signal(signal.SIGCHLD, lambda *_: _bury(working))
    while True:
        connection, _ = server.accept()
        # One that ends at once is not missed.
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
        try:
            pid = os.fork()
        except OSError:
            # Without memory for another process: whoever asks runs it itself.
            connection.close()
        else:
            if pid == 0:
                for other in (server, *working.values()):
                    other.close()
                _work(connection)
            working[pid] = connection
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])


def _end_with_the_pipe(path):
    os.read(0, 1)
    with suppress(OSError):
        os.unlink(path)
        os.rmdir(os.path.dirname(path))
    os._exit(0)


def _bury(working):
    """Tell those who wait for jobs that were killed, as a shell does."""
    with suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            connection = working.pop(pid)
            if os.WIFSIGNALED(status):
                with suppress(OSError):
                    connection.sendall(bytes([128 + os.WTERMSIG(status)]))
            connection.close()


def _work(connection):
    """One job, in a process of its own."""
    import runpy
    from threading import Thread

    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    status = 1
    try:
        length, files, _, _ = socket.recv_fds(connection, 4, 3)
        said = connection.recv(int.from_bytes(length), socket.MSG_WAITALL)
        environment, folder, module, *arguments = os.fsdecode(said).split("\0")
        if environment != _environment():
            return
        for number, file in enumerate(files):
            os.dup2(file, number)
            os.close(file)
        os.chdir(folder)
        sys.path[0] = folder
        connection.sendall(BEGUN)
        Thread(target=_die_with, args=[connection], daemon=True).start()
        sys.argv = ["-m", *arguments]
        status = _status(lambda: runpy.run_module(module, run_name="__main__", alter_sys=True))
        with suppress(OSError):
            connection.sendall(bytes([status]))
    finally:
        os._exit(status)


def _die_with(connection):
    """End when whoever asked is gone; what was interrupted with it may tidy up before."""
    connection.recv(1)
    time.sleep(1)
    os._exit(1)


def _status(program):
    """How a program ends, with what it says when it fails."""
    try:
        program()
        return _flushed(0)
    except SystemExit as end:
        if isinstance(end.code, int | None):
            return _flushed((end.code or 0) & 0xFF)
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

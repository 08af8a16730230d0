"""What goes wrong, in one line.

In: an exception. Out: its line on the screen and exit code 1, no traceback, where it is one for the user. Used
by the Snakefile and by all of workflow/scripts.
"""

import sys
from contextlib import contextmanager

# An exception that we define is one for the user: it says in one line what was found and expected.
OURS = ("nn", "report", "workflow")
# What is there in place of what is needed → what to do.
IN_THE_WAY = {
    FileExistsError: "found a file, expected a folder; move it away",
    NotADirectoryError: "found a file where a folder is expected; move it away",
    IsADirectoryError: "found a folder, expected a file; move it away",
}
LONGEST = 2000  # characters of a line
INTERRUPTED = "interrupted: what is finished is kept, and the same call goes on from there"


def line_of(error):
    """What to tell the user of an exception, or None: that one is a mistake of the program."""
    if type(error).__module__.split(".")[0] in OURS:
        return printable(str(error))
    if isinstance(error, SyntaxError) and error.filename:
        return (
            f"{error.filename}, line {error.lineno}: found no Python ({error.msg}); mend the line"
        )
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, MemoryError):
        return "memory: found too little of it; close other programs, or take fewer cores"
    if isinstance(error, OSError) and error.strerror:
        where = error.filename2 or error.filename or "a file that was being written"
        said = IN_THE_WAY.get(type(error), f"{error.strerror}; mend that")
        return f"{where}: {said}, the same call goes on from there"
    return None


def printable(text):
    """A text that names what others wrote, without what would move a terminal's cursor, start another line or fill it."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


@contextmanager
def one_line():
    """End with one line where an exception is one for the user."""
    try:
        yield
    except Exception as error:
        line = line_of(error)
        if line is None:
            raise
        sys.exit(line)


def say_in_one_line(kind, error, traceback):
    """As `sys.excepthook`: the last line of a program that fails says what it was."""
    line = line_of(error)
    if line is None:
        sys.__excepthook__(kind, error, traceback)
    else:
        print(line, file=sys.stderr)

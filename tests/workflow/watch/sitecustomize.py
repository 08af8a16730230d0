"""What a job's program opens, noted: Python imports this by itself from any folder on its path.

At the end of a program of workflow/scripts, its command line and the files it opened become a JSON
file in the folder that the environment variable OPENED names.
"""

import atexit
import json
import os
import sys
import uuid

opened = set()


def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str | os.PathLike):
        opened.add(os.path.abspath(arguments[0]))


def leave():
    record = {"command": sys.orig_argv[1:], "opened": sorted(opened)}
    with open(os.path.join(os.environ["OPENED"], f"{uuid.uuid4()}.json"), "w") as stream:
        json.dump(record, stream)


if "workflow.scripts." in " ".join(sys.orig_argv[1:3]):
    sys.addaudithook(note)
    atexit.register(leave)

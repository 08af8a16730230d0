"""Files that appear whole or not at all.

In: what to write. Out: the file, written elsewhere first and then moved; what a file is, by its SHA-256. Used by
workflow/scripts, workflow/session and sources.py.
"""

import csv
import hashlib
import json
import os
import re
from contextlib import contextmanager
from io import BytesIO
from math import isfinite
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import numpy as np

# What `whole`, and the commands of rules, write before it takes its name.
HALF = re.compile(r"\..+\.\d+|.+\.part")


def digest(path):
    """The SHA-256 of a file, in hexadecimal digits."""
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def whole(path):
    """A temporary path beside `path` that becomes `path` when the block ends well."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield temporary
        os.replace(temporary, path)
    except OSError as error:
        # Whoever reads of it knows the file, not the name it had for a moment.
        if error.filename == str(temporary):
            error.filename, error.filename2 = str(path), None
        raise
    finally:
        temporary.unlink(missing_ok=True)


def write_json(path, content):
    with whole(path) as temporary:
        temporary.write_text(json_text(content))


def json_text(content):
    """Standard JSON: a number that is not finite becomes null."""
    return json.dumps(_finite(content), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _finite(content):
    if isinstance(content, dict):
        return {key: _finite(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_finite(value) for value in content]
    return None if isinstance(content, float) and not isfinite(content) else content


def write_arrays(path, arrays):
    """What `numpy.load` reads as an .npz file, the same bytes from any Python.

    Not compressed, because zlib and zlib-ng disagree, and not by `numpy.savez`, whose archives depend on the
    patch version of Python.
    """
    with whole(path) as temporary, ZipFile(temporary, "w") as archive:
        for name, array in arrays.items():
            stream = BytesIO()
            np.lib.format.write_array(stream, np.asanyarray(array), allow_pickle=False)
            archive.writestr(ZipInfo(f"{name}.npy"), stream.getvalue())


def write_csv(path, header, rows):
    with whole(path) as temporary, temporary.open("w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)

"""Before there is a Snakefile → Snakemake reads configurations as we do.

In: the functions with which Snakemake takes up --configfile and --config, before there is a Snakefile. Out: ours in
their place: what cannot be read ends in one line, and no Python that stands in a file is run, as Snakemake does where
it finds __use_yte__. Used by profiles/default/config.yaml, which Snakemake reads first of all.
"""

import signal
import sys

import snakemake.cli
import snakemake.common.configfile

from workflow.configuration.reading import read, settings
from workflow.errors import one_line, say_in_one_line


def open_session():
    """Let Snakemake take configurations up by our functions, and end in one line when it is interrupted."""
    snakemake.common.configfile._load_configfile = one_line()(lambda path, filetype="": read(path))
    snakemake.cli.parse_config = one_line()(lambda entries: settings(entries or []))
    # What interrupts it before the first job; then it has ways of its own.
    for sent in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sent, signal.default_int_handler)
    sys.excepthook = say_in_one_line

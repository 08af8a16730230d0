"""Before Snakemake reads a configuration → it reads as we do.

In: the functions with which Snakemake takes up --configfile and --config, before there is a Snakefile. Out: ours in
their place: what cannot be read ends in one line, and no Python that stands in a file is run, as Snakemake does where
it finds __use_yte__. Used by profiles/default/config.yaml, which Snakemake reads first of all.
"""

import sys

import snakemake.cli
import snakemake.common.configfile

from workflow.configuration.reading import read, settings
from workflow.errors import one_line, say_in_one_line


def read_as_we_do():
    """Snakemake takes configurations up by our functions, in this process."""
    snakemake.common.configfile._load_configfile = one_line()(lambda path, filetype="": read(path))
    snakemake.cli.parse_config = one_line()(lambda entries: settings(entries or []))
    # An interruption that comes before the first job.
    sys.excepthook = say_in_one_line

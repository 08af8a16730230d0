"""One program for each rule: read files, call `nn` or `report`, write files.

In: a command line. Out: files; what goes wrong is the last line of the log. Rules call them as
`python -m workflow.scripts.<name>`.
"""

import gc
import sys

from workflow.errors import say_in_one_line

WITHOUT_EFFECT = {"say_in_one_line"}  # on results; see workflow/fingerprint.py

sys.excepthook = say_in_one_line

# A program that ends by itself need not look for garbage, which takes a sixth of the time of those that
# draw and typeset. While Python looks for the module to run, argv[0] is "-m"; whoever imports one of
# these modules keeps the collector as it is.
if sys.argv[0] == "-m":
    gc.disable()

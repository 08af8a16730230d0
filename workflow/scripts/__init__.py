"""One program for each rule: read files, call `nn` or `report`, write files.

In: a command line. Out: files. Rules call them as `python -m workflow.scripts.<name>`.
"""

import gc
import sys

# A program that ends by itself need not look for garbage, which takes a sixth of the time of those that
# draw and typeset. While Python looks for the module to run, argv[0] is "-m"; whoever imports one of
# these modules keeps the collector as it is.
if sys.argv[0] == "-m":
    gc.disable()

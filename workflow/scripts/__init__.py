"""One program for each rule: read files, call `nn` or `report`, write files.

In: a command line. Out: files. Rules call them as `python -m workflow.scripts.<name>`.
"""

import gc

# These programs live for seconds and leave nothing to collect; looking for it takes a sixth of the time
# of those that draw and typeset.
gc.disable()

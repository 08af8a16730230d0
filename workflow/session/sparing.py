"""Snakemake, spared what it does not need here.

In: Snakemake's workflow. Out: the same, changed; Python's collector, called less often. Used by the Snakefile.
"""

import gc


def spare_the_collector():
    """Look for garbage after so many new objects only.

    A plan of thousands of runs is millions of objects, and all of them stay: to go through them again and again takes a
    tenth of the time that planning takes. Never to do so would gain little more.
    """
    gc.set_threshold(200_000)


def spare_the_scheduler(workflow):
    """Switch off Snakemake's limit on jobs started per second, where no cluster needs it.

    The limit (9.27) wakes the scheduler again one second after each waking, so every job that ends
    adds another such chain: after some hundred jobs it takes a core of its own. The scheduler
    exists from `onstart` on, which is when this must be called.
    """
    if workflow.local_exec:
        workflow.scheduler.job_rate_limiter = None

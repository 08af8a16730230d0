"""Snakemake's scheduler, spared what it does not need here.

In: Snakemake's workflow. Out: the same, changed. Used by the Snakefile.
"""


def spare_the_scheduler(workflow):
    """Switch off Snakemake's limit on jobs started per second, where no cluster needs it.

    The limit (9.27) wakes the scheduler again one second after each waking, so every job that ends
    adds another such chain: after some hundred jobs it takes a core of its own. The scheduler
    exists from `onstart` on, which is when this must be called.
    """
    if workflow.local_exec:
        workflow.scheduler.job_rate_limiter = None

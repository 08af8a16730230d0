"""Both ways of docs/cluster.md on a real SLURM give what one machine gives: `make test-slurm`."""

import subprocess
import time

import pytest

from tests.slurm import cluster
from tests.workflow.tree import SNAKEMAKE, Tree
from workflow.session import sums

pytestmark = [
    pytest.mark.slurm,
    pytest.mark.skipif(bool(cluster.missing()), reason=str(cluster.missing())),
]
PREVIEW = ("--configfile", "config/preview.yaml")
# This cluster has no accounting database.
SUBMITTED = (
    "--profile",
    "profiles/slurm",
    "--slurm-no-account",
    "--slurm-keep-successful-logs",
    "--slurm-status-command",
    "squeue",
)


@pytest.fixture(scope="module")
def slurm(tmp_path_factory):
    with cluster.Cluster(tmp_path_factory.mktemp("slurm")) as found:
        yield found


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """What one machine gives without a cluster."""
    tree = Tree(tmp_path_factory.mktemp("local") / "tree")
    done = tree.call(*PREVIEW)
    assert done.returncode == 0, done.stdout + done.stderr
    return results(tree)


@pytest.fixture
def tree(tmp_path):
    return Tree(tmp_path / "tree")


def results(tree):
    """Name → digest of what two equal builds have in common: all but what tells who made them."""
    folder = tree.folder / "results"
    varying = {*sums.VARYING, sums.NAME_VARYING}
    return {
        path.relative_to(folder): digest
        for path, digest in tree.snapshot().items()
        if path.name not in varying
    }


def test_a_whole_call_in_one_allocation(slurm, tree, local):
    call = f"{SNAKEMAKE} --cores $SLURM_CPUS_PER_TASK {' '.join(PREVIEW)}"
    done = slurm.run("sbatch", "--wait", "-c", "2", "--wrap", call, cwd=tree.folder)
    said = "".join(path.read_text() for path in tree.folder.glob("slurm-*.out"))
    assert done.returncode == 0, said
    assert results(tree) == local


def test_trainings_as_jobs_of_their_own_and_a_node_that_dies_in_between(slurm, tree, local):
    call = [SNAKEMAKE, "--cores", "2", *SUBMITTED, *PREVIEW]
    options = {
        "cwd": tree.folder,
        "stderr": subprocess.PIPE,
        "text": True,
    }
    begun = subprocess.Popen(call, stdout=subprocess.DEVNULL, **options)
    while not list(tree.folder.glob("results/digits/runs/*/seed0/run.json")):
        assert begun.poll() is None, begun.communicate()
        time.sleep(0.2)
    slurm.kill_node()
    time.sleep(5)
    slurm.start_node()
    begun.communicate(timeout=1200)
    # What was lost with the node, the same call makes up for.
    again = subprocess.run(call, stdout=subprocess.PIPE, timeout=1200, check=False, **options)
    assert again.returncode == 0, again.stdout + again.stderr
    assert results(tree) == local
    submitted = {
        path.parent.parent.name for path in tree.folder.glob(".snakemake/slurm_logs/*/*/*")
    }
    assert submitted == {"rule_train"}

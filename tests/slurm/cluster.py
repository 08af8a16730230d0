"""A SLURM cluster of one node, this machine, for as long as a test lasts.

In: a folder; slurm-wlm and munge, installed; root. Out: its daemons. Nothing of it needs systemd, and nothing outside of
the folder changes, but that a link to its configuration is where Snakemake's plugin, which drops SLURM_CONF, looks for it.
"""

import os
import shutil
import socket
import subprocess
import time
from contextlib import ExitStack, closing
from pathlib import Path

CONFIGURATION = """
ClusterName=test
SlurmctldHost={name}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
SlurmUser=root
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
SlurmctldPidFile={folder}/controller.pid
SlurmdPidFile={folder}/node.pid
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldLogFile={folder}/controller.log
SlurmdLogFile={folder}/node.log
NodeName={name} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory={megabytes} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""
DAEMONS = ("munged", "slurmctld", "slurmd")
EXPECTED = Path("/etc/slurm/slurm.conf")


def missing():
    """What is not there of what a cluster needs, or None."""
    if os.geteuid() != 0:
        return "its daemons want root"
    if EXPECTED.exists():
        return f"found a cluster's own {EXPECTED}"
    absent = [name for name in DAEMONS if not shutil.which(name)]
    return f"found no {', '.join(absent)}; apt install slurm-wlm munge" if absent else None


class Cluster:
    """Daemons of one node and one controller."""

    def __init__(self, folder):
        self.folder = folder
        for part in ("state", "spool"):
            (folder / part).mkdir()
        key = folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
        (folder / "slurm.conf").write_text(
            CONFIGURATION.format(
                name=socket.gethostname().split(".")[0],
                folder=folder,
                controller_port=_free_port(),
                node_port=_free_port(),
                cpus=os.cpu_count(),
                megabytes=megabytes * 9 // 10,
            )
        )
        self.daemons = {}

    def __enter__(self):
        with ExitStack() as if_it_fails:
            if_it_fails.callback(self.__exit__)
            self._begin()
            if_it_fails.pop_all()
        return self

    def _begin(self):
        EXPECTED.unlink(missing_ok=True)  # a link that leads nowhere now
        EXPECTED.symlink_to(self.folder / "slurm.conf")
        names = ("socket", "pid-file", "log-file", "seed-file")
        options = [f"--{name}={self.folder}/munge.{name.removesuffix('-file')}" for name in names]
        self._start(
            "munged", "--foreground", "--force", f"--key-file={self.folder}/munge.key", *options
        )
        _until((self.folder / "munge.socket").exists)
        self._start("slurmctld", "-D")
        self.start_node()

    def __exit__(self, *_):
        for daemon in reversed(self.daemons.values()):
            daemon.terminate()
            daemon.wait()
        EXPECTED.unlink(missing_ok=True)

    def start_node(self):
        """Start the node's daemon, as a machine does that comes back."""
        self._start("slurmd", "-D")
        _until(
            lambda: self.run("sinfo", "--noheader", "--format=%t").stdout.strip() in ("idle", "mix")
        )

    def kill_node(self):
        """Let the node's daemon die."""
        self.daemons["slurmd"].kill()
        self.daemons["slurmd"].wait()

    def run(self, *command, **options):
        """A command of a user of this cluster."""
        return subprocess.run(command, capture_output=True, text=True, **options)

    def _start(self, name, *options):
        self.daemons[name] = subprocess.Popen(
            [name, *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _free_port():
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _until(so, seconds=60):
    end = time.monotonic() + seconds
    while not so():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.2)

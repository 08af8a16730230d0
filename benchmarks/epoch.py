"""One epoch of the sigmoid baseline: this core, the plain loop, PyTorch and JAX, one thread each.

In: dataset.npz. Out: a table on the screen, epoch.json, and the data of the chart.

Every contender starts from the same weights and is checked first: the loss after five epochs agrees
to 1e-4. Then all take turns, epoch by epoch, each in its own process on the same core, so that a
machine that slows down slows all; medians are compared.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from benchmarks.contenders import sgemm
from benchmarks.process import Unavailable, Worker
from nn.blocks import BLOCK_SIZE

NAMES = {
    "ours": "this project",
    "plain": "plain numpy loop",
    "pytorch": "PyTorch, eager",
    "pytorch_compiled": "PyTorch, compiled",
    "jax_jit": "JAX, jit",
}
# Images at a time: what each contender may try, and is measured at its fastest (None: all at once).
BLOCK_SIZES = {
    "ours": (BLOCK_SIZE,),
    "plain": (None,),
    "pytorch": (250, 500, 1_000, 2_000, 5_000, 20_000, 60_000),
    "pytorch_compiled": (500, 1_000, 2_000, 60_000),
    "jax_jit": (250, 500, 1_000, 2_000, 5_000, 20_000, 60_000),
}
NOT_PEERS = ("ours", "plain")
CHECKED_EPOCHS = 5
TOLERANCE = 1e-4


@dataclass
class Contender:
    """A contender at its fastest block size, with what was measured."""

    worker: Worker
    block_size: int | None
    loss: float
    seconds: list[float]
    peak_mb: float = 0.0


def compare(dataset, settings, repeats, say):
    """Run all contenders that can run here, in turns.

    Parameters
    ----------
    dataset : Path
    settings : dict
        Environment of the measured processes.
    repeats : int
    say : callable
        Called with a line for the screen.

    Returns
    -------
    dict, ready for JSON
    """
    contenders, skipped, rates = {}, {}, []
    with ExitStack() as stack:
        for name, sizes in BLOCK_SIZES.items():
            try:
                size = fastest_block_size(name, dataset, sizes, settings)
                worker = stack.enter_context(Worker(name, dataset, size, settings=settings))
                loss = checked_loss(worker)
            except Unavailable as reason:
                if name in NOT_PEERS:
                    raise
                skipped[name] = str(reason)
                say(f"{NAMES[name]}: skipped, {reason}")
                continue
            contenders[name] = Contender(worker, size, loss, [])
            say(f"{NAMES[name]}: ready" + (f", {size:,} images at a time" if size else ""))
            expected = contenders["ours"].loss
            if abs(loss / expected - 1) > TOLERANCE:
                raise SystemExit(
                    f"{NAMES[name]}: found a loss of {loss:.6f} after {CHECKED_EPOCHS} epochs, "
                    f"expected {expected:.6f} as for {NAMES['ours']}: nothing to compare"
                )
        machine = stack.enter_context(Worker("sgemm", dataset, settings=settings))
        machine.epoch()
        for _ in range(repeats):
            rates.append(sgemm.OPERATIONS / machine.epoch()["seconds"])
            for contender in contenders.values():
                contender.seconds.append(contender.worker.epoch()["seconds"])
        for contender in contenders.values():
            contender.peak_mb = contender.worker.finish()
    return summary(contenders, skipped, median(rates))


def fastest_block_size(name, dataset, sizes, settings):
    """The size of the quickest epoch; each is tried in a process of its own."""
    if len(sizes) == 1:
        return sizes[0]
    seconds = {}
    for size in sizes:
        with Worker(name, dataset, size, settings=settings) as worker:
            seconds[size] = min(worker.epoch()["seconds"] for _ in range(CHECKED_EPOCHS))
    return min(seconds, key=seconds.get)


def checked_loss(worker):
    """The loss after `CHECKED_EPOCHS`."""
    return [worker.epoch()["loss"] for _ in range(CHECKED_EPOCHS)][-1]


def summary(contenders, skipped, rate):
    """What the measurements say, as plain data."""
    seconds = {name: median(contender.seconds) for name, contender in contenders.items()}
    peers = {name: s for name, s in seconds.items() if name not in NOT_PEERS}
    own = contenders["ours"].worker.facts
    return {
        "ours_s": seconds["ours"],
        "plain_s": seconds["plain"],
        "peers": peers,
        "ratio_to_fastest_peer": seconds["ours"] / min(peers.values()) if peers else None,
        "ratio_to_plain": seconds["ours"] / seconds["plain"],
        "sgemm_gflops": rate / 1e9,
        "gemm_share": own["products"] / seconds["ours"] / rate,
        "gemm_share_dense": {name: own["whole_products"] / s / rate for name, s in seconds.items()},
        "peak_mb": {name: contender.peak_mb for name, contender in contenders.items()},
        "quartiles": {name: quartiles(contender.seconds) for name, contender in contenders.items()},
        "block_size": {name: contender.block_size for name, contender in contenders.items()},
        "kernels": {
            name: contender.worker.facts["kernels"] for name, contender in contenders.items()
        },
        "skipped": skipped,
    }


def quartiles(values):
    ordered = sorted(values)
    return ordered[len(ordered) // 4], ordered[(3 * len(ordered)) // 4]


def seconds_by_name(result):
    """Contender → median seconds, the fastest first."""
    seconds = {"ours": result["ours_s"], "plain": result["plain_s"], **result["peers"]}
    return dict(sorted(seconds.items(), key=lambda item: item[1]))


def table(result):
    """The comparison as lines of text."""
    yield f"{'':20}{'epoch':>10}{'ours is':>10}{'of sgemm':>10}{'memory':>10}  kernels"
    for name, value in seconds_by_name(result).items():
        share = result["gemm_share_dense"][name]
        yield (
            f"{NAMES[name]:20}{value:>8.3f} s{result['ours_s'] / value:>9.2f}×{share:>9.0%} "
            f"{result['peak_mb'][name]:>6.0f} MB  {result['kernels'][name]}"
        )
    yield (
        f'sgemm of 2048 × 2048: {result["sgemm_gflops"]:.0f} GFLOP/s. "Of sgemm" counts whole '
        f"images; on the operations that it really does, this project reaches "
        f"{result['gemm_share']:.0%}."
    )

"""One epoch of the sigmoid baseline: this core, the plain loop, PyTorch and JAX, one thread each.

In: dataset.npz. Out: a table on the screen, epoch.json, and the data of the chart.

Every contender starts from the same weights and is checked first: the loss after five epochs agrees
to 1e-4. Then all take turns, epoch by epoch, each in its own process on the same core, so that a
machine that slows down slows all; medians are compared.
"""

from dataclasses import dataclass
from statistics import median

from benchmarks.contenders import sgemm
from benchmarks.process import Unavailable, Worker, workers
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
    contenders, skipped = {}, {}
    with workers() as running:
        losses = {}
        for name, sizes in BLOCK_SIZES.items():
            try:
                worker, size, losses[name] = fastest(name, dataset, sizes, settings)
            except Unavailable as reason:
                if name in NOT_PEERS:
                    raise
                skipped[name] = str(reason)
                say(f"{NAMES[name]}: skipped, {reason}")
                continue
            running.append(worker)
            contenders[name] = Contender(worker, size, [])
            say(f"{NAMES[name]}: ready" + (f", {size:,} images at a time" if size else ""))
        for name, loss in losses.items():
            if abs(loss / losses["ours"] - 1) > TOLERANCE:
                raise SystemExit(
                    f"{NAMES[name]}: found a loss of {loss:.6f} after {CHECKED_EPOCHS} epochs, "
                    f"expected {losses['ours']:.6f} as for {NAMES['ours']}: nothing to compare"
                )
        machine = Worker("sgemm", dataset, settings=settings)
        running.append(machine)
        machine.epoch()
        rates = []
        for _ in range(repeats):
            rates.append(sgemm.OPERATIONS / machine.epoch()["seconds"])
            for contender in contenders.values():
                contender.seconds.append(contender.worker.epoch()["seconds"])
        running.clear()
        machine.close()
        for contender in contenders.values():
            contender.peak_mb = contender.worker.close()
    return summary(contenders, skipped, median(rates))


def fastest(name, dataset, sizes, settings):
    """The worker, block size and loss after `CHECKED_EPOCHS` of the quickest epoch."""
    best = None
    for size in sizes:
        options = () if size is None else ("--block-size", size)
        worker = Worker(name, dataset, *options, settings=settings)
        epochs = [worker.epoch() for _ in range(CHECKED_EPOCHS)]
        quickest = min(epoch["seconds"] for epoch in epochs)
        if best is None or quickest < best[0]:
            if best:
                best[1].kill()
            best = quickest, worker, size, epochs[-1]["loss"]
        else:
            worker.kill()
    return best[1:]


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


def table(result):
    """The comparison as lines of text."""
    seconds = {"ours": result["ours_s"], "plain": result["plain_s"], **result["peers"]}
    yield f"{'':20}{'epoch':>10}{'ours is':>10}{'of sgemm':>10}{'memory':>10}  kernels"
    for name, value in sorted(seconds.items(), key=lambda item: item[1]):
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

"""A dataset of one's own: four small files, and what a configuration says of them."""

import gzip
import hashlib
import struct

import numpy as np


def idx(array):
    """The bytes of a gzipped IDX file, the same at any time."""
    header = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape)
    return gzip.compress(header + array.tobytes(), mtime=0)


def images_of(labels, side=4):
    """Noise with a bright row for the class: something to be learnt."""
    images = np.random.default_rng(0).integers(0, 60, (len(labels), side, side), dtype=np.uint8)
    images[np.arange(len(labels)), labels % side] += 180
    return images


def own_dataset(folder, n_images, **said):
    """Write the files into a folder.

    Parameters
    ----------
    folder : Path
    n_images : dict
        "train" and "test" → how many.
    said
        What else its entry in a configuration says: title, classes.

    Returns
    -------
    dict
        The entry.
    """
    folder.mkdir(parents=True)
    files = {}
    for part, n in n_images.items():
        labels = np.arange(n, dtype=np.uint8) % len(said["classes"])
        for kind, array in (("images", images_of(labels)), ("labels", labels)):
            content = idx(array)
            path = folder / f"{part}-{kind}.gz"
            path.write_bytes(content)
            digest = hashlib.sha256(content).hexdigest()
            files[f"{part}_{kind}"] = {"name": path.name, "sha256": digest}
    return {"folder": str(folder), "files": files, **said}

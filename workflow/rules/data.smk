"""Dataset → arrays.

In: four IDX files from a local folder or the mirrors, or scikit-learn's bundled digits. Out:
results/<dataset>/data/: the files as fetched and checked, dataset.npz, summary.json.
"""

FILES = [file["name"] for file in ENTRY.get("files", {}).values()]
MIRRORS = " ".join(ENTRY.get("mirrors", []))
SHA256 = {file["name"]: file["sha256"] for file in ENTRY.get("files", {}).values()}


rule fetch:
    """Fetch one file of the dataset and check it."""
    output:
        f"{RESULTS}/data/{{file}}.gz",
    log:
        f"{RESULTS}/logs/fetch/{{file}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/fetch/{{file}}.tsv"
    conda:
        "../../environment.yml"
    params:
        sha256=lambda wildcards: SHA256[f"{wildcards.file}.gz"],
    shell:
        "python -m workflow.scripts.fetch --name {wildcards.file}.gz --sha256 {params.sha256}"
        f" --folder '{SOURCE.folder or ''}' --mirrors {MIRRORS}"
        " --target {output} 2> >(tee {log} >&2)"


rule prepare:
    """Turn the dataset's files into arrays, and order the images for fast training."""
    input:
        expand(f"{RESULTS}/data/{{file}}", file=FILES),
    output:
        dataset=f"{RESULTS}/data/dataset.npz",
    log:
        f"{RESULTS}/logs/prepare.log",
    benchmark:
        f"{RESULTS}/benchmarks/prepare.tsv"
    conda:
        "../../environment.yml"
    params:
        # How many, not which: a class that is renamed trains nothing anew.
        n_classes=len(ENTRY.get("classes", [])),
        code=fingerprint("workflow.scripts.prepare"),
    shell:
        "python -m workflow.scripts.prepare --files {input} --n-classes {params.n_classes}"
        " --dataset {output.dataset} 2> {log}"


rule describe:
    """Say what the dataset is, for words and pictures."""
    input:
        dataset=rules.prepare.output.dataset,
        files=rules.prepare.input,
    output:
        summary=f"{RESULTS}/data/summary.json",
    log:
        f"{RESULTS}/logs/describe.log",
    benchmark:
        f"{RESULTS}/benchmarks/describe.tsv"
    conda:
        "../../environment.yml"
    params:
        title=ENTRY["title"],
        classes=json.dumps(ENTRY.get("classes", [])),
        code=fingerprint("workflow.scripts.describe"),
    shell:
        "python -m workflow.scripts.describe --dataset {input.dataset} --title {params.title:q}"
        " --files {input.files} --classes {params.classes:q} --summary {output.summary} 2> {log}"

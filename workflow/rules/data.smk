"""Dataset → arrays.

In: four IDX files from a local folder or the mirrors, or scikit-learn's bundled digits. Out:
results/<dataset>/data/: the files as fetched and checked, dataset.npz, summary.json.
"""

# Role → file: which images and which labels a file has, its name need not say.
FILES = {
    role: f"{RESULTS}/data/{file['name']}" for role, file in sorted(ENTRY.get("files", {}).items())
}
# How those differ from MNIST's, where they do.
READING = [
    *([f"--first-label={ENTRY['first_label']}"] if ENTRY.get("first_label") else []),
    *(["--transposed"] if ENTRY.get("transposed") else []),
]
SHA256 = {file["name"]: file["sha256"] for file in ENTRY.get("files", {}).values()}
# What a user wrote is pasted into no command, and where files come from makes none stale. Nodes of a cluster have it, too.
os.environ[DECIDED] = json.dumps(asdict(SOURCE) | {"mirrors": ENTRY.get("mirrors", [])})


envvars:
    DECIDED,


rule fetch:
    """Fetch one file of the dataset and check it."""
    output:
        f"{RESULTS}/data/{{file}}",
    log:
        f"{RESULTS}/logs/fetch/{{file}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/fetch/{{file}}.tsv"
    wildcard_constraints:
        # Bundled data have no files: nothing matches that.
        file="|".join(map(re.escape, SHA256)) or "(?!)",
    conda:
        ENVIRONMENT
    params:
        sha256=lambda wildcards: SHA256[wildcards.file],
    shell:
        "python -m workflow.scripts.fetch --name {wildcards.file} --sha256 {params.sha256}"
        " --target {output} 2> >(tee {log} >&2)"


rule prepare:
    """Turn the dataset's files into arrays, and order the images for fast training."""
    input:
        **FILES,
    output:
        dataset=f"{RESULTS}/data/dataset.npz",
    log:
        f"{RESULTS}/logs/prepare.log",
    benchmark:
        f"{RESULTS}/benchmarks/prepare.tsv"
    conda:
        ENVIRONMENT
    params:
        # By role, not by place: the order of keys in a configuration means nothing.
        files=[
            f"--{role.replace('_', '-')}={file}={SHA256[Path(file).name]}"
            for role, file in FILES.items()
        ]
        + READING,
        # How many, not which: a class that is renamed trains nothing anew.
        n_classes=0 if "bundled" in ENTRY else len(ENTRY["classes"]),
        code=fingerprint("workflow.scripts.prepare", numbers_only=True),
    shell:
        "python -m workflow.scripts.prepare {params.files} --n-classes {params.n_classes}"
        " --dataset {output.dataset} 2> {log}"


rule describe:
    """Say what the dataset is, for words and pictures."""
    input:
        **FILES,
        dataset=rules.prepare.output.dataset,
    output:
        summary=f"{RESULTS}/data/summary.json",
    log:
        f"{RESULTS}/logs/describe.log",
    benchmark:
        f"{RESULTS}/benchmarks/describe.tsv"
    conda:
        ENVIRONMENT
    params:
        # Functions, because Snakemake takes braces in a text for wildcards.
        title=lambda wildcards: ENTRY["title"],
        files=list(FILES.values()),
        classes=lambda wildcards: json.dumps(ENTRY.get("classes", [])),
        code=fingerprint("workflow.scripts.describe"),
    shell:
        f"{environment.WARM} "
        "workflow.scripts.describe --dataset {input.dataset} --title={params.title:q}"
        " --files {params.files} --classes {params.classes:q} --summary {output.summary} 2> {log}"

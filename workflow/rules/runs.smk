"""Arrays → trained runs.

In: data/dataset.npz and the plan. Out: runs/<variant>/seed<k>/ with history, weights, what made them and what
is inside, for every run; experiments/<experiment>.json, what an experiment varies, and the variants
and seeds that it shows; runs.csv.
"""

# When it is asked for: what is damaged is mended first.
SIZE = cache(lambda: size_of(Path(f"{RESULTS}/data/summary.json"), "bundled" in ENTRY))
RUN = f"{RESULTS}/runs/{{variant}}/seed{{seed}}"


rule train:
    """Train one variant with one seed."""
    input:
        dataset=rules.prepare.output.dataset,
    output:
        history=f"{RUN}/history.csv",
        weights=f"{RUN}/weights.npz",
        run=f"{RUN}/run.json",
        # What tells equal runs apart: no input of anything, so that nothing is made anew for it.
        origin=f"{RUN}/origin.json",
    log:
        f"{RESULTS}/logs/train/{{variant}}/seed{{seed}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/train/{{variant}}/seed{{seed}}.tsv"
    # Long jobs first: figures of finished runs wait until every core has had its trainings.
    priority: 1
    conda:
        ENVIRONMENT
    threads: 1
    # What a cluster is asked for; one machine takes as many as it has cores.
    resources:
        mem_mb=lambda wildcards: megabytes(VARIANTS[wildcards.variant], SIZE()),
        runtime=lambda wildcards: minutes(VARIANTS[wildcards.variant], SIZE()),
    params:
        choices=lambda wildcards: json.dumps(asdict(VARIANTS[wildcards.variant])),
        folder=subpath(output.run, parent=True),
        made_with=made_with("numpy"),
        # An activation that a variant does not use is nothing to it.
        code=lambda wildcards: fingerprint(
            "workflow.scripts.train",
            numbers_only=True,
            entries=entries(VARIANTS[wildcards.variant]),
        ),
    # Its products of matrices come to the same bits on every processor (nn/products.py).
    shell:
        f"{environment.FREE} "
        "python -m workflow.scripts.train --dataset {input.dataset} --name {wildcards.variant}"
        " --choices {params.choices:q} --seed {wildcards.seed} --folder {params.folder}"
        " 2> {log}"


# With --cache train runs may come from elsewhere, and Snakemake measures no rule of which that is so.
TIMED = "train" not in (workflow.workflow_settings.cache or [])
if not TIMED:
    workflow.get_rule("train")._benchmark = None


rule inspect:
    """Look inside one trained run: its units, its gradients, its predictions."""
    input:
        dataset=rules.prepare.output.dataset,
        weights=rules.train.output.weights,
        run=rules.train.output.run,
    output:
        arrays=f"{RUN}/inside.npz",
        numbers=f"{RUN}/inside.json",
    log:
        f"{RESULTS}/logs/inspect/{{variant}}/seed{{seed}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/inspect/{{variant}}/seed{{seed}}.tsv"
    conda:
        ENVIRONMENT
    threads: 1
    params:
        made_with=made_with("numpy"),
        code=lambda wildcards: fingerprint(
            "workflow.scripts.inspect",
            numbers_only=True,
            entries=entries(VARIANTS[wildcards.variant]),
        ),
    shell:
        f"{environment.FREE} "
        "python -m workflow.scripts.inspect --dataset {input.dataset} --weights {input.weights}"
        " --run {input.run} --arrays {output.arrays} --numbers {output.numbers} 2> {log}"


TRAINED = each(rules.train.output.run, PLAN.runs)


rule runs:
    """Train every variant with every seed and look inside, without a report."""
    input:
        runs=later(TRAINED),
        inside=later(each(rules.inspect.output.numbers, PLAN.runs)),


rule experiment:
    """Write down what an experiment varies, and the variants and seeds that it shows."""
    output:
        f"{RESULTS}/experiments/{{experiment}}.json",
    log:
        f"{RESULTS}/logs/experiments/{{experiment}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/experiments/{{experiment}}.tsv"
    localrule: True
    conda:
        ENVIRONMENT
    params:
        experiment=lambda wildcards: json.dumps(asdict(PLAN.experiments[wildcards.experiment])),
    shell:
        f"printf '%s\\n' {{params.experiment:q}} {WRITTEN}"


rule table:
    """Collect the runs into one table, a row for each variant and seed."""
    input:
        TRAINED,
    output:
        f"{RESULTS}/runs.csv",
    log:
        f"{RESULTS}/logs/table.log",
    benchmark:
        f"{RESULTS}/benchmarks/table.tsv"
    conda:
        ENVIRONMENT
    params:
        code=fingerprint("workflow.scripts.table"),
    shell:
        "python -m workflow.scripts.table --runs {input} --table {output} 2> {log}"

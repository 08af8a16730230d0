"""Results → what others can hold them against, and what they are held against.

In: runs, answers.json, expected/<dataset>, and other results (--config other=…). Out: verification.json and
verification.html, compared.html, spot_check/<which>/certificate.pdf.
"""

# Where nothing is published nobody can ask for it.
TOLD = f"{PUBLISHED}/{{file}}"


rule verification:
    """Hold the runs and answers against the published ones, in expected/<dataset>."""
    input:
        runs=later(files(RUN, PLAN.runs, OF_EVERY_RUN)),
        embeddings=later(each(rules.embedding.output.embedding, PLAN.first_runs)),
        origins=later(each(rules.train.output.origin, PLAN.runs)),
        dataset=rules.prepare.output.dataset,
        table=rules.table.output,
        answers=rules.answers.output.answers,
        configuration=rules.configuration.output.configuration,
        published=expand(TOLD, file=[*TABLES, SUMS, ORIGINS]),
        words=WORDS,
        style=STYLE,
    output:
        verification=f"{RESULTS}/verification.json",
        page=report(
            f"{RESULTS}/verification.html",
            caption=here("workflow/captions/verification.rst"),
            category="Report",
            labels={"format": "verification"},
        ),
    log:
        f"{RESULTS}/logs/verification.log",
    benchmark:
        f"{RESULTS}/benchmarks/verification.tsv"
    conda:
        ENVIRONMENT
    params:
        here=subpath(output.verification, parent=True),
        published=PUBLISHED,
        code=fingerprint("workflow.scripts.verify"),
    shell:
        "python -m workflow.scripts.verify --here {params.here} --published {params.published}"
        " --verification {output.verification} --page {output.page} 2> {log}"


rule verify:
    """Say whether the runs have the bits of the published ones; fail where one drifted."""
    input:
        rules.verification.output.verification,
    log:
        f"{RESULTS}/logs/verify.log",
    localrule: True
    conda:
        ENVIRONMENT
    shell:
        "python -m workflow.scripts.verdict --check {input} 2> {log}"


rule compare:
    """Say what differs between these results and others: --config other=path/to/results/mnist."""
    input:
        here=f"{RESULTS}/runs.csv",
        beside=[f"{RESULTS}/{file}" for file in TABLES],
        words=WORDS,
        style=STYLE,
    output:
        report(
            f"{RESULTS}/compared.html",
            caption=here("workflow/captions/compared.rst"),
            category="Report",
            labels={"format": "comparison"},
        ),
    log:
        f"{RESULTS}/logs/compare.log",
    benchmark:
        f"{RESULTS}/benchmarks/compare.tsv"
    conda:
        ENVIRONMENT
    params:
        here=subpath(input.here, parent=True),
        # No inputs, because Snakemake takes braces in a path for wildcards.
        there=lambda wildcards: OTHERS,
        code=fingerprint("workflow.scripts.compare"),
    shell:
        "python -m workflow.scripts.compare --here {params.here} --there {params.there:q}"
        " --page {output} 2> {log}"


SPOT_CHECK = f"{RESULTS}/spot_check/{DRAWN.folder}"
RUN_AGAIN = f"{SPOT_CHECK}/runs/{{variant}}/seed{{seed}}"
# Others may have trained variants that are none of ours.
ANY_DRAWN = "|".join(map(re.escape, DRAWN.variants)) or "-"


use rule train as train_again with:
    output:
        history=f"{RUN_AGAIN}/history.csv",
        weights=f"{RUN_AGAIN}/weights.npz",
        run=f"{RUN_AGAIN}/run.json",
        origin=f"{RUN_AGAIN}/origin.json",
    log:
        f"{SPOT_CHECK}/logs/train/{{variant}}/seed{{seed}}.log",
    benchmark:
        f"{SPOT_CHECK}/benchmarks/train/{{variant}}/seed{{seed}}.tsv"
    wildcard_constraints:
        variant=ANY_DRAWN,


use rule inspect as inspect_again with:
    input:
        dataset=rules.prepare.output.dataset,
        weights=rules.train_again.output.weights,
        run=rules.train_again.output.run,
    output:
        arrays=f"{RUN_AGAIN}/inside.npz",
        numbers=f"{RUN_AGAIN}/inside.json",
    log:
        f"{SPOT_CHECK}/logs/inspect/{{variant}}/seed{{seed}}.log",
    benchmark:
        f"{SPOT_CHECK}/benchmarks/inspect/{{variant}}/seed{{seed}}.tsv"
    wildcard_constraints:
        variant=ANY_DRAWN,


use rule table as table_again with:
    input:
        each(rules.train_again.output.run, DRAWN.runs),
    output:
        f"{SPOT_CHECK}/runs.csv",
    log:
        f"{SPOT_CHECK}/logs/table.log",
    benchmark:
        f"{SPOT_CHECK}/benchmarks/table.tsv"


rule certificate:
    """Certify whether some runs of other results, trained here anew, come out as they say."""
    input:
        runs=later(files(RUN_AGAIN, DRAWN.runs, [*OF_EVERY_RUN, "origin.json"])),
        table=rules.table_again.output,
        dataset=rules.prepare.output.dataset,
        words=WORDS,
        style=STYLE,
    output:
        certificate=f"{SPOT_CHECK}/certificate.json",
        page=f"{SPOT_CHECK}/certificate.pdf",
    log:
        f"{SPOT_CHECK}/logs/certificate.log",
    benchmark:
        f"{SPOT_CHECK}/benchmarks/certificate.tsv"
    conda:
        ENVIRONMENT
    params:
        here=subpath(output.certificate, parent=True),
        there=lambda wildcards: OTHERS,
        draw=DRAWN.draw,
        code=fingerprint("workflow.scripts.certify"),
    shell:
        "python -m workflow.scripts.certify --here {params.here} --there {params.there:q} --draw {params.draw}"
        " --data {input.dataset} --certificate {output.certificate} --page {output.page} 2> {log}"


rule spot_check:
    """Train a few runs of other results anew: --config other=path/to/results/mnist draw=… n=4."""
    input:
        rules.certificate.output.certificate,
    log:
        f"{SPOT_CHECK}/logs/spot_check.log",
    localrule: True
    conda:
        ENVIRONMENT
    shell:
        "python -m workflow.scripts.verdict --check {input} 2> {log}"


rule publish:
    """Renew expected/<dataset>, what others can hold their runs against; `make publish` renews the report too."""
    input:
        EVERYTHING,
        table=rules.table.output,
    log:
        f"{RESULTS}/logs/publish.log",
    localrule: True
    conda:
        ENVIRONMENT
    params:
        results=lambda wildcards, input: Path(input.table[0]).parent,
        folder=f"expected/{DATASET}",
    shell:
        "python -m workflow.scripts.publish --results {params.results} --folder {params.folder} 2> {log}"


rule bundle:
    """Pack results, report, source and what made them into one zip, a Workflow Run RO-Crate."""
    input:
        EVERYTHING,
        rules.listing.output.runs,
        rules.configuration.output.configuration,
        rules.pocket.output,
    output:
        f"{RESULTS}/bundle.zip",
    log:
        f"{RESULTS}/logs/bundle.log",
    benchmark:
        f"{RESULTS}/benchmarks/bundle.tsv"
    conda:
        ENVIRONMENT
    params:
        results=subpath(output[0], parent=True),
        code=fingerprint("workflow.scripts.bundle"),
    shell:
        "python -m workflow.scripts.bundle --results {params.results} --bundle {output} 2> {log}"

"""Files of results and source → what they are, for machines: a Workflow Run RO-Crate, and a manifest for CODECHECK.

In: places in a bundle and where the files lie, a results folder, CITATION.cff. Out: an `ROCrate`; the text of
codecheck.yml. Used by workflow/scripts/bundle.py.
"""

import json
from pathlib import Path

import yaml
from rocrate.model.contextentity import ContextEntity
from rocrate.rocrate import ROCrate

from report.results import ORIGINS, SUMS
from workflow import inventory
from workflow.origin import ROOT

# https://www.researchobject.org/workflow-run-crate/profiles/workflow_run_crate and what it extends.
PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": ("Process Run Crate", "0.5"),
    "https://w3id.org/ro/wfrun/workflow/0.5": ("Workflow Run Crate", "0.5"),
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": ("Workflow RO-Crate", "1.0"),
}
BIOSCHEMAS = "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"
MIT = "https://spdx.org/licenses/MIT"
# What a run of the workflow comes to, and what is in there.
RESULTS = {
    "report.pdf": "The report",
    "report.html": "The report as a page, with an explorer of all runs",
    "answers.json": "Every question with the sentence that answers it, and the numbers behind it",
    "runs.csv": "All runs, a row each",
    "timings.csv": "Time and memory of every run",
    "machine.json": "The machine that rendered the report",
    ORIGINS: "What made the runs: processor, packages, source",
    SUMS: "SHA-256 of every file that any equal run has with the same bytes",
}
# Of a file by its ending; of all others, text.
FORMATS = {
    ".npz": "application/zip",
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".json": "application/json",
    ".csv": "text/csv",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".py": "text/x-python",
    ".js": "text/javascript",
    ".css": "text/css",
    ".md": "text/markdown",
}


def crate(contents, results):
    """Describe files as a run of the workflow.

    Parameters
    ----------
    contents : dict of Path to Path
        Place in the crate → where the file lies.
    results : Path
        results/<dataset>, in the crate as here.
    """
    cited = _cited()
    # The version that these profiles extend.
    made = ROCrate(version="1.1")
    authors = [
        _about(made, f"#author-{i}", "Organization", name=author["name"])
        for i, author in enumerate(cited["authors"], start=1)
    ]
    # Of one alone, no list: so the recommendation.
    author = authors if authors[1:] else authors[0]
    made.name = f"{cited['title']}: results for {results.name}"
    made.description = cited["abstract"]
    made.license = _about(made, MIT, "CreativeWork", name="MIT License", identifier=MIT)
    made.root_dataset["author"] = author
    made.root_dataset["publisher"] = authors[0]
    workflow = made.add_workflow(ROOT / "Snakefile", "Snakefile", main=True, lang="snakemake")
    workflow["name"], workflow["version"] = cited["title"], cited["version"]
    workflow["description"] = cited["abstract"]
    workflow["license"], workflow["author"] = made.license, author
    workflow["encodingFormat"] = "text/plain"
    workflow["conformsTo"] = _about(made, BIOSCHEMAS, "CreativeWork", name="ComputationalWorkflow")
    made.root_dataset["conformsTo"] = [
        _about(made, url, "CreativeWork", name=name, version=version)
        for url, (name, version) in PROFILES.items()
    ]
    files = {
        place: made.add_file(source, place.as_posix(), properties=_told(place))
        for place, source in contents.items()
        if place.as_posix() != "Snakefile"
    }
    files[Path("README.md")]["about"] = made.root_dataset
    action = _about(
        made,
        "#run",
        "CreateAction",
        name=f"A run of {cited['title']}",
        description="Trained every run, drew every figure and rendered the report.",
        endTime=_last_training(results),
    )
    action["instrument"], action["agent"] = workflow, author
    action["object"] = files[results / "config.yaml"]
    action["result"] = [files[results / name] for name in RESULTS if results / name in files]
    made.root_dataset["mentions"] = action
    return made


def codecheck(results):
    """What somebody who checks the code has to make again, as https://codecheck.org.uk/spec/config/ defines it."""
    cited = _cited()
    manifest = [
        {"file": (results / name).as_posix(), "comment": comment}
        for name, comment in RESULTS.items()
        if name in ("report.pdf", "answers.json", "runs.csv")
    ]
    return yaml.safe_dump(
        {
            "version": "https://codecheck.org.uk/spec/config/1.0",
            "source": "The bundle that this file lies in: make && snakemake --cores 4",
            "manifest": manifest,
            "paper": {
                "title": cited["title"],
                "authors": [{"name": author["name"]} for author in cited["authors"]],
            },
        },
        sort_keys=False,
        allow_unicode=True,
    )


def _about(made, address, kind, /, **properties):
    return made.add(ContextEntity(made, address, {"@type": kind, **properties}))


def _told(place):
    """What is known of a file by its name."""
    told = {"name": place.name, "encodingFormat": FORMATS.get(place.suffix, "text/plain")}
    described = place.parts[0] == "results" and place.name in RESULTS
    return told | ({"description": RESULTS[place.name]} if described else {})


def _cited():
    return yaml.safe_load((ROOT / "CITATION.cff").read_text())


def _last_training(results):
    return max(
        json.loads((results / run / "origin.json").read_text())["date"]
        for run in inventory.runs(results)
    )

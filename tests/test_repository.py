"""The repository tells one story: packages, commands, rules and layout agree with each other."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from report.questions import ABOUT_ALL, BY_KIND, folders

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


def requirements(lines):
    """Name → version specification, extras left out."""
    pattern = re.compile(r"([A-Za-z0-9_.-]+)(?:\[[^]]*\])?([<>=!~].*)?")
    return {m[1]: m[2] or "" for line in lines if (m := pattern.fullmatch(line))}


@pytest.fixture(scope="module")
def project():
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return requirements(facts["dependencies"] + facts["optional-dependencies"]["test"])


def test_conda_users_get_the_same_packages(project):
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pip = listed.pop()["pip"]
    conda = requirements(listed + pip)
    # brotli is what fonttools[woff] brings.
    for name in ("python", "pango", "pip", "brotli"):
        conda.pop(name)
    assert conda == project


def test_the_lock_holds_every_package_with_hashes_and_without_addresses(project):
    lock = (ROOT / "requirements.lock").read_text()
    locked = re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==(\S+)", lock, re.MULTILINE)
    assert set(project) <= {name for name, _ in locked}
    for name, version in locked:
        wanted = re.search(r">=([\d.]+)", project.get(name, ""))
        if wanted:
            assert numeric(version) >= numeric(wanted[1]), f"{name} {version}"
    assert lock.count("--hash=sha256:") > len(locked)
    assert "://" not in lock
    assert "index-url" not in lock


def numeric(version):
    return tuple(map(int, re.findall(r"\d+", version)[:3]))


def test_readme_names_only_commands_and_files_that_exist():
    readme = (ROOT / "README.md").read_text()
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"`make ([a-z]+)`", readme)) <= set(targets)
    for link in re.findall(r"\]\(([^)#:]+)\)", readme):
        assert (ROOT / link).exists(), link


def test_workflows_of_github_call_what_there_is():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    workflows = list((ROOT / ".github" / "workflows").glob("*.yml"))
    assert workflows
    for path in workflows:
        steps = [
            step
            for job in yaml.safe_load(path.read_text())["jobs"].values()
            for step in job["steps"]
        ]
        commands = " ".join(step.get("run", "") for step in steps)
        assert set(re.findall(r"make ([a-z-]+)", commands)) <= set(targets)
        for file in re.findall(r"(?:docs|expected)/\S+|CHANGELOG\.md", commands):
            assert (ROOT / file).exists(), f"{path.name}: {file}"


def test_every_kind_of_figure_is_drawn_by_a_rule():
    tables = (ROOT / "workflow" / "rules" / "figures.smk").read_text()
    drawn = set(re.findall(r'^ +"(\w+)": \[', tables, re.MULTILINE)) | {"plane"}
    kinds = {
        path.stem
        for path in (ROOT / "report" / "figures").glob("*.py")
        if re.search(r"^def draw\(", path.read_text(), re.MULTILINE)
    }
    assert kinds == drawn


def test_every_question_with_facts_of_its_own_has_words_and_is_asked():
    asked = yaml.safe_load((ROOT / "config" / "config.yaml").read_text())["experiments"]
    for folder in folders():
        here = ROOT / "report" / "questions" / folder
        told_elsewhere = '"served_by"' in (here / "facts.py").read_text()
        assert (here / "section.html.j2").exists() or told_elsewhere, f"{here.name} has no words"
        assert folder in {*asked, *ABOUT_ALL, *BY_KIND.values()}, f"config.yaml asks no {folder}"


def test_every_module_says_first_what_goes_in_and_what_comes_out():
    sources = [
        path for folder in ("nn", "report", "workflow") for path in ROOT.glob(f"{folder}/**/*.py")
    ]
    for path in [*sources, *ROOT.glob("workflow/rules/*.smk"), ROOT / "Snakefile"]:
        if path.name == "__init__.py":
            continue
        docstring = " ".join(path.read_text().split('"""')[1].split())
        assert "In: " in docstring, path
        assert "Out: " in docstring or "Out, " in docstring, path


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["snakefmt", "--check", "Snakefile", "workflow"],
        ["snakemake", "--lint", "--config", "dataset=digits"],
    ],
    ids=" ".join,
)
def test_formatting_and_lint_are_settled_by_tools(command):
    done = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_rule_is_described():
    listed = subprocess.run(
        [BIN / "snakemake", "--list", "--config", "dataset=digits"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    rules = [line for line in listed.splitlines() if re.match(r"[a-z_]+", line)]
    assert len(rules) > 10
    for rule in rules:
        assert re.match(r"[a-z_]+ \(.+\.\)?\)?", rule), rule

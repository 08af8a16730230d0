"""What a piece of code means, as a short string that changes only when the meaning does.

In: names of our modules. Out: a digest of their syntax trees, and of every module of ours that they
import, without comments, docstrings and layout. The rules put it among their parameters,
so that Snakemake reruns a job when its code has changed, and not when a file was merely touched.
"""

import ast
import hashlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
OURS = ("nn", "report", "workflow")


@cache
def fingerprint(*modules):
    """Digest of some modules (dotted names) and all of ours behind them."""
    sources = _reachable(modules)
    meaning = "\n".join(f"# {name}\n{_meaning(path)}" for name, path in sorted(sources.items()))
    return hashlib.sha256(meaning.encode()).hexdigest()[:16]


def _reachable(modules):
    found, waiting = {}, list(modules)
    while waiting:
        name = waiting.pop()
        path = _path(name)
        if path is None or name in found:
            continue
        found[name] = path
        waiting += _imports(path)
        if "." in name:
            waiting.append(name.rpartition(".")[0])
    return found


def _path(name):
    base = ROOT / name.replace(".", "/")
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.exists():
            return path
    return None


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # "from nn import blocks" may name a module or something inside nn/__init__.py.
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] in OURS)


@cache
def _meaning(path):
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [part for part in body if not _is_bare_string(part)] or [ast.Pass()]
    # The order of imports, which tools sort, means nothing.
    imports = [part for part in tree.body if isinstance(part, ast.Import | ast.ImportFrom)]
    rest = [part for part in tree.body if part not in imports]
    for part in imports:
        part.names.sort(key=lambda alias: alias.name)
    return "\n".join([*sorted(map(ast.unparse, imports)), *map(ast.unparse, rest)])


def _is_bare_string(node):
    return isinstance(node, ast.Expr) and isinstance(getattr(node.value, "value", None), str)

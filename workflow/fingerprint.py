"""What a piece of code means, as a short string that changes only when its results may.

In: names of our modules. Out: a digest of what these define, and of each definition of ours that this
uses in turn, in other modules too: a change elsewhere in those leaves it alone. Comments, docstrings,
layout and the words of errors do not count, nor do the names that a module lists in `WITHOUT_EFFECT`.
The rules put the digest among their parameters, so that Snakemake reruns a job when its code has
changed, and not when a file was merely touched.

Of a table, a dictionary of calls by name such as `ACTIVATIONS`, a caller may want some entries only: a
run is made with those that it names, and an entry more, or another way to work out one that it does not
use, is nothing to it.

A name is followed where it is written as one, `blocks.cut` or `from nn.blocks import cut`. What is
imported by a computed name is not seen, and a rule must name it.
"""

import ast
import copy
import hashlib
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path

ROOT = Path(__file__).parent.parent
OURS = ("nn", "report", "workflow")
WHOLE, IMPORTED = "*", ""  # in place of a definition's name: all of them; what an import does
WORDS = frozenset({"label", "formula"})  # arguments that say how something reads
NO_MEANING = {"ctx", "kind", "type_comment", "type_ignores"}


@dataclass(frozen=True)
class Module:
    """A module's statements, by what they are there for.

    Attributes
    ----------
    definitions : dict of str to list of ast.stmt
        Those that do nothing but give something this name.
    imports : dict of str to str
        Name → what it stands for, dotted.
    effects : list of ast.stmt
        All others, which act whenever the module is imported.
    program : list of ast.stmt
        What it does as a program only: ``if __name__ == "__main__"``.
    without_effect : frozenset of str
        Names that are used here, and that change no result.
    """

    definitions: dict[str, list[ast.stmt]]
    imports: dict[str, str]
    effects: list[ast.stmt]
    program: list[ast.stmt]
    without_effect: frozenset[str]


@cache
def fingerprint(*modules, numbers_only=False, entries=None):
    """Digest of some modules (dotted names) and of what they use of ours.

    Parameters
    ----------
    *modules : str
    numbers_only : bool
        Whether their results hold no words: then how a table's entries read (`WORDS`) leaves them
        as they are.
    entries : frozenset of str, optional
        The keys of the entries of tables that are used; without it, all are.
    """
    left_out = WORDS if numbers_only else frozenset()
    meaning, seen, waiting = set(), set(), [(name, WHOLE) for name in modules]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            said, used = _look_up(*place, left_out, entries if _is_table(*place) else None)
            meaning.update(said)
            waiting += used
    # Without the names of modules: code that moves to another one means the same.
    return hashlib.sha256("\n".join(sorted(meaning)).encode()).hexdigest()[:16]


@cache
def _look_up(name, definition, left_out, entries):
    """What a definition says, and the (module, definition) pairs that it uses.

    Arguments of the names `left_out` are neither said nor followed, nor are a table's other entries
    than these; None: all are.
    """
    module = _module(name)
    if definition == IMPORTED:
        statements = module.effects
        used = [
            (ours, IMPORTED)
            for target in [*module.imports.values(), name.rpartition(".")[0]]
            if (ours := _split(target)[0])
        ]
    elif definition == WHOLE:
        statements = module.program
        used = [(name, IMPORTED), *((name, own) for own in module.definitions)]
    else:
        statements, used = module.definitions[definition], [(name, IMPORTED)]
    if entries is not None:
        statements = [_only(entries, statement) for statement in statements]
    statements = [_without(left_out, statement) for statement in statements]
    said = [canonical(statement) for statement in statements]
    for dotted in (dotted for statement in statements for dotted in _names(statement)):
        head, *rest = dotted.split(".")
        if head in module.without_effect:
            continue
        if head in module.definitions:
            used.append((name, head))
        if head in module.imports:
            target = ".".join([module.imports[head], *rest])
            found = _find(target)
            if found:
                used.append(found)
            else:
                said.append(f"{head} is {module.imports[head]}")
    return said, used


def _without(names, statement):
    """A statement without the arguments of these names."""
    if not names:
        return statement
    statement = copy.deepcopy(statement)
    for node in ast.walk(statement):
        if isinstance(node, ast.Call):
            node.keywords = [keyword for keyword in node.keywords if keyword.arg not in names]
    return statement


def _is_table(name, definition):
    """Whether a definition is a dictionary of nothing but calls, each with a text as its key."""
    found = _module(name).definitions.get(definition, ())
    values = [getattr(statement, "value", None) for statement in found]
    return bool(values) and all(
        isinstance(value, ast.Dict)
        and all(isinstance(getattr(key, "value", None), str) for key in value.keys)
        and all(isinstance(entry, ast.Call) for entry in value.values)
        for value in values
    )


def _only(entries, table):
    """A statement that defines a table, with these entries of it only."""
    table = copy.deepcopy(table)
    pairs = zip(table.value.keys, table.value.values, strict=True)
    kept = [(key, entry) for key, entry in pairs if key.value in entries]
    table.value.keys, table.value.values = [key for key, _ in kept], [entry for _, entry in kept]
    return table


def _find(target):
    """The (module, definition) that a dotted name of ours stands for; None for all others."""
    name, rest = _split(target)
    if not name or not rest:
        return (name, WHOLE) if name else None
    module = _module(name)
    if rest[0] in module.imports:
        return _find(".".join([module.imports[rest[0]], *rest[1:]]))
    return name, rest[0] if rest[0] in module.definitions else WHOLE


def _split(target):
    """The longest beginning of a dotted name that is a module of ours, or "", and what follows."""
    parts = target.split(".")
    if parts[0] in OURS:
        for n in range(len(parts), 0, -1):
            if _path(name := ".".join(parts[:n])):
                return name, parts[n:]
    return "", parts


def _path(name):
    base = ROOT / name.replace(".", "/")
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.exists():
            return path
    return None


@cache
def _module(name):
    tree = _Meaning().visit(ast.parse(_path(name).read_text(), filename=_path(name)))
    definitions, effects, program = {}, [], []
    for statement in tree.body:
        names = _defined(statement)
        for defined in names:
            definitions.setdefault(defined, []).append(statement)
        if not names and not isinstance(statement, ast.Import | ast.ImportFrom):
            (program if _is_program(statement) else effects).append(statement)
    declared = definitions.pop("WITHOUT_EFFECT", [])
    without_effect = frozenset().union(*(ast.literal_eval(part.value) for part in declared))
    for own in without_effect & definitions.keys():
        del definitions[own]
    return Module(definitions, dict(_imports(tree)), effects, program, without_effect)


class _Meaning(ast.NodeTransformer):
    """Leaves out what changes no result: docstrings, `pass`, and what an error says."""

    def visit_Expr(self, node):
        is_text = isinstance(getattr(node.value, "value", None), str)
        return None if is_text else self.generic_visit(node)

    def visit_Pass(self, node):
        return None

    def visit_Raise(self, node):
        kind = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return ast.Raise(exc=kind)


def _defined(statement):
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = getattr(statement, "targets", None) or [statement.target]
        stored = [
            part
            for target in targets
            for part in (target.elts if isinstance(target, ast.Tuple | ast.List) else [target])
        ]
        if all(isinstance(part, ast.Name) for part in stored):
            return [part.id for part in stored]
    return []


def _is_program(statement):
    asked = ast.parse('__name__ == "__main__"', mode="eval").body
    return isinstance(statement, ast.If) and canonical(statement.test) == canonical(asked)


def _imports(tree):
    """(name, what it stands for) of every import, also of those inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                # "import a.b" gives the name a, which stands for itself.
                first = alias.name.split(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (first, first)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _names(node):
    """Every name inside, with the attributes that are asked of it: "x", "blocks.cut"."""
    parts, inner = [], node
    while isinstance(inner, ast.Attribute):
        parts.append(inner.attr)
        inner = inner.value
    if isinstance(inner, ast.Name):
        yield ".".join([inner.id, *reversed(parts)])
    else:
        for child in ast.iter_child_nodes(inner):
            yield from _names(child)


def canonical(node):
    """A syntax tree as text, the same from every Python that can parse its source.

    `ast.dump` and `ast.unparse` write fields that came and went: here one that is empty is left out,
    and text between the braces of an f-string is one piece, however the parser cut it.
    """
    if isinstance(node, ast.Constant):
        return ascii(node.value)
    if isinstance(node, ast.JoinedStr):
        node = ast.JoinedStr(values=_joined(node.values))
    if isinstance(node, list):
        return f"[{', '.join(map(canonical, node))}]"
    if not isinstance(node, ast.AST):
        return ascii(node)
    fields = (
        f"{name}={canonical(value)}"
        for name, value in sorted(ast.iter_fields(node), key=itemgetter(0))
        if name not in NO_MEANING and value is not None and value != []
    )
    return f"{type(node).__name__}({', '.join(fields)})"


def _joined(values):
    """The parts of an f-string, neighbouring texts as one and empty ones left out."""
    joined = []
    for value in values:
        if isinstance(value, ast.Constant) and joined and isinstance(joined[-1], ast.Constant):
            joined[-1] = ast.Constant(joined[-1].value + value.value)
        elif not isinstance(value, ast.Constant) or value.value:
            joined.append(value)
    return joined

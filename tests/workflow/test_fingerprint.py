"""Fingerprints change with what code means for results, and with nothing else."""

import ast
import shutil
import subprocess
import sys

import pytest

from tests.workflow.tree import ROOT, fingerprint
from workflow.fingerprint import canonical

HELPER = """\
import numpy as np

FACTOR = 2
UNUSED = 3

class Wrong(ValueError):
    pass

def scaled(x):
    if x is None:
        raise Wrong(f"found {x}, expected a number")
    return FACTOR * np.abs(x)

if __name__ == "__main__":
    print(UNUSED)
"""
PROGRAM = """\
import sys
from nn import helper
from nn.helper import UNUSED as shown

WITHOUT_EFFECT = {"Progress", "shown"}

class Progress:
    def __call__(self, x):
        print(x, shown, file=sys.stderr)

def main(x):
    Progress()(x)
    return helper.scaled(x)

if __name__ == "__main__":
    main(1)
"""


@pytest.fixture
def digest(tmp_path):
    """A function: texts of nn.program and nn.helper, in a tree of their own → program's digest."""
    (tmp_path / "nn").mkdir()
    (tmp_path / "nn" / "__init__.py").write_text("")

    def digest(program=PROGRAM, helper=HELPER, **options):
        (tmp_path / "nn" / "program.py").write_text(program)
        (tmp_path / "nn" / "helper.py").write_text(helper)
        return fingerprint(tmp_path, "nn.program", **options)

    return digest


def changed(text, old, new):
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("def main", "# a comment\ndef main"),
        ("import sys\n", '"""A docstring."""\nimport sys\n'),
        ("main(x):\n", 'main(x):\n    """Another."""\n'),
        ("helper.scaled(x)", "(helper\n        .scaled(x))"),
        ("import sys\nfrom nn import helper\n", "from nn import helper\nimport sys\n"),
        ("print(x, shown,", "print('progress', x,"),
    ],
)
def test_what_a_reader_sees_and_a_result_does_not_leaves_it_alone(digest, old, new):
    assert digest(program=changed(PROGRAM, old, new)) == digest()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("expected a number", "expected anything"),
        ("UNUSED = 3", "UNUSED = 4"),
        ("print(UNUSED)", "print('a program of its own')"),
        ("    pass", '    """Told in one line."""'),
        ("if __name__", "def another():\n    return UNUSED\n\nif __name__"),
    ],
)
def test_what_a_program_does_not_use_of_a_module_leaves_it_alone(digest, old, new):
    assert digest(helper=changed(HELPER, old, new)) == digest()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("helper.scaled(x)", "-helper.scaled(x)"),
        ("main(1)", "main(2)"),
        ("Progress()(x)", "x += 1"),
        ("import sys\n", "import sys\nsys.setrecursionlimit(10)\n"),
    ],
)
def test_a_change_of_meaning_changes_it(digest, old, new):
    assert digest(program=changed(PROGRAM, old, new)) != digest()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("FACTOR = 2", "FACTOR = 3"),
        ("* np", "+ np"),
        ("raise Wrong", "raise ValueError"),
        ("(ValueError)", "(KeyError)"),
        ("if x is None", "if not x"),
        ("import numpy as np", "import jax.numpy as np"),
        ("import numpy as np", "import numpy as np\nnp.seterr(all='raise')"),
    ],
)
def test_a_change_of_meaning_in_what_is_used_changes_it(digest, old, new):
    assert digest(helper=changed(HELPER, old, new)) != digest()


@pytest.mark.parametrize(
    "use",
    [
        "from nn.helper import scaled\n\nscaled(1)\n",
        "from nn.helper import scaled as s\n\ndef f():\n    return [s]\n",
        "import nn.helper\n\nnn.helper.scaled(1)\n",
        "import nn.helper as h\n\nclass A:\n    f = h.scaled\n",
        "def f():\n    from nn import helper\n    return helper.scaled(1)\n",
        "import nn.helper\n\ngetattr(nn.helper, 'scaled')(1)\n",
        "from nn import scaled\n\nscaled(1)\n",
    ],
)
def test_a_definition_is_found_however_it_is_named(digest, tmp_path, use):
    (tmp_path / "nn" / "__init__.py").write_text("from nn.helper import scaled\n")
    assert digest(use, helper=changed(HELPER, "FACTOR = 2", "FACTOR = 3")) != digest(use)


TABLE = """\
FACTOR = 2

def double(x):
    return FACTOR * x

def square(x):
    return x * x

TABLE = {"double": dict(function=double), "square": dict(function=square)}
"""
LOOKS_UP = "from nn.helper import TABLE\n\ndef f(name, x):\n    return TABLE[name].function(x)\n"


@pytest.mark.parametrize(
    ("old", "new", "used"),
    [
        ("x * x", "x ** 2", "square"),
        ("FACTOR = 2", "FACTOR = 3", "double"),
        ('"square": dict(', '"square": dict(root=1, ', "square"),
        ('"square": dict(', '"cube": dict(function=abs), "square": dict(', None),
        ("TABLE = {", 'TABLE = {"cube": dict(function=abs), ', None),
    ],
)
def test_an_entry_of_a_table_means_something_to_those_that_use_it(digest, old, new, used):
    for entry in ("double", "square"):
        chosen = {"entries": frozenset({entry})}
        before = digest(LOOKS_UP, TABLE, **chosen)
        changes = digest(LOOKS_UP, changed(TABLE, old, new), **chosen) != before
        assert changes == (entry == used)


def test_whoever_names_no_entries_uses_them_all(digest):
    before = digest(LOOKS_UP, TABLE)
    assert digest(LOOKS_UP, changed(TABLE, "x * x", "x ** 2")) != before


@pytest.mark.parametrize(
    "other", ['{"double": 2, "square": 4}', "{1: dict(function=double)}", "dict()"]
)
def test_what_is_no_table_of_calls_counts_whole(digest, other):
    no_table = f"{TABLE}\nTABLE = {other}\n"
    chosen = {"entries": frozenset({"double"})}
    before = digest(LOOKS_UP, no_table, **chosen)
    assert digest(LOOKS_UP, changed(no_table, "x * x", "x ** 2"), **chosen) != before


def test_code_that_moves_to_another_module_means_the_same(digest, tmp_path):
    program = changed(PROGRAM, "from nn import helper", "from nn.helper import scaled")
    program = changed(program, "helper.scaled(x)", "scaled(x)")
    before = digest(program)
    (tmp_path / "nn" / "elsewhere.py").write_text(HELPER)
    assert digest(changed(program, "nn.helper", "nn.elsewhere"), helper="") == before


F_STRING = "def f(x):\n    return f'before{x!r:>{x}}after' if x else u'c'\n"


class AnotherVersion(ast.NodeTransformer):
    """The same program as other versions of Python parse it."""

    def visit_FunctionDef(self, node):
        # Python 3.12 added type parameters; comments with types are kept if asked for.
        node.type_params = [] if not hasattr(node, "type_params") else None
        node._fields = (*ast.FunctionDef._fields, "type_params")
        node.type_comment = "(int) -> str"
        return self.generic_visit(node)

    def visit_JoinedStr(self, node):
        # Where an f-string's text is cut is the parser's business.
        values = []
        for part in node.values:
            text = isinstance(part, ast.Constant)
            values += map(ast.Constant, (part.value[:1], "", part.value[1:])) if text else [part]
        node.values = values
        return node


def test_how_a_version_of_python_writes_a_tree_means_nothing():
    other = AnotherVersion().visit(ast.parse(F_STRING))
    assert ast.dump(other) != ast.dump(ast.parse(F_STRING))
    assert canonical(other) == canonical(ast.parse(F_STRING))


def test_texts_and_numbers_that_look_alike_differ():
    sources = ("1", "True", "1.0", "'1'", "b'1'", "f'1'", "f'{1}'", "None", "...", "x", "'x'")
    texts = {canonical(ast.parse(source)) for source in sources}
    assert len(texts) == len(sources)


def other_pythons():
    """Other versions of Python on this machine."""
    found = {}
    for minor in range(11, 15):
        program = shutil.which(f"python3.{minor}")
        # A version manager may answer for a version that it does not provide.
        if program and subprocess.run([program, "-c", ""], capture_output=True).returncode == 0:
            found[minor] = program
    found.pop(sys.version_info.minor, None)
    return found.values()


def test_every_version_of_python_gives_the_same(digest):
    programs = other_pythons() or pytest.skip("only one version of Python is on this machine")
    asked = (
        "import ast, sys; from pathlib import Path\n"
        "from workflow.fingerprint import canonical, fingerprint\n"
        "print(fingerprint('workflow.scripts.train'), fingerprint('workflow.scripts.report'))\n"
        "print([canonical(ast.parse(p.read_text())) for p in sorted(Path('report').rglob('*.py'))])"
    )
    said = {
        subprocess.run(
            [program, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for program in (sys.executable, *programs)
    }
    assert len(said) == 1

"""What a user wrote → keys and values, or one line.

In: a YAML file, or the words after --config. Out: plain Python values; nothing that is read is ever run. Used by the
Snakefile, and by Snakemake itself (workflow/session/opening.py); settings.py says what the values mean.
"""

import re
from pathlib import Path

import yaml

from workflow.configuration.schema import ConfigurationError

READ_LATER = ("int", "float", "timestamp")


class _Refused(yaml.MarkedYAMLError):
    """What YAML allows and we do not."""


class _KeysOnce(yaml.SafeLoader):
    """YAML's safe loader, without what it takes and nobody means.

    That is a key for the second time, and an alias inside of what an alias may stand for: a few lines of those hold
    themselves, or unfold into more than there is memory.
    """

    # Without YAML 1.1's 010 for eight, 1:30 for ninety, and dates: numbers.py reads what is meant for a number.
    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, regexp) for tag, regexp in found if tag.rpartition(":")[2] not in READ_LATER]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def __init__(self, text):
        super().__init__(text)
        self._anchored = 0

    def compose_node(self, parent, index):
        event = self.peek_event()
        alias = isinstance(event, yaml.AliasEvent)
        if alias and self._anchored:
            raise _Refused(
                problem="an alias inside of what an alias may stand for, expected it written out",
                problem_mark=event.start_mark,
            )
        anchors = event.anchor is not None and not alias
        self._anchored += anchors
        node = super().compose_node(parent, index)
        self._anchored -= anchors
        return node

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, _ in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            # What is merged in, "<<", may be named again: that is its purpose.
            if key is not None and key in seen and key != "<<":
                raise _Refused(
                    problem=f"the key {key!r} a second time, expected it once; remove one",
                    problem_mark=key_node.start_mark,
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


_KeysOnce.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"[-+]?(0|[1-9][0-9]*)$"), list("-+0123456789")
)
_KeysOnce.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$|[-+]?\.inf$|\.nan$"),
    list("-+.0123456789"),
)


def read(path):
    """The content of a configuration file.

    Raises
    ------
    ConfigurationError
        Naming the line that is not YAML.
    """
    try:
        content = parsed(Path(path).read_text(encoding="utf-8"), path)
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: found no text in UTF-8, expected YAML") from None
    except OSError as error:
        raise ConfigurationError(
            f"{path}: found no file to read ({error.strerror}), expected one"
        ) from None
    if not isinstance(content, dict):
        raise ConfigurationError(f"{path}: found no keys, expected those of config/README.md")
    return content


def settings(entries):
    """Key → value of the words after --config, each of the form key=value.

    Raises
    ------
    ConfigurationError
        Naming the word that is none of them.
    """
    config = {}
    for entry in entries:
        key, equals, value = entry.partition("=")
        if not equals:
            raise ConfigurationError(
                f"--config: found {entry!r}, expected key=value; a target goes before --config, or after --"
            )
        if key in config:
            raise ConfigurationError(
                f"--config: found the key {key!r} a second time, expected it once; remove one"
            )
        config[key] = parsed(value, f"--config {key}")
    return config


def parsed(text, where):
    """The content of a text that may be anybody's.

    Raises
    ------
    ConfigurationError
        Naming where it stands and the line that is not YAML.
    """
    try:
        return yaml.load(text, _KeysOnce)
    except _Refused as error:
        line = error.problem_mark.line + 1
        raise ConfigurationError(f"{where}, line {line}: found {error.problem}") from None
    except RecursionError:
        raise ConfigurationError(
            f"{where}: found brackets hundreds deep, expected keys and values as in config/README.md"
        ) from None
    # PyYAML has exceptions of its own, and those of Python for a tag that does not fit.
    except Exception as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or error
        raise ConfigurationError(
            f"{where}{line}: found no YAML ({problem}), expected keys and values as in config/README.md; "
            "mend the line"
        ) from None

"""Where a configuration is found, and what is said of a file that cannot be read or parsed."""

from __future__ import annotations

import os
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.config import discover, files
from lint_migration_plan.config.discover import ConfigFinder, find_config
from lint_migration_plan.config.faults import ConfigError, ConfigFault, Keys
from lint_migration_plan.config.read import read_config
from lint_migration_plan.config.settings import Config
from lint_migration_plan.config.toml_lines import key_lines

YAML = ".lint-migration-plan.yaml"
YML = ".lint-migration-plan.yml"
OURS = "[tool.lint-migration-plan]\nfail-on = 'info'\n"
NOT_OURS = "[project]\nname = 'lint-migration-plan'\n"


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


FOUND: list[tuple[dict[str, str], str, str | None]] = [
    ({YAML: "", "a/b/x.md": ""}, "a/b", YAML),
    ({YML: "", "a/b/x.md": ""}, "a/b", YML),
    ({"pyproject.toml": OURS, "a/x.md": ""}, "a", "pyproject.toml"),
    ({YAML: "", f"a/{YAML}": "", "a/b/x.md": ""}, "a/b", f"a/{YAML}"),
    ({YAML: "", "a/pyproject.toml": OURS}, "a", "a/pyproject.toml"),
    ({YAML: "", "a/pyproject.toml": NOT_OURS}, "a", YAML),
    ({YAML: "", "pyproject.toml": NOT_OURS}, "", YAML),
    ({YAML: "", "a/pyproject.toml": "tool = 1 # lint-migration-plan"}, "a", YAML),
    ({YAML: "", "a/pyproject.toml": "is not [ TOML"}, "a", YAML),
    ({YAML: "", f"a/{YAML}/x": "", "a/pyproject.toml/x": ""}, "a", YAML),
    ({"a/x.md": ""}, "a/not/there/yet", None),
]


@pytest.mark.parametrize(("there", "folder", "expected"), FOUND)
def test_the_nearest_configuration_on_the_way_up_is_found(
    tmp_path: Path, there: dict[str, str], folder: str, expected: str | None
) -> None:
    write(tmp_path, there)
    assert find_config(f"{tmp_path}/{folder}") == (expected and f"{tmp_path}/{expected}")
    finder = ConfigFinder()
    for _ in range(2):
        config = finder.config_for(f"{tmp_path}/{folder}/x.md")
        assert config.file == (expected and f"{tmp_path}/{expected}")
        assert finder.config_for(f"{tmp_path}/{folder}/") is config


TWO = [
    ({YAML: "", YML: ""}, YAML, f"'{YML}'"),
    ({YML: "", "pyproject.toml": OURS}, YML, "'pyproject.toml'"),
    ({YAML: "", YML: "", "pyproject.toml": OURS}, YAML, f"'{YML}' and 'pyproject.toml'"),
]


@pytest.mark.parametrize(("there", "first", "others"), TWO)
def test_two_configurations_in_one_folder_are_named(
    tmp_path: Path, there: dict[str, str], first: str, others: str
) -> None:
    write(tmp_path, there)
    finder = ConfigFinder()
    for path in ("x.md", "a/y.md", "a/x.md"):
        with pytest.raises(ConfigError) as caught:
            finder.config_for(f"{tmp_path}/{path}")
        assert str(caught.value) == f"{tmp_path}/{first}: {others} beside it is a configuration too; keep one"


def test_each_file_and_folder_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {YAML: "fail-on: info", "a/b/x.md": ""})
    asked: list[str] = []

    def read_bytes(path: str, most: int) -> bytes:
        asked.append(path)
        return Path(path).read_bytes()[:most]

    monkeypatch.setattr(files, "read_bytes", read_bytes)
    looked: list[str] = []

    def is_file(path: str) -> bool:
        looked.append(path)
        return Path(path).is_file()

    monkeypatch.setattr(discover, "is_file", is_file)
    finder = ConfigFinder()
    configs = [
        finder.config_for(f"{tmp_path}/{path}") for path in ("a/b/x.md", "a/b/y.md", "a/z.md", "z.md", "c/d/z.md")
    ]
    assert all(config is configs[0] for config in configs)
    assert asked == [f"{tmp_path}/{YAML}"]
    assert sorted(set(looked)) == sorted(looked)


def test_a_wrong_configuration_is_told_for_each_file(tmp_path: Path) -> None:
    write(tmp_path, {YAML: "fail-on: 3"})
    finder = ConfigFinder()
    for _ in range(2):
        with pytest.raises(ConfigError, match="fail-on 3 is not"):
            finder.config_for(f"{tmp_path}/x.md")


def test_one_file_for_all_or_none_for_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {YAML: "fail-on: info", "other/own.yml": "fail-on: never", "other/own.toml": OURS})
    monkeypatch.chdir(tmp_path)
    assert ConfigFinder("other/own.yml").config_for("x.md").fail_on == "never"
    assert ConfigFinder("other/own.yml").config_for("x.md").root == f"{tmp_path}/other"
    assert ConfigFinder("other/own.toml").config_for("x.md").fail_on == "info"
    assert ConfigFinder(isolated=True).config_for("x.md") == Config()
    assert ConfigFinder().config_for("x.md").fail_on == "info"
    assert ConfigFinder().config_for("x.md").file == YAML


def test_a_folder_that_is_gone_has_no_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert ConfigFinder().config_for("x.md") == Config()
    assert not Config(exclude=("y.md",)).excludes("x.md")


def test_odd_paths_find_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for path in ("\0", "\udcff/x.md", "/" + "a/" * 3000, "a" * 10000, "/", ""):
        assert isinstance(ConfigFinder(isolated=not path).config_for(path), Config)


def test_a_pyproject_that_names_us_and_cannot_be_parsed_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.lint-migration-plan]\nx = \n"})
    with pytest.raises(ConfigError, match=r"pyproject\.toml:2: not TOML"):
        find_config(str(tmp_path))


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {YAML: ""})

    def refuse(path: str, most: int) -> bytes:
        raise PermissionError(13, f"Permission denied to read {most}", path)

    monkeypatch.setattr(files, "read_bytes", refuse)
    with pytest.raises(ConfigError) as caught:
        ConfigFinder().config_for(f"{tmp_path}/x.md")
    assert str(caught.value).startswith(f"{tmp_path}/{YAML}: cannot be read: permission denied")


def told(path: Path) -> tuple[ConfigFault, ...]:
    """Read a configuration, and give what is wrong with it."""
    try:
        read_config(str(path))
    except ConfigError as error:
        return error.errors
    return ()


BROKEN: list[tuple[str, bytes, str]] = [
    ("c.json", b"{}", ": a configuration is a .toml, .yaml or .yml file"),
    ("c", b"", ": a configuration is a .toml, .yaml or .yml file"),
    ("c.toml", b"", ": there is no [tool.lint-migration-plan] in this file"),
    ("c.toml", b"[tool]\nlint-migration-plan = 3", ":2: a configuration is a table of keys, such as fail-on: error"),
    ("c.toml", b"[tool.lint-migration-plan]\nx = 1\nx = 2", ":3: not TOML: cannot overwrite a value"),
    ("c.toml", b"[tool.lint-migration-plan]\nx = 'a", ":2: not TOML: "),
    ("c.toml", b"a = 2026-02-30\n", ":1: not TOML: unreadable date or datetime"),
    ("c.toml", b"a = " + b"9" * 5000, ": not TOML: "),
    ("c.toml", b"a = " + b"[" * 5000, ":1: nested deeper than 100 levels"),
    ("c.toml", b"\n" + b"a." * 100000 + b"a = 1", ":2: a key has more than 20 parts"),
    ("c.toml", b"a = 1\n\xff = 2", ":2: not UTF-8: byte 0xff"),
    ("c.yaml", b"\xef\xbb\xbfa: 1\nb: \xe9", ":2: not UTF-8: byte 0xe9"),
    ("c.yaml", "fail-on: info".encode("utf-16"), ":1: not UTF-8: byte 0xff"),
    ("c.yaml", b"# " + b"x" * (1 << 20), ": larger than 1 MiB, the most that is read of a configuration"),
    ("c.yaml", b"ignore: [", ":1: not YAML: "),
    ("c.yaml", b"a: 1\n\tb: 2", ":2: not YAML: a tab stands where only spaces may"),
    ("c.yaml", b"a: b: c", ":1: not YAML: a second ': ' in one value; put the value in quotes"),
    ("c.yaml", b"\n\na: \x00", ":3: not YAML: the character U+0000 has no place in it"),
    ("c.yaml", b"a: \xc2\x9b", ":1: not YAML: the character U+009B has no place in it"),
    ("c.yaml", b"a: 1\n---\nb: 1", ":2: a second YAML document starts; only one is read"),
    ("c.yaml", b"[" * 10000, ":1: nested deeper than 64 levels"),
    ("c.yaml", b"- " * 10000, ":1: nested deeper than 64 levels"),
    ("c.yaml", b"a:\n- &x [*x]", ":2: alias '*x' stands inside of what it repeats"),
    ("c.yaml", b"a: *x", ":1: not YAML: alias '*x' has no anchor"),
    ("c.yaml", b"- a\n" * 200000, ":100000: holds more than 100000 values"),
    ("c.yaml", b"%YAML 3.0\n---\na: b", ":1: not YAML: "),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN)
def test_a_file_that_is_no_configuration_is_told(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    start = time.perf_counter()
    with pytest.raises(ConfigError) as caught:
        read_config(str(path))
    assert time.perf_counter() - start < 5
    (error,) = caught.value.errors
    assert str(error).startswith(f"{path}{message}")


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.toml").mkdir()
    for name, message in (
        ("pipe.yaml", "not a regular file"),
        ("folder.toml", "not a regular file"),
        ("missing.yaml", "cannot be read: no such file or directory"),
        ("a\0b.yaml", "cannot be read: embedded null byte"),
    ):
        with pytest.raises(ConfigError) as caught:
            read_config(f"{tmp_path}/{name}")
        assert str(caught.value) == f"{tmp_path}/{name}: {message}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.yaml", b""),
        ("c.yaml", b"# nothing\n"),
        ("c.yaml", b"~"),
        ("c.yaml", b"---\n{}\n...\n"),
        ("c.yml", b"\xef\xbb\xbf\r\n"),
        ("c.toml", b"\xef\xbb\xbf[tool.lint-migration-plan]\r\n"),
        ("c.toml", b"tool.lint-migration-plan = {}"),
    ],
)
def test_an_empty_configuration_changes_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    config = read_config(str(tmp_path / name))
    assert (config.enabled_rules(), config.origins) == (Config().enabled_rules(), {})


def test_yaml_may_repeat_itself(tmp_path: Path) -> None:
    text = """\
vocabulary: &words {hours-per-day: 6, stage-words: &phase [Phase]}
overrides:
- files: *phase
  vocabulary:
    <<: *words
    hours-per-day: 7
- files: [b]
  <<: [{ignore: [gaps]}, {ignore: [order], select: [nothing]}]
"""
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"c\.yaml:8: unknown rule 'nothing'"):
        read_config(f"{tmp_path}/c.yaml")
    (tmp_path / "c.yaml").write_text(text.replace("nothing", "stages"), encoding="utf-8")
    config = read_config(f"{tmp_path}/c.yaml")
    vocabulary = config.for_file(f"{tmp_path}/Phase").vocabulary
    assert (vocabulary.hours_per_day, vocabulary.stage_words) == (7.0, ("Phase",))
    second = config.for_file(f"{tmp_path}/b")
    assert (second.select, second.ignore) == (("stages",), ("gaps",))


def bomb(levels: int) -> str:
    """Write lists of lists that aliases make nine times longer at each level."""
    lines = ["a0: &a0 [x]"]
    lines += [f"a{level + 1}: &a{level + 1} [{', '.join([f'*a{level}'] * 9)}]" for level in range(levels)]
    return "\n".join(lines)


def merge_bomb(levels: int) -> str:
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{level + 1}: &a{level + 1}\n  <<: [*a{level}, *a{level}]" for level in range(levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.yaml", "".join(f"key{number}: 1\n" for number in range(10000))),
        ("c.yaml", f"ignore: [{'gap-ordr, ' * 10000}]"),
        ("c.yaml", "x: 1\n" * 10000),
        ("c.toml", OURS + "".join(f"key{number} = 1\n" for number in range(10000))),
        ("c.toml", OURS + "".join(f"[{'a.' * 19}a{number}]\n" for number in range(5000))),
        ("c.toml", OURS + f"ignore = [{'[' * 90}{']' * 90}, {'1.0, ' * 30000}]"),
    ],
)
def test_what_is_wrong_all_over_is_told_in_time(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    start = time.perf_counter()
    assert len(told(tmp_path / name)) <= 100
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("c_loader", [True, False])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (bomb(30), "holds more than 100000 values"),
        (merge_bomb(30), "holds more than 100000 values"),
        ("[" * 3000, "nested deeper than 64 levels"),
        (
            "\n".join(["a0: &a0 [x]", *(f"a{n + 1}: &a{n + 1} [*a{n}]" for n in range(99))]),
            "nested deeper than 64 levels",
        ),
    ],
)
def test_a_bomb_is_told_in_time_with_either_loader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str, *, c_loader: bool
) -> None:
    if not c_loader:
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    start = time.perf_counter()
    with pytest.raises(ConfigError, match=message):
        read_config(f"{tmp_path}/c.yaml")
    assert time.perf_counter() - start < 5


@given(text=st.text(alphabet="ab:-[]{},&*!?|>'\"#%@\\ \n\r\t.1~<=\x85\u2028\ud800\x00", max_size=60))
def test_any_yaml_is_read_or_told(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    for fault in told(path):
        assert fault.message
        assert 1 <= (fault.line or 1) <= text.count("\n") + text.count("\r") + 1


@given(text=st.text(alphabet="ab.=[]{},'\"#\\ \n\r\t1-_:", max_size=60))
def test_any_toml_is_read_or_told(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(b"[tool.lint-migration-plan]\n" + text.encode())
    for fault in told(path):
        assert fault.message
        assert 1 <= (fault.line or 1) <= text.count("\n") + 2


LINES: list[tuple[str, dict[Keys, int]]] = [
    ("", {}),
    ("a = 1 # b = 2\n\n'b.c' = 2", {("a",): 1, ("b.c",): 3}),
    ("[a]\nb.c = 1\nb.d = 2\n", {("a",): 1, ("a", "b"): 2, ("a", "b", "c"): 2, ("a", "b", "d"): 3}),
    ("[ a . 'b' ]\n", {("a",): 1, ("a", "b"): 1}),
    ('"\\u0061" = """\n"x = 1""\\"""\n""" \nb = 1', {("a",): 1, ("b",): 4}),
    ('a = """x"""""\nb = \'\'\'\ny\'\'\'\'\nc = 1', {("a",): 1, ("b",): 2, ("c",): 4}),
    (
        "a = [1, # ]\n 2.5, 07:32:00,\n2026-01-01 07:32:00]",
        {("a",): 1, ("a", 0): 1, ("a", 1): 2, ("a", 2): 2, ("a", 3): 3},
    ),
    ('a = ["""x"""", "y",\n2]', {("a",): 1, ("a", 0): 1, ("a", 1): 1, ("a", 2): 2}),
    ("a = [\n[1],\n\n[]]\n", {("a",): 1, ("a", 0): 2, ("a", 0, 0): 2, ("a", 1): 4}),
    ("a = { b = 1, c.d = ']' }\n", {("a",): 1, ("a", "b"): 1, ("a", "c"): 1, ("a", "c", "d"): 1}),
    (
        "[[a]]\nb = 1\n[a.c]\n[[a]]\n[[a.d]]\n[[a.d]]\ne = 1",
        {
            ("a",): 1, ("a", 0): 1, ("a", 0, "b"): 2, ("a", 0, "c"): 3, ("a", 1): 4, ("a", 1, "d"): 5,
            ("a", 1, "d", 0): 5, ("a", 1, "d", 1): 6, ("a", 1, "d", 1, "e"): 7,
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), LINES)
def test_lines_of_toml(text: str, lines: dict[Keys, int]) -> None:
    assert key_lines(text) == lines
    assert set(lines) == set(ways(tomllib.loads(text)))


def ways(value: Any, keys: Keys = ()) -> list[Keys]:  # noqa: ANN401 - whatever TOML holds
    """List the ways to all keys and list items of a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way for key, held in inner for way in [(*keys, key), *ways(held, (*keys, key))]]


@given(text=st.text(alphabet="ab.=[]{},'\"#\\ \n1", max_size=40))
def test_every_key_of_any_toml_has_its_line(text: str) -> None:
    try:
        table = tomllib.loads(text)
    except ValueError:
        return
    assert set(key_lines(text)) == set(ways(table))


STATEMENTS = st.lists(
    st.sampled_from(
        [
            "[a]", "[a.b]", "[[c]]", "[c.d]", "[[c.e]]", "['x y'.z]", "x = 1", "y.z = 'a # b'", '"k" = "\\""',
            "l = [1, 2.0,\n  'x', # , ]\n]", "m = [{p = 1}, {q.r = [[], [1]]}]", 't = """\n[no]\nx = 1\n"""',
            "s = '''\n'' ]\n'''", "i = {}", "d = 1979-05-27 07:32:00Z", "# [a]\n", "", "n = [\n[\n],\n]", "f = -1.5e+3",
        ]
    ),
    max_size=8,
)  # fmt: skip


@given(statements=STATEMENTS)
def test_every_key_stands_on_its_line(statements: list[str]) -> None:
    text = "\n".join(statements)
    try:
        table = tomllib.loads(text)
    except ValueError:
        return
    lines = key_lines(text)
    assert set(lines) == set(ways(table))
    rows = text.split("\n")
    for keys, line in lines.items():
        if isinstance(keys[-1], str):
            assert keys[-1] in rows[line - 1]

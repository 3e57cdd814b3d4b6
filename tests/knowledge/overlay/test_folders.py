"""What a company's folder may hold: notes and links, and files that are refused instead of waited for."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue
from knowledge.content_files import MAX_BYTES
from knowledge.faults import ContentError
from knowledge.language.messages import Language
from knowledge.overlay import read_overlay
from knowledge.taxonomy import ClosingId, OutcomeId
from tests.knowledge.overlay.own_content import BUILT_IN, Write, faults


def test_notes_hidden_files_and_back_ups_do_not_matter(folder: Path, write: Write) -> None:
    for name in ("README.md", "de/README.md", "de/.closing.yaml.swp", "de/closing.yaml~", ".git/config.yaml", "x.txt"):
        write(name, "anything: [")
    assert Catalogue.load(overlay=folder).by_language == BUILT_IN.by_language


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"nowhere: is no folder that can be read \(No such file or directory\)"):
        Catalogue.load(overlay=tmp_path / "nowhere")


def test_a_folder_without_a_language_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"expected a folder for each language in it, named de or en"):
        Catalogue.load(overlay=tmp_path)


def test_a_byte_order_mark_does_no_harm(folder: Path) -> None:
    (folder / "de" / "choices.yaml").write_text("outcomes: {won: {label: Bestellt}}", encoding="utf-8-sig")
    assert Catalogue.load(overlay=folder)[Language.DE].outcomes[OutcomeId.WON].label == "Bestellt"


@pytest.mark.parametrize("name", ["de/closing.yaml", "de/lessons", "de/utterances/objections"])
def test_a_link_that_leads_out_of_the_folder_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.yaml").write_text("weigh_up: {label: Ja}")
    link = folder / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside / "a.yaml" if link.suffix else outside)
    (fault,) = faults(folder)
    assert fault.startswith(f"{name}: is a link that leads out of ")


def test_a_link_inside_the_folder_is_followed(folder: Path, write: Write) -> None:
    write(".store/closing.yaml", "weigh_up: {label: Die ehrliche Rechnung}\n")
    (folder / "de" / "closing.yaml").symlink_to(folder / ".store" / "closing.yaml")
    assert Catalogue.load(overlay=folder)[Language.DE].closing[ClosingId.WEIGH_UP].label == "Die ehrliche Rechnung"


def test_a_link_to_nothing_or_to_itself_is_named(folder: Path) -> None:
    (folder / "de" / "closing.yaml").symlink_to(folder / "gone.yaml")
    (folder / "de" / "signals.yaml").symlink_to(folder / "de" / "signals.yaml")
    assert faults(folder) == (
        "de/closing.yaml: is a link that leads nowhere",
        "de/signals.yaml: is a link that leads nowhere",
    )


def test_a_folder_that_is_a_link_to_itself_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.symlink_to(own)
    assert faults(own) == (f"{own}: is no folder that can be read (a link that leads to itself)",)


def test_what_is_no_file_is_refused_instead_of_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "de" / "closing.yaml")
    assert faults(folder) == ("de/closing.yaml: is neither a file nor a folder",)


def test_a_file_that_is_too_large_is_refused(folder: Path, write: Write) -> None:
    write("de/closing.yaml", "#" * (MAX_BYTES + 1))
    assert faults(folder) == ("de/closing.yaml: is larger than 1 MB; spread it over several files",)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\n", "line 2: *a stands for other text; write that text out"),
        ("a: &a {x: y}\nb: {<<: *a}\n", "line 2: *a stands for other text; write that text out"),
        ("- " * 300_000, "line 1: is nested more than 12 levels deep"),
        ("[" * 20_000, "line 1: is nested more than 12 levels deep"),
        ("smiles: !!python/name:os.system x", "line 1: the tag tag:yaml.org,2002:python/name:os.system is"),
        ("smiles: {}\n---\nsmiles: {}\n", "line 2: a second document (---) begins; expected one"),
        ("smiles: {}\nsmiles: {}\n", "line 2: 'smiles' stands twice; keep one"),
        ("[a]: b\n", "line 1: expected a name before the colon"),
        ("smiles: [", "line 2: is no valid YAML: "),
        ("smiles:\n\tsay: Hm", "line 2: is no valid YAML: "),
        ("smiles: \x07", "is no valid YAML: "),
    ],
    ids=["links", "merges", "deep", "deep-flow", "tag", "documents", "twice", "key", "open", "tab", "bell"],
)  # fmt: skip
def test_riddles_are_no_content(folder: Path, write: Write, text: str, fault: str) -> None:
    write("de/signals.yaml", text)
    assert any(fault in said for said in faults(folder))


def test_words_stay_words(folder: Path, write: Write) -> None:
    """YAML 1.1 would make of these a truth value, a number of minutes and a day."""
    write(
        "de/choices.yaml", "outcomes:\n  won: {label: No}\n  lost: {label: 12:30}\n  cancelled: {label: 2027-03-31}\n"
    )
    outcomes = Catalogue.load(overlay=folder)[Language.DE].outcomes
    labels = [outcomes[id_].label for id_ in (OutcomeId.WON, OutcomeId.LOST, OutcomeId.CANCELLED)]
    assert labels == ["No", "12:30", "2027-03-31"]


@given(st.binary(max_size=200))
def test_whatever_stands_in_a_file_is_content_or_a_fault(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("own")
    (folder / "de").mkdir()
    (folder / "de" / "signals.yaml").write_bytes(data)
    found: list[str] = []
    content = read_overlay(folder, found)
    assert content[Language.DE]["signals"] == {} or not found
    assert all("signals.yaml" in fault for fault in found)

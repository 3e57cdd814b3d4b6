"""The examples: enough of each, none of them ambiguous, and every fault of a file named."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from knowledge.faults import ContentError
from knowledge.language.languages import Language
from knowledge.recognition.text import folded
from knowledge.recognition.utterances import MAX_LENGTH, Utterance, fingerprint, read_utterances
from knowledge.taxonomy import ObjectionId, SignalId

PRICE = "de/utterances/objections/price_too_high.txt"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """A file of examples."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


@pytest.mark.parametrize("language", Language)
def test_there_are_enough_examples_of_everything(examples: tuple[Utterance, ...], language: Language) -> None:
    count = Counter(example.label for example in examples if example.language is language)
    assert [label for label in ObjectionId if count[label] < 30] == []
    assert [label for label in SignalId if count[label] < 15] == []
    assert count[None] >= 300


@pytest.mark.parametrize("language", Language)
def test_no_text_teaches_two_things(examples: tuple[Utterance, ...], language: Language) -> None:
    labels = defaultdict(set)
    for example in examples:
        if example.language is language:
            labels[folded(example.text)].add(example.label)
    assert {text: taught for text, taught in labels.items() if len(taught) > 1} == {}


def test_comments_empty_lines_and_repetitions_are_no_examples(tmp_path: Path) -> None:
    write(tmp_path, PRICE, "# from the trade fair\n\nZu teuer\r\n  zu   TEUER  \nViel zu teuer\n")
    write(tmp_path, "en/utterances/none/fair.txt", "\ufeffZu teuer\n")
    assert [(u.text, u.label, u.language) for u in read_utterances(tmp_path)] == [
        ("zu TEUER", ObjectionId.PRICE_TOO_HIGH, Language.DE),
        ("Viel zu teuer", ObjectionId.PRICE_TOO_HIGH, Language.DE),
        ("Zu teuer", None, Language.EN),
    ]


def test_a_company_adds_examples_to_a_label(tmp_path: Path) -> None:
    write(tmp_path / "ours", PRICE, "Zu teuer\n")
    write(tmp_path / "theirs", PRICE, "Das gibt der Rahmenvertrag nicht her\n")
    texts = [u.text for u in read_utterances(tmp_path / "ours", tmp_path / "theirs")]
    assert texts == ["Zu teuer", "Das gibt der Rahmenvertrag nicht her"]


def test_a_folder_without_examples_is_fine(tmp_path: Path) -> None:
    assert read_utterances(tmp_path) == ()


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("de/utterances/signals/winks.txt", "zwinkert", r"winks\.txt: the name is no id; expected one of nods_agree"),
        ("de/utterances/objections/asks_price.txt", "was kostet das", "the name is no id; expected one of price_too"),
        (PRICE, b"zu teuer f\xfcr uns", "is no UTF-8 text"),
        (PRICE, "kurz\n" + "x" * (MAX_LENGTH + 1), f"line 2: {MAX_LENGTH + 1} characters, expected at most"),
        (PRICE, "zu teuer\n" * 200_000, "is larger than 1 MB"),
    ],
    ids=["no-signal", "a-signal-among-objections", "latin-1", "too-long", "too-large"],
)
def test_a_faulty_file_is_named(tmp_path: Path, name: str, content: str | bytes, complaint: str) -> None:
    file = write(tmp_path, name, content)
    with pytest.raises(ContentError, match=complaint) as refused:
        read_utterances(tmp_path)
    assert str(refused.value).startswith(str(file))


def test_a_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / PRICE).mkdir(parents=True)
    for reading in (read_utterances, fingerprint):
        with pytest.raises(ContentError, match=r"price_too_high\.txt: can't be read \(Is a directory\)"):
            reading(tmp_path)


def test_the_fingerprint_is_of_what_is_taught_and_not_of_where_it_lies(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        write(tmp_path / folder, PRICE, "Zu teuer\n")
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "other")
    write(tmp_path / "other", PRICE, "Zu teuer\nViel zu teuer\n")
    assert fingerprint(tmp_path / "one") != fingerprint(tmp_path / "other")


def test_the_same_text_under_another_label_has_another_fingerprint(tmp_path: Path) -> None:
    write(tmp_path / "one", PRICE, "Zu teuer\n")
    write(tmp_path / "other", "de/utterances/none/price_too_high.txt", "Zu teuer\n")
    assert fingerprint(tmp_path / "one") != fingerprint(tmp_path / "other")

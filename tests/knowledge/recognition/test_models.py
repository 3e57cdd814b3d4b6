"""Models on disk: made once, found again, and never trusted half written."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.language.languages import Language
from knowledge.recognition import models as of_the_bot
from knowledge.recognition.models import BUILT_IN, Models, models_for
from knowledge.recognition.recogniser import TrainedRecogniser
from knowledge.recognition.utterances import Utterance
from knowledge.taxonomy import ObjectionId, SignalId


def lay(folder: Path, examples: tuple[Utterance, ...]) -> Path:
    """Writes examples the way content holds them."""
    for example in examples:
        kind = "none" if example.label is None else "objections" if example.label in set(ObjectionId) else "signals"
        file = folder / example.language / "utterances" / kind / f"{example.label or 'general'}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as lines:
            lines.write(f"{example.text}\n")
    return folder


@pytest.fixture(scope="session")
def content(few: tuple[Utterance, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Few examples as files, of few labels."""
    known = {ObjectionId.PRICE_TOO_HIGH, ObjectionId.NO_BUDGET, ObjectionId.THINK_IT_OVER, SignalId.ASKS_PRICE, None}
    return lay(tmp_path_factory.mktemp("content"), tuple(example for example in few if example.label in known))


@pytest.fixture
def models(content: Path, tmp_path: Path) -> Models:
    """Of words alone, which are quick to learn; nothing is made yet."""
    return Models((content,), (tmp_path / "models",), (), engine=None)


def kept(models: Models) -> list[Path]:
    """The files in the homes."""
    return [file for home in models.homes for file in home.glob("*") if home.is_dir()]


def test_nothing_is_found_before_it_is_made(models: Models) -> None:
    assert models.exact() is None
    assert models.newest() is None


def test_what_was_made_is_found_again_and_says_the_same(models: Models) -> None:
    made = models.make()
    found = models.exact()
    assert found is not None
    for text in ("das ist uns zu teuer", "was kostet das", "we need to think about it", "ok"):
        one, other = made.recognise(text), found.recognise(text)
        assert [match.id for match in one.matches] == [match.id for match in other.matches]
        assert [match.score for match in one.matches] == pytest.approx(
            [match.score for match in other.matches], abs=0.01
        )


def test_other_examples_need_another_model_and_the_former_answers_until_then(
    models: Models, content: Path, tmp_path: Path
) -> None:
    models.make()
    said = "der Kranichdeckel ist erreicht"
    overlay = lay(tmp_path / "own", (Utterance(said, ObjectionId.NO_BUDGET, Language.DE),))
    own = Models((content, overlay), (tmp_path / "of-the-company",), models.homes, engine=None)
    assert own.exact() is None
    former = own.newest()
    assert former is not None
    assert former.recognise("das ist uns zu teuer").matches[0].id is ObjectionId.PRICE_TOO_HIGH
    own.make()
    exact = own.exact()
    assert exact is not None
    assert exact.recognise(said).matches[0].id is ObjectionId.NO_BUDGET
    assert len(kept(own)) == 1
    assert len(kept(models)) == 1, "what a company teaches lies in its own folder"


def test_the_newest_of_the_others_answers(models: Models, content: Path, tmp_path: Path) -> None:
    for number, word in enumerate(("Storchendeckel", "Kranichdeckel")):
        texts = (f"{word} erreicht", f"unser {word} ist erreicht", f"mehr gibt der {word} nicht her")
        own = tuple(Utterance(text, ObjectionId.NO_BUDGET, Language.DE) for text in texts)
        overlay = lay(tmp_path / word, own)
        replace(models, examples=(content, overlay)).make()
        newest = max(kept(models), key=lambda file: file.stat().st_mtime_ns)
        os.utime(newest, (1_800_000_000 + number, 1_800_000_000 + number))
    newest_one = models.newest()
    assert newest_one is not None
    assert newest_one.recognise("unser Kranichdeckel ist erreicht", Language.DE).matches[0].id is ObjectionId.NO_BUDGET


@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_a_half_written_file_is_none(models: Models, share: float) -> None:
    models.make()
    (file,) = kept(models)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    assert models.exact() is None
    assert models.newest() is None
    models.make()
    assert models.exact() is not None


def test_a_file_that_is_no_model_is_none(models: Models) -> None:
    models.make()
    (file,) = kept(models)
    file.write_bytes(b"\x93NUMPY or not")
    assert models.exact() is None


def test_where_a_home_can_not_be_written_the_next_one_keeps_it(models: Models, tmp_path: Path) -> None:
    (tmp_path / "wall").write_text("a file where a folder should be")
    second = tmp_path / "second"
    there = replace(models, homes=(tmp_path / "wall" / "models", second))
    there.make()
    assert [file.suffix for file in second.iterdir()] == [".npz"]
    assert there.exact() is not None


def test_where_nothing_can_be_written_it_answers_all_the_same(models: Models, tmp_path: Path) -> None:
    (tmp_path / "wall").write_text("a file where a folder should be")
    nowhere = replace(models, homes=(tmp_path / "wall" / "models",))
    assert nowhere.make().recognise("das ist uns zu teuer").matches[0].id is ObjectionId.PRICE_TOO_HIGH
    assert nowhere.exact() is None


def test_old_models_are_tidied_away(models: Models, content: Path, tmp_path: Path) -> None:
    for number in range(6):
        overlay = lay(tmp_path / str(number), (Utterance(f"Deckel {'x' * number}", None, Language.DE),))
        models = replace(models, examples=(content, overlay))
        models.make()
    assert len(kept(models)) == 4
    assert models.exact() is not None


def test_whoever_runs_the_bot_may_read_what_the_set_up_made(models: Models) -> None:
    models.make()
    assert [oct(file.stat().st_mode & 0o777) for file in kept(models)] == ["0o644"]


def test_a_companys_model_never_lies_beside_the_package(tmp_path: Path) -> None:
    assert models_for(None, tmp_path).homes == (BUILT_IN, tmp_path)
    own = models_for(tmp_path / "own", tmp_path)
    assert (own.homes, own.guests) == ((tmp_path,), (BUILT_IN,))


def test_the_set_up_has_made_the_built_in_one(recogniser: TrainedRecogniser, tmp_path: Path) -> None:
    assert recogniser.recognise("das ist uns zu teuer").matches[0].id is ObjectionId.PRICE_TOO_HIGH
    found, is_exact = of_the_bot.ready_made(None, tmp_path)
    assert is_exact
    assert found is not None


def test_of_a_companys_new_words_the_built_in_model_knows_nothing_yet_but_answers(
    recogniser: TrainedRecogniser, tmp_path: Path
) -> None:
    overlay = lay(tmp_path / "own", (Utterance("Kranichdeckel", SignalId.SMILES, Language.DE),))
    found, is_exact = of_the_bot.ready_made(overlay, tmp_path / "models")
    assert not is_exact
    assert found is not None
    assert found.recognise("das ist uns zu teuer").matches[0].id is ObjectionId.PRICE_TOO_HIGH


def test_a_learner_whose_asker_is_gone_ends_by_itself(tmp_path: Path) -> None:
    own = lay(
        tmp_path / "own", (Utterance("Da fällt mir die Kinnlade runter", ObjectionId.PRICE_TOO_HIGH, Language.DE),)
    )
    asked = ("--attended", "--overlay", str(own), str(tmp_path / "models"))
    house = Path(of_the_bot.__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-m", "knowledge.recognition", *asked], cwd=house, stdin=subprocess.PIPE
    ) as learner:
        assert learner.stdin is not None
        with pytest.raises(subprocess.TimeoutExpired):
            learner.wait(timeout=3)
        learner.stdin.close()
        assert learner.wait(timeout=20) == 1
    assert not (tmp_path / "models").exists()

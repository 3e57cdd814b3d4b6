"""A company's folder of content: which of its files are read, and what stands there in vain or leads out of it."""

from collections.abc import Iterator
from pathlib import Path

from knowledge.language.languages import Language
from knowledge.shelves import SHELVES, UTTERANCES


def files_of(folder: Path, faults: list[str]) -> Iterator[tuple[tuple[Language, str], list[Path]]]:
    """The files of each place of the content, in each language. What stands there in vain is a fault."""
    try:
        root = folder.resolve()
        found = sorted(root.iterdir())
    except (OSError, RuntimeError) as error:  # a link that leads to itself raises the latter
        reason = getattr(error, "strerror", None) or "a link that leads to itself"
        faults.append(f"{folder}: is no folder that can be read ({reason})")
        return
    folders = {path.name: path for path in found if path.name in list(Language) and path.is_dir()}
    if not folders:
        faults.append(f"{folder}: expected a folder for each language in it, named {' or '.join(Language)}")
    astray = [path for path in found if path.suffix in (".yaml", ".yml")]
    faults += [f"{path}: belongs into a folder of its language, {' or '.join(Language)}" for path in astray]
    for name, path in folders.items():
        if _is_safe(path, root, faults):
            for place, files in _places(path, root, faults):
                yield (Language(name), place), files


def _places(folder: Path, root: Path, faults: list[str]) -> Iterator[tuple[str, list[Path]]]:
    places = {shelf.place: shelf for shelf in SHELVES}
    for path in _listed(folder, root, faults):
        if path.name == UTTERANCES:
            _look_through(path, root, faults)
        elif path.name in places and places[path.name].is_folder and path.is_dir():
            inside = _listed(path, root, faults)
            faults += [f"{inner}: expected a file named ….yaml" for inner in inside if inner.suffix != ".yaml"]
            yield path.name, [inner for inner in inside if inner.suffix == ".yaml"]
        elif path.name in places and not path.is_dir():
            yield path.name, [path]
        else:
            faults.append(f"{path}: is not read; expected one of {', '.join([*places, UTTERANCES])}")


def _look_through(folder: Path, root: Path, faults: list[str]) -> None:
    """Utterances are read where they are learned from; here only links that lead out are found."""
    for path in _listed(folder, root, faults):
        if path.is_dir():
            _look_through(path, root, faults)


def _listed(folder: Path, root: Path, faults: list[str]) -> list[Path]:
    """What is in a folder, without hidden files, back-ups of editors and notes for people."""
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        faults.append(f"{folder}: is no folder that can be read ({error.strerror})")
        return []
    meant = [path for path in found if not path.name.startswith(".") and path.suffix != ".md" and path.name[-1] != "~"]
    return [path for path in meant if _is_safe(path, root, faults)]


def _is_safe(path: Path, root: Path, faults: list[str]) -> bool:
    """Whether it is an ordinary file or folder that lies in the company's folder itself."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        faults.append(f"{path}: is a link that leads nowhere")
        return False
    if not real.is_relative_to(root):
        faults.append(f"{path}: is a link that leads out of {root}; put the file itself there")
    elif not real.is_file() and not real.is_dir():
        faults.append(f"{path}: is neither a file nor a folder")
    else:
        return True
    return False

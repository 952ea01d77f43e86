"""Write every scene in each language into the media of its module, and give diagrams their dark colours."""

from pathlib import Path

from drawings.dark import dressed
from drawings.scenes import SCENES

SOURCES = Path(__file__).resolve().parent.parent / "source_modules"


def written() -> dict[Path, str]:
    """Return the files of all scenes and what they hold."""
    return {
        SOURCES / scene.module / "media" / f"{scene.name}.{language}.svg": scene.text(language)
        for scene in SCENES
        for language in scene.words
    }


def main() -> None:
    """Write the scenes, and dress what is no scene."""
    scenes = written()
    for path, text in scenes.items():
        path.write_text(text, encoding="utf-8")
    for path in sorted(SOURCES.glob("*/*/media/*.svg")):
        if path not in scenes:
            path.write_text(dressed(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()

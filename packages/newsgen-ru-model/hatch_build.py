"""Build hook: puts natasha's model files into the wheel.

pip downloads natasha's wheel, from the index that the user has configured, and checks its SHA-256.
Nothing of natasha is installed or run.
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = (
    "natasha/data/emb/navec_news_v1_1B_250K_300d_100q.tar",
    "natasha/data/model/slovnet_ner_news_v1.tar",
)


class ModelBuildHook(BuildHookInterface[Any]):
    """Hook that adds the model files to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Download natasha's wheel and include its model files.

        Raises:
            subprocess.CalledProcessError: If pip finds no wheel with the expected SHA-256.
        """
        # Kept as an attribute: the files must exist until the wheel is written.
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--require-hashes", "--only-binary=:all:", "--dest", str(folder)]
        command += ["-r", str(Path(self.root, "natasha.txt"))]
        subprocess.run(command, check=True)  # noqa: S603 - every argument is from here
        (wheel,) = folder.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name in FILES:
                target = f"newsgen_ru_model/{Path(name).name}"
                build_data["force_include"][archive.extract(name, folder)] = target

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Delete the downloaded files."""
        self._folder.cleanup()

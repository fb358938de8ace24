"""bin/fix: format the code and mend what ruff can mend."""

import subprocess

from checkout import ROOT, VENV


def main(options):
    ruff = VENV / "bin" / "ruff"
    mended = subprocess.run([ruff, "check", "--fix", ROOT], cwd=ROOT).returncode
    formatted = subprocess.run([ruff, "format", ROOT], cwd=ROOT).returncode
    return mended or formatted

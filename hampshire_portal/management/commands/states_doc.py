from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "states.md"
HEAD = """# States

Which state may follow which, drawn from the tables in each app's `states.py` by
`manage.py states_doc`. Do not edit this page by hand.
"""


def state_tables():
    """Yield (name, table) for every `…_TRANSITIONS` in an app's `states.py`."""
    for config in apps.get_app_configs():
        if not Path(config.path).is_relative_to(settings.BASE_DIR):
            continue
        if find_spec(f"{config.name}.states") is None:
            continue
        module = import_module(f"{config.name}.states")
        for name, table in vars(module).items():
            if name.endswith("_TRANSITIONS"):
                yield f"{config.verbose_name}: {name.removesuffix('_TRANSITIONS').lower()}", table


def diagram(table):
    """Return the table as a Mermaid diagram; a state that nothing follows is an end."""
    lines = ["```mermaid", "stateDiagram-v2"]
    for state, following in table.items():
        lines += [f"    {state.value}: {state.label}"]
        lines += [f"    {state.value} --> {next_.value}" for next_ in sorted(following)]
        lines += [] if following else [f"    {state.value} --> [*]"]
    return "\n".join([*lines, "```"])


def rows(table):
    """Return the table as text, for those who would rather read than look."""
    lines = ["| From | To |", "|---|---|"]
    for state, following in table.items():
        ends = ", ".join(next_.label for next_ in sorted(following)) or "nothing: this is an end"
        lines.append(f"| {state.label} | {ends} |")
    return "\n".join(lines)


class Command(BaseCommand):
    help = (
        "Writes docs/states.md from the state tables; with --check only says whether it is fresh."
    )

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, **options):
        sections = [
            f"## {title}\n\n{diagram(table)}\n\n{rows(table)}\n" for title, table in state_tables()
        ]
        text = "\n".join([HEAD, *sections])
        if not options["check"]:
            DOCUMENT.parent.mkdir(exist_ok=True)
            DOCUMENT.write_text(text, encoding="utf-8")
        elif not DOCUMENT.exists() or DOCUMENT.read_text(encoding="utf-8") != text:
            raise CommandError("docs/states.md is not fresh: run manage.py states_doc.")

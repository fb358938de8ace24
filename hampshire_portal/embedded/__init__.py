"""Postgres and Redis for one machine: run in the foreground as children of the command that needs them.

The binaries come from PyPI wheels (see docs/adr/0003). Nothing here imports Django.
"""

from hampshire_portal.embedded.place import Place
from hampshire_portal.embedded.servers import DataInUse, Servers, servers_for_a_command

__all__ = ["DataInUse", "Place", "Servers", "servers_for_a_command"]

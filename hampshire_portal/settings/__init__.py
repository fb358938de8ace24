"""Settings of the portal. What differs between places comes from the environment (see env.py)."""

from hampshire_portal import env
from hampshire_portal.settings.entrance import *
from hampshire_portal.settings.house import *
from hampshire_portal.settings.place import *
from hampshire_portal.settings.recruitment import *
from hampshire_portal.settings.retention import *
from hampshire_portal.settings.rules import *
from hampshire_portal.settings.servers import *

env.refuse_to_start_if_incomplete()

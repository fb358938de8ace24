from accounts.views.account import account, signed_in
from accounts.views.closing import close, closed
from accounts.views.your_data import pack_download, your_data

__all__ = ["account", "close", "closed", "pack_download", "signed_in", "your_data"]

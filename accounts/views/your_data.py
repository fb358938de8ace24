from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actions import ask_for_pack, open_pack
from accounts.downloads import pack_response
from accounts.exceptions import PackIsBeingMade
from accounts.models import AccessPack
from accounts.retention import period_of
from accounts.rules import can_open_pack


@login_required
def your_data(request):
    """What we hold about you: ask for everything in one file, see how far it is, and download it."""
    if request.method == "POST":
        try:
            ask_for_pack(person=request.user, by=request.user)
        except PackIsBeingMade:
            messages.info(request, "We are making your file already.")
        return redirect("accounts:your-data")
    packs = AccessPack.objects.filter(person=request.user, is_own=True)
    page = {
        "packs": packs,
        "is_waiting": any(not pack.is_ready for pack in packs),
        "kept": period_of("access_pack", on=timezone.localdate()),
    }
    return render(request, "accounts/your_data.html", page)


@login_required
@require_safe
def pack_download(request, pk):
    """Send a pack the person asked for themself; nobody else's is there."""
    pack = get_object_or_404(AccessPack, pk=pk, person=request.user, is_own=True)
    if not can_open_pack(request.user, pack):
        raise Http404
    return pack_response(open_pack(pack=pack, by=request.user))

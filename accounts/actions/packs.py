"""Making the pack of everything we hold about a person, and letting other people's words into it."""

import json
import zipfile
from calendar import monthrange
from datetime import date, timedelta
from tempfile import TemporaryFile

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import get_valid_filename

from accounts import audit
from accounts.exceptions import PackIsBeingMade
from accounts.models import AccessPack, ThirdPartyChoice
from accounts.queries.packs import parts_let_in, sections_about
from accounts.rules import can_make_pack, can_open_pack
from accounts.states import AccountEvent, PackState


@transaction.atomic
def ask_for_pack(*, person, by):
    """Ask for a pack of everything held about a person; a worker makes it.

    Raises PermissionDenied for anyone but the person and HR, PackIsBeingMade while one is.
    """
    if not can_make_pack(by, person):
        raise PermissionDenied("You cannot make this pack.")
    is_own = by == person
    waiting = AccessPack.objects.exclude(state=PackState.READY)
    if waiting.filter(person=person, is_own=is_own).exists():
        raise PackIsBeingMade
    now = timezone.now()
    pack = AccessPack.objects.create(
        person=person,
        asked_by=by,
        asked_at=now,
        is_own=is_own,
        due_on=due_on(timezone.localdate(now)),
    )
    audit.record(AccountEvent.ACCESS_PACK_ASKED_FOR, person, by=by)
    return pack


def due_on(asked_on):
    """Return the day by which a request of the day `asked_on` is answered.

    The same day some months on, or the last of that month where it has no such day.
    """
    year, month = divmod(asked_on.year * 12 + asked_on.month - 1 + settings.PACK_DUE_MONTHS, 12)
    last_day = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(asked_on.day, last_day))


def make_packs(*, now):
    """Make every pack that was asked for, and anew those whose worker stopped. Returns how many are ready."""
    stopped = now - timedelta(minutes=settings.PACK_TRIED_AGAIN_MINUTES)
    AccessPack.objects.filter(state=PackState.GATHERED, begun_at__lt=stopped).update(
        state=PackState.ASKED_FOR
    )
    made = 0
    while pack := _begin(now):
        _make(pack)
        made += 1
    return made


@transaction.atomic
def open_pack(*, pack, by):
    """Open a pack for downloading and record it. Returns the open file.

    Raises PermissionDenied for anyone but who asked for it, and before it is ready.
    """
    if not can_open_pack(by, pack):
        raise PermissionDenied("You cannot open this pack.")
    audit.record(AccountEvent.ACCESS_PACK_DOWNLOADED, pack.person, by=by)
    return pack.file.open("rb")


@transaction.atomic
def review_part(*, person, part, is_included, reason, by):
    """Say whether a text somebody else wrote about a person goes into their packs, and why.

    Raises PermissionDenied without the permission, and for a text about oneself.
    """
    if by == person or not can_make_pack(by, person):
        raise PermissionDenied("You cannot review this.")
    ThirdPartyChoice.objects.update_or_create(
        person=person,
        part=part,
        defaults={
            "is_included": is_included,
            "reason": reason,
            "decided_by": by,
            "decided_at": timezone.now(),
        },
    )
    facts = {"part": part, "is_included": is_included}
    audit.record(AccountEvent.THIRD_PARTY_TEXT_REVIEWED, person, by=by, **facts)


@transaction.atomic
def delete_packs(packs):
    """Delete packs now and their files once that is certain. Returns how many there were."""
    names = [pack.file.name for pack in packs if pack.file]
    number, _ = packs.delete()
    for name in names:
        transaction.on_commit(lambda name=name: default_storage.delete(name), robust=True)
    return number


def delete_packs_of(*, person):
    """Delete the packs of a person who is being erased. Returns how many there were."""
    return delete_packs(AccessPack.objects.filter(person=person))


def forget_choices_about(*, person):
    """Forget what HR said about texts on a person who is being erased. Returns how many there were."""
    return ThirdPartyChoice.objects.filter(person=person).delete()[0]


@transaction.atomic
def _begin(now):
    waiting = AccessPack.objects.filter(state=PackState.ASKED_FOR).order_by("asked_at")
    pack = waiting.select_for_update(skip_locked=True, of=["self"]).first()
    if pack is None:
        return None
    pack.move_to(PackState.GATHERED)
    pack.begun_at = now
    pack.save(update_fields=["state", "begun_at"])
    return pack


def _make(pack):
    let_in = parts_let_in(pack.person)
    sections, left_out = [], 0
    for found in sections_about(pack.person, is_own=pack.is_own):
        if found.part and found.part not in let_in:
            left_out += 1
            continue
        sections.append(found)
        AccessPack.objects.filter(pk=pack.pk).update(done=len(sections))
    with TemporaryFile() as file:
        _write(file, pack, sections)
        _finish(pack, File(file, name="pack.zip"), len(sections), left_out)


def _write(file, pack, sections):
    told = [{"title": found.title, "rows": found.rows} for found in sections]
    page = {"person": pack.person, "pack": pack, "sections": sections, "settings": settings}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("everything.html", render_to_string("accounts/pack.html", page))
        packed.writestr("everything.json", json.dumps(told, indent=2, ensure_ascii=False))
        for found in sections:
            for name, place in found.files:
                if default_storage.exists(place):
                    with default_storage.open(place) as opened:
                        packed.writestr(f"files/{get_valid_filename(name)}", opened.read())


@transaction.atomic
def _finish(pack, file, total, left_out):
    # Erased meanwhile, there is nobody to give it to.
    pack = AccessPack.objects.select_for_update(of=["self"]).filter(pk=pack.pk).first()
    if pack is None or pack.state != PackState.GATHERED:
        return
    pack.file.save("pack", file, save=False)
    pack.move_to(PackState.READY)
    pack.ready_at = timezone.now()
    pack.done = pack.total = total
    pack.left_out = left_out
    pack.save()

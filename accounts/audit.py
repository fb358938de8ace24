from accounts.models import AuditEvent


def record(event, subject, *, by, **facts):
    """Write one line of audit in the caller's transaction.

    `event` is a past-tense member of the app's events, `subject` the saved model it happened to, `by`
    the person who did it or None for the timetable, and `facts` plain values without personal text.
    """
    return AuditEvent.objects.create(
        event=event,
        by=by,
        subject_type=subject._meta.label,
        subject_id=str(subject.pk),
        facts=facts,
    )


def record_each(event, subjects, *, by, **facts):
    """Write one line of audit for each of many saved models, as `record` does for one."""
    return AuditEvent.objects.bulk_create(
        AuditEvent(
            event=event,
            by=by,
            subject_type=subject._meta.label,
            subject_id=str(subject.pk),
            facts=facts,
        )
        for subject in subjects
    )

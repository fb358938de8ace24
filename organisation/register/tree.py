"""The managers' tree as a list would leave it: nobody ends up above themselves through any rows."""

NOBODY = "There is nobody with the number {number} on the register or in a good row of this list."
CIRCLE = "This person would manage their own manager."
LEAVES = "{number} leaves in this list, so cannot be the line manager."


def settle_managers(judgements, members, heading):
    """Mark rows whose manager is unknown or would make a circle, until the rest fit together.

    `judgements` are of good rows, `members` the register by employee number. A row that is skipped
    leaves its person where they are, which can close another circle: so we look until nothing is new.
    """
    leaving = {
        judgement.fields["employee_number"] for judgement in judgements if _leaves(judgement)
    }
    found_something = True
    while found_something:
        above = managers_after(judgements, members)
        found_something = False
        for judgement in judgements:
            words = None if judgement.is_bad else _problem(judgement, above, leaving)
            if words:
                judgement.wrong(heading, words)
                found_something = True


def managers_after(judgements, members):
    """Return {employee number: that of the manager} as the good rows would leave it."""
    above = {
        number: member.line_manager and member.line_manager.employee_number
        for number, member in members.items()
    }
    for judgement in judgements:
        if not judgement.is_bad:
            number = judgement.fields["employee_number"]
            above[number] = judgement.fields.get("manager", above.get(number))
    return above


def rank_in(above, number):
    """Return how many people are above somebody; who is above comes first when rows are imported."""
    rank, seen = 0, {number}
    while (number := above.get(number)) is not None and number not in seen:
        seen.add(number)
        rank += 1
    return rank


def _leaves(judgement):
    """Say whether a row gives somebody who works here a last day, or an earlier one than they have."""
    member, left_on = judgement.member, judgement.fields.get("left_on")
    return bool(member and left_on) and (member.left_on is None or left_on < member.left_on)


def _problem(judgement, above, leaving):
    number, manager = judgement.fields["employee_number"], judgement.fields.get("manager")
    now = judgement.member and judgement.member.line_manager
    if manager is None or (now and now.employee_number == manager):
        return None  # What stays as it is never closes a circle by itself.
    if manager not in above:
        return NOBODY.format(number=manager)
    if manager in leaving:
        return LEAVES.format(number=manager)
    seen = set()
    while manager is not None and manager not in seen:
        if manager == number:
            return CIRCLE
        seen.add(manager)
        manager = above.get(manager)
    return None

"""The SQL of the weekly forecast: the most half days that each person can still reach, without a loop.

`training.actions.forecasting` runs these in order, after the stages of `reach`, each as a table of its
transaction. What somebody can reach is looked for in trials: with every session they can go to, with
those alone that are not at short notice, and, for those who could only just make it, without each
session in turn.

A trial is solved in two steps. A course is *easy* when its longest date overlaps no date of another
course: that date can be taken whatever else is chosen. For the rest the sessions are gone through by
their end, and each state (half days so far, when the person is free again, which courses with a later
date have been taken) goes on both with the session and without it. Of states that differ only in half
days the best is kept, and of the others the widest few with the most half days; so no course counts
twice, and a sum is never more than can be reached. Most people have enough by any good way, so a
narrow search goes first and a wide one follows for those it left. Only with more than `WIDE` ways open
at once could a sum be less than the best.
"""

from training.queries.promise import AMOUNTS, ENTITLEMENTS

# So many ways of choosing are followed at once, for each person and trial.
NARROW, WIDE = 3, 32

# Where everybody stands who works here and is promised something.
STANDING = f"""
    SELECT due.person_id, due.half_days AS entitlement, due.was_long_away,
           coalesce(amounts.attended, 0) AS attended, coalesce(amounts.booked, 0) AS booked,
           due.half_days - coalesce(amounts.attended, 0) - coalesce(amounts.booked, 0) AS missing,
           coalesce(refused.number, 0) AS refusals
    FROM ({ENTITLEMENTS}) due
    JOIN organisation_staffmember member ON member.user_id = due.person_id
    LEFT JOIN ({AMOUNTS}) amounts ON amounts.person_id = due.person_id
    LEFT JOIN (
        SELECT booking.person_id, count(*) AS number
        FROM training_booking booking
        JOIN training_session session ON session.id = booking.session_id
        JOIN training_course course ON course.id = session.course_id
        WHERE course.counts_towards_five
          AND session.starts_at >= %(begins)s AND session.starts_at < %(ends)s
          AND booking.end_reason = ANY(%(refused_reasons)s)
        GROUP BY booking.person_id
    ) refused ON refused.person_id = due.person_id
    WHERE due.half_days > 0 AND member.started_on <= %(on)s
      AND (member.left_on IS NULL OR member.left_on >= %(on)s)
"""  # noqa: S608 (made of our own texts alone)

# `without` is the session left out; `most` is null until the trial is solved.
MAKE_TRIALS = """
    CREATE TEMP TABLE forecast_trial (
        trial bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        person_id bigint NOT NULL,
        in_time boolean NOT NULL,
        without bigint,
        enough int NOT NULL,
        most int
    ) ON COMMIT DROP
"""
# More than missing by the longest session is enough: then any one of them can fall out.
FIRST_TRIALS = """
    INSERT INTO forecast_trial (person_id, in_time, enough)
    SELECT standing.person_id, in_time, standing.missing + longest.half_days
    FROM forecast_standing standing
    CROSS JOIN (VALUES (false), (true)) AS kinds (in_time)
    CROSS JOIN (SELECT coalesce(max(half_days), 0) AS half_days FROM reach_session) longest
    WHERE standing.missing > 0
"""
FRAGILE_TRIALS = """
    INSERT INTO forecast_trial (person_id, in_time, without, enough)
    SELECT trial.person_id, false, option.session_id, standing.missing
    FROM forecast_trial trial
    JOIN forecast_standing standing USING (person_id)
    JOIN reach_option option USING (person_id)
    WHERE NOT trial.in_time AND trial.without IS NULL
      AND trial.most >= standing.missing AND trial.most < trial.enough
      AND trial.most - option.half_days < standing.missing
"""

PICKS = """
    SELECT trial.trial, option.session_id, option.course_id, option.half_days, option.during
    FROM forecast_trial trial
    JOIN reach_option option USING (person_id)
    WHERE trial.most IS NULL AND NOT (trial.in_time AND option.is_short_notice)
      AND option.session_id IS DISTINCT FROM trial.without
"""
COURSES = """
    SELECT picks.trial, picks.course_id, picks.longest,
           bool_or(picks.half_days = picks.longest AND contested.trial IS NULL) AS is_easy
    FROM (
        SELECT *, max(half_days) OVER (PARTITION BY trial, course_id) AS longest FROM forecast_pick
    ) picks
    LEFT JOIN (
        SELECT DISTINCT one.trial, one.session_id
        FROM forecast_clash clash
        JOIN forecast_pick one ON one.session_id = clash.session_id
        JOIN forecast_pick other ON other.trial = one.trial AND other.session_id = clash.other_id
    ) contested ON contested.trial = picks.trial AND contested.session_id = picks.session_id
    GROUP BY picks.trial, picks.course_id, picks.longest
"""
CLASHES = """
    SELECT one.session_id, other.session_id AS other_id
    FROM reach_session one
    JOIN reach_session other ON one.during && other.during AND one.course_id <> other.course_id
"""

# With `widest` ways at once; `settles` says that what is not enough by then is the best there is.
SOLVE = """
    WITH RECURSIVE easy AS (
        SELECT trial.trial, trial.enough,
               coalesce(sum(course.longest) FILTER (WHERE course.is_easy), 0)::int AS half_days
        FROM forecast_trial trial
        LEFT JOIN forecast_course course USING (trial)
        WHERE trial.most IS NULL
        GROUP BY trial.trial, trial.enough
    ), step AS MATERIALIZED (
        SELECT numbered.*, max(number) OVER (PARTITION BY trial, course_id) AS last_of_course
        FROM (
            SELECT pick.trial, pick.course_id, pick.half_days, lower(pick.during) AS begins,
                   upper(pick.during) AS ends,
                   row_number() OVER (
                       PARTITION BY pick.trial ORDER BY upper(pick.during), pick.session_id
                   )::int AS number
            FROM forecast_pick pick
            JOIN forecast_course course USING (trial, course_id)
            JOIN easy USING (trial)
            WHERE NOT course.is_easy AND easy.half_days < easy.enough
        ) numbered
    ), state AS (
        SELECT trial, 0 AS number, half_days AS total, enough,
               '-infinity'::timestamptz AS free_from, '{}'::bigint[] AS courses, half_days AS most
        FROM easy
        UNION ALL
        SELECT trial, number, total, enough, free_from, courses, most
        FROM (
            SELECT *, row_number() OVER (PARTITION BY trial ORDER BY total DESC, free_from) AS rank
            FROM (
                SELECT *, max(total) OVER (PARTITION BY trial) AS most, row_number() OVER (
                           PARTITION BY trial, free_from, courses ORDER BY total DESC) AS twin
                FROM (
                    SELECT state.trial, step.number, state.enough,
                           state.total + CASE WHEN takes THEN step.half_days ELSE 0 END AS total,
                           CASE WHEN takes THEN step.ends ELSE state.free_from END AS free_from,
                           CASE WHEN step.number = step.last_of_course
                                THEN array_remove(state.courses, step.course_id)
                                WHEN takes THEN state.courses || step.course_id
                                ELSE state.courses END AS courses
                    FROM state
                    JOIN step ON step.trial = state.trial AND step.number = state.number + 1
                    CROSS JOIN (VALUES (false), (true)) AS choices (takes)
                    WHERE state.most < state.enough AND (
                        NOT takes
                        OR (step.begins >= state.free_from
                            AND step.course_id <> ALL(state.courses)))
                ) ways
            ) told_apart
            WHERE twin = 1
        ) ranked
        WHERE rank <= %(widest)s
    )
    UPDATE forecast_trial SET most = best.most
    FROM (SELECT trial, max(total) AS most FROM state GROUP BY trial) best
    WHERE best.trial = forecast_trial.trial AND (best.most >= forecast_trial.enough OR %(settles)s)
"""

# The colours by what the trials came to, and the first reason that is true.
WRITE = """
    WITH reached AS (
        SELECT person_id,
               max(most) FILTER (WHERE NOT in_time AND without IS NULL) AS at_all,
               max(most) FILTER (WHERE in_time) AS in_time,
               min(most) FILTER (WHERE without IS NOT NULL) AS without_one
        FROM forecast_trial GROUP BY person_id
    ), coloured AS (
        SELECT standing.*, in_time,
               least(greatest(missing, 0), coalesce(at_all, 0)) AS reachable,
               CASE WHEN missing <= 0 THEN %(green)s
                    WHEN at_all < missing THEN %(red)s
                    WHEN in_time < missing OR without_one < missing THEN %(amber)s
                    ELSE %(green)s END AS colour
        FROM forecast_standing standing
        LEFT JOIN reached USING (person_id)
    )
    INSERT INTO training_forecast (
        person_id, week, colour, reason, entitlement, attended, booked, reachable, refusals, made_at)
    SELECT person_id, %(week)s, colour,
           CASE WHEN colour = %(green)s THEN %(on_track)s
                WHEN was_long_away THEN %(long_away)s
                WHEN refusals > 0 THEN %(refused)s
                WHEN reachable = 0 THEN %(nothing_reachable)s
                WHEN booked = 0 THEN %(nothing_booked)s
                WHEN colour = %(red)s THEN %(nothing_reachable)s
                WHEN in_time < missing THEN %(short_notice)s
                ELSE %(one_refusal_away)s END,
           entitlement, attended, booked, reachable, refusals, %(at)s
    FROM coloured
    ON CONFLICT (person_id, week) DO UPDATE SET
        colour = excluded.colour, reason = excluded.reason, entitlement = excluded.entitlement,
        attended = excluded.attended, booked = excluded.booked, reachable = excluded.reachable,
        refusals = excluded.refusals, made_at = excluded.made_at
"""
# Who has left, or is promised nothing any more, has no forecast for the week that is made again.
DELETE_OTHERS = """
    DELETE FROM training_forecast
    WHERE week = %(week)s AND person_id NOT IN (SELECT person_id FROM forecast_standing)
"""

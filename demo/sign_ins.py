"""Who you can sign in as in the demo. Plain Python, so that `bin/run` can show it."""

PASSWORD = "riverbank-lantern-42"

SIGN_INS = [
    ("Job seeker", "job.seeker@example.org"),
    ("Person returning to social work", "returner@example.org"),
    ("Social worker", "social.worker@example.org"),
    ("Newly qualified social worker", "graduate@example.org"),
    ("Line manager", "manager@example.org"),
    ("Workforce development officer", "officer@example.org"),
    ("Practice educator", "educator@example.org"),
    ("Trainer", "trainer@example.org"),
    ("Hiring manager", "hiring.manager@example.org"),
    ("Panel member", "panel@example.org"),
    ("HR admin", "hr@example.org"),
    ("Superuser", "admin@example.org"),
]

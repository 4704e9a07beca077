"""What happens when things go wrong: servers killed, disks full, mail servers silent.

These run the real site in processes of its own. They take long, and `make test` leaves them out:
`make test-reliability` runs them at length; `.ci/test` with smaller numbers (RELIABILITY=small).
"""

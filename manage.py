#!/usr/bin/env python
"""Alongside's command line."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    if sys.argv[1:2] == ["demo_links"]:
        # It makes nothing, and its links open only on a site that runs as a demo.
        os.environ.setdefault("ALONGSIDE_MODE", "demo")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(str(fault))  # it says what to set; where in the code it was found helps nobody


if __name__ == "__main__":
    main()

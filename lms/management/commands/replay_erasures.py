from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.actions import erasing


class Command(BaseCommand):
    help = (
        "Forget again whoever was forgotten since the backup was made that has just been "
        "restored. Run it after each restore, before anybody comes in; twice does no harm."
    )

    def handle(self, *args, **options):
        done = erasing.replay(at=timezone.now())
        self.stdout.write(f"Forgotten again: {done}.")

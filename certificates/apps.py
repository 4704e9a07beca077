from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "certificates"

    def ready(self):
        from certificates import checks, receivers  # noqa: F401 - registers and connects them

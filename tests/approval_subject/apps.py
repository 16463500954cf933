from django.apps import AppConfig


class ApprovalSubjectConfig(AppConfig):
    name = "tests.approval_subject"
    label = "approval_subject"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tests.approval_subject import registers  # noqa: F401 -- registers its subject

"""What Wagtail does when a second reader has said that something is good.

Wagtail reads this while its own models are being made, so nothing may be imported here.
"""


def publish(workflow_state, user=None):
    """Publish what was read. Nobody could change it since: it was locked.

    The second reader need not be allowed to publish by themselves. The two of them are.
    """
    revision = workflow_state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)

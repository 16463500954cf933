from kam.jobs.models import Job
from tests.permissions.row import Row


def make_job(cast):
    return {"pk": Job.objects.create(kind="tests.count", by=cast.owner, total=3).pk}


def make_nobodys_job(_cast):
    return {"pk": Job.objects.create(kind="tests.count", total=3).pk}


ROWS = [
    Row("jobs/", "GET", "own", "200: *"),
    Row("jobs/<int:pk>/", "GET", "owner's", "200: owner admin; 404: *", make=make_job),
    Row("jobs/<int:pk>/", "GET", "the system's", "200: admin; 404: *", make=make_nobodys_job),
    Row(
        "jobs/<int:pk>/",
        "GET",
        "fragment of the owner's",
        "200: owner admin; 404: *",
        make=make_job,
        headers={"HX-Request": "true"},
    ),
    Row("jobs/<int:pk>/stop/", "POST", "owner's", "302: owner admin; 404: *", make=make_job),
]

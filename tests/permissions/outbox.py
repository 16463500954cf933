from kam.outbox.models import Message
from kam.outbox.services import notify, post
from kam.outbox.sink import sink_folder
from kam.outbox.terms import MessageState
from tests.permissions.row import Row

SETTLE = "^ops/outbox/(?P<pk>[0-9]{1,18})/(?P<act>again|settle|cancel)/$"


def make_unsure(act):
    def make(cast):
        message = post(key="a", to=cast.owner, kind="test", subject="s", text="t")
        Message.objects.update(state=MessageState.UNSURE)
        return {"pk": message.pk, "act": act}

    return make


def make_mail(_cast):
    folder = sink_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1795299714636608763-1.eml").write_bytes(b"Subject: test\r\nTo: one@kam.example\r\n\r\ntext")
    return {"name": "1795299714636608763-1.eml"}


def make_html_mail(cast):
    row = make_mail(cast)
    (sink_folder() / row["name"]).write_bytes(b"Subject: test\r\nContent-Type: text/html\r\n\r\n<p>text</p>")
    return row


def make_notice(cast):
    return {"pk": notify(key="n", to=cast.owner, kind="test", text="t", url="/notices/").pk}


ROWS = [
    Row("notices/", "GET", "own", "200: *"),
    Row("notices/read/", "POST", "own", "302: *"),
    Row("notices/<int:pk>/", "POST", "the owner's", "302: owner anonymous gone; 404: *", make=make_notice),
    Row("ops/outbox/", "GET", "everybody's", "200: admin; 403: *"),
    *(
        Row(SETTLE, "POST", f"unsure, {act}", "302: admin; 403: *", make=make_unsure(act))
        for act in ("again", "settle", "cancel")
    ),
    Row("ops/mail/", "GET", "the laptop's sink", "200: admin; 403: *"),
    Row("ops/mail/<str:name>/", "GET", "a mail of the sink", "200: admin; 403: *", make=make_mail),
    Row("ops/mail/<str:name>/html/", "GET", "its HTML", "200: admin; 403: *", make=make_html_mail),
    Row(
        "ops/mail/<str:name>/", "GET", "no such mail", "404: admin; 403: *", make=lambda _: {"name": "..eml"}
    ),
]

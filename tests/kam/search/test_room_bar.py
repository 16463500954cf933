"""The bar of a room leads to every page of the room that one may open."""


def bar_of(answer):
    return answer.content.decode().partition('<nav class="k-room"')[2].partition("</nav>")[0]


def test_the_bar_leads_to_the_pages_of_the_room(client_of, cast):
    bar = bar_of(client_of(cast.owner).get("/visits/appointments/"))
    assert bar.count("<a ") == 14
    assert 'href="/visits/week/"' in bar
    assert '<a href="/visits/appointments/" aria-current="page">' in bar


def test_a_form_has_no_bar(client_of, cast):
    assert bar_of(client_of(cast.owner).get("/accounts/new/")) == ""


def test_the_bar_hides_what_one_may_not_open(client_of, cast):
    assert "/visits/calls/" in bar_of(client_of(cast.owner).get("/visits/"))
    assert "/visits/calls/" not in bar_of(client_of(cast.gm).get("/visits/"))

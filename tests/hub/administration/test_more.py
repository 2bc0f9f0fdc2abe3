"""The page of ways: each role finds what it may use, and every way leads somewhere."""

import pytest

from hub.accounts.roles import Role
from hub.administration.more import GROUPS, links_for
from tests.hub.operations import operations


def test_every_way_leads_to_a_page_that_needs_what_the_way_says():
    pages = {one.path: one.actions for one in operations() if one.method == "GET"}
    links = [link for _, links in GROUPS for link in links]
    for link in links:
        assert link.needs in pages[link.address], link.address


@pytest.mark.parametrize("role", list(Role))
def test_a_role_finds_what_it_may_use(role, signed_in):
    page = signed_in(role, expires_at=None).get("/more").text
    for _, links in GROUPS:
        for link in links:
            assert (f'href="{link.address}"' in page) is any(link in mine for _, mine in links_for(role))

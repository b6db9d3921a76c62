"""Parent company, tags, flags and region of a file as they are typed."""

import pytest
from django.urls import reverse

from partnerships.models.codes import Region
from partnerships.models.enterprises import Enterprise
from tests.factories.partnerships import EnterpriseFactory, FlagFactory, ProvinceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client, officer):
    """Send the form of an enterprise with changes; answers the response."""
    client.force_login(officer)

    def sent(enterprise, **typed):
        address = reverse("partnerships:enterprise_edit", args=[enterprise.pk])
        form = client.get(address).context["form"]
        data = {field.name: field.value() for field in form if field.value() not in (None, False)}
        return client.post(address, {**data, **typed})

    return sent


@pytest.mark.parametrize("typed", ["华夏集团股份有限公司", "华夏集团", "９１３５０１００m000100y43"])
def test_the_parent_is_found_by_name_or_code(send, typed):
    parent = EnterpriseFactory(legal_name="华夏集团股份有限公司", credit_code="91350100M000100Y43")
    enterprise = EnterpriseFactory()

    assert send(enterprise, parent=typed).status_code == 302

    enterprise.refresh_from_db()
    assert enterprise.parent == parent


def test_an_unknown_parent_and_a_circle_are_said_beside_the_field(send):
    enterprise = EnterpriseFactory(legal_name="甲有限公司")
    below = EnterpriseFactory(legal_name="乙有限公司", parent=enterprise)

    for typed in ("不存在有限公司", "甲有限公司", below.legal_name):
        assert set(send(enterprise, parent=typed).context["form"].errors) == {"parent"}

    enterprise.refresh_from_db()
    assert enterprise.parent is None


def test_tags_are_words_with_any_comma_and_come_back_as_typed(send, client):
    enterprise = EnterpriseFactory()

    send(enterprise, tags="#双选会， 校友,双选会、重点")

    assert [tag.name for tag in enterprise.tags.all()] == ["双选会", "校友", "重点"]
    form = client.get(reverse("partnerships:enterprise_edit", args=[enterprise.pk])).context["form"]
    assert form["tags"].value() in ("双选会、校友、重点", "双选会, 校友, 重点")


def test_flags_are_ticked_and_told_in_both_languages(send):
    enterprise = EnterpriseFactory()
    flag = FlagFactory()

    send(enterprise, flags=[flag.pk])

    assert list(enterprise.flags.all()) == [flag]
    (change,) = enterprise.timeline.get().changes
    assert (change["field"], change["after"]) == ("flags", [{"zh-hans": "校友企业", "en": "Alumni enterprise"}])


@pytest.mark.parametrize("city", ["南充", "南充市", "Nanchong"])
def test_the_city_is_understood_as_a_region_of_the_standard(send, city):
    sichuan = ProvinceFactory()
    region = Region.objects.create(code="511300", name_zh="南充市", name_en="Nanchong", province=sichuan)
    enterprise = EnterpriseFactory(province=sichuan)

    send(enterprise, city=city)

    enterprise.refresh_from_db()
    assert (enterprise.region, enterprise.city) == (region, city)


def test_a_file_that_names_an_unknown_city_has_no_region(send):
    enterprise = EnterpriseFactory()

    send(enterprise, city="乌有")

    assert Enterprise.objects.get().region is None

"""A community with members who share, ask and speak through somebody."""

from datetime import date, datetime
from urllib.parse import urlsplit

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models.people import User
from communities.choices import ListKind, OrganKind
from communities.models.members import MemberLink, Representative
from communities.models.organs import Charter, Organ
from communities.models.sharing import ListEntry, ResourceRequest
from communities.services.member_links import send_links
from notifications.models.messages import OutgoingMessage
from partnerships.choices.programmes import CommunityLevel, MemberRole, MemberType, ResourceKind
from partnerships.models.communities import Community, CommunityMeeting, Membership, SharedResource


class CommunityFactory(DjangoModelFactory):
    class Meta:
        model = Community

    name = factory.Sequence(lambda n: f"四川智慧视听共同体{n}")
    level = CommunityLevel.PROVINCIAL
    industry = "视听"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    community = factory.SubFactory(CommunityFactory)
    organisation = factory.Sequence(lambda n: f"成员单位{n}")
    type = MemberType.ENTERPRISE
    role = MemberRole.MEMBER


class RepresentativeFactory(DjangoModelFactory):
    class Meta:
        model = Representative

    membership = factory.SubFactory(MembershipFactory)
    name = "何静"
    email = factory.Sequence(lambda n: f"he{n}@member.example")


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = CommunityMeeting
        skip_postgeneration_save = True

    name = "理事会会议"
    held_on = date(2026, 5, 8)
    organisations_present = 30

    @factory.post_generation
    def community(self, create, extracted, **kwargs):
        if extracted:
            self.communities.add(extracted)


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = SharedResource
        skip_postgeneration_save = True

    organisation = "西南石油大学"
    kind = ResourceKind.LABORATORY
    name = factory.Sequence(lambda n: f"虚拟演播室{n}")

    @factory.post_generation
    def community(self, create, extracted, **kwargs):
        if extracted:
            self.communities.add(extracted)


class OrganFactory(DjangoModelFactory):
    class Meta:
        model = Organ

    community = factory.SubFactory(CommunityFactory)
    kind = OrganKind.COUNCIL
    name = factory.Sequence(lambda n: f"理事会{n}")


class EntryFactory(DjangoModelFactory):
    class Meta:
        model = ListEntry

    community = factory.SubFactory(CommunityFactory)
    kind = ListKind.PRODUCTS
    name = factory.Sequence(lambda n: f"产品{n}")
    listed_on = date(2026, 3, 1)


def sent_link(person: Representative, *, by: User, at: datetime) -> MemberLink:
    """A link as the office sends it."""
    send_links(person.membership.community, [person], by=by, at=at)
    return person.links.get(revoked_at=None)


def address_in(link: MemberLink) -> str:
    """The path in the letter; there alone is the token."""
    return urlsplit(OutgoingMessage.objects.get(key=f"member-link:{link.pk}").link).path


def records_of(community: Community, *, by: User) -> dict[str, object]:
    """One record of each kind of a community's work, by the words of the table of who may open what."""
    now = timezone.now()
    person = RepresentativeFactory(membership__community=community)
    meeting = MeetingFactory(community=community, minutes=ContentFile(b"%PDF-1.7", "minutes.pdf"))
    charter = Charter.objects.create(
        community=community, number=1, file=ContentFile(b"%PDF-1.7", "charter.pdf"), name="charter.pdf", at=now
    )
    meeting.minutes.close()
    charter.file.close()
    organ = OrganFactory(community=community)
    resource = ResourceFactory(community=community)
    wish = ResourceRequest.objects.create(
        resource=resource, membership=person.membership, name="何静", purpose="拍摄", asked_at=now
    )
    token = address_in(sent_link(person, by=by, at=now)).split("/")[2]
    return {
        "organ": organ.pk,
        "seat": organ.seats.create(name="何静").pk,
        "charter": charter.pk,
        "meeting": meeting.pk,
        "resolution": meeting.resolutions.create(subject="章程").pk,
        "resource": resource.pk,
        "wish": wish.pk,
        "entry_line": EntryFactory(community=community).pk,
        "member_token": token,
        "member_token_resource": (token, resource.pk),
    }

"""Addresses in the text of a posting, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

ENDS = (
    "com|cn|net|org|edu|gov|io|top|vip|xyz|info|biz|cc|me|co|shop|site|app|link|club|ltd|work|wang|ren|store|online|tech"
    "|fun|pro|live|tv|ai|dev|ru|jp|kr|hk|tw|de|uk|fr|us|in|ly|gl"
)
MAIL = re.compile(r"[a-z0-9._%+-]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)")
LINK = re.compile(r"(?:https?|ftp):/{1,3}([^\s/?#\"'<>()\u3001\u3002\uff0c\uff1b]+)")
NAME = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
BARE = re.compile(rf"(?<![a-z0-9_@.-])((?:{NAME}\.)+(?:{ENDS}))(?![a-z0-9_-]|\.[a-z0-9])")
WRITTEN_DOT = re.compile(rf"(?<=[a-z0-9])[\u3002\uff61](?=(?:{ENDS})(?![a-z]))")
# Names of programming tools that look like addresses.
TOOLS = frozenset({"asp.net", "ado.net", "vb.net", "ml.net", "socket.io", "draw.io", "deno.land", "b.tech", "m.tech"})
# Where anybody may have a mailbox: such an address is the enterprise's only where it is a contact's own.
PUBLIC_MAIL = frozenset(
    {
        "qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "139.com",
        "189.cn", "aliyun.com", "gmail.com", "outlook.com", "hotmail.com", "live.com", "icloud.com", "yahoo.com",
        "tom.com", "21cn.com", "wo.cn", "proton.me", "protonmail.com",
    }
)  # fmt: skip
SECOND_LEVEL = frozenset({"com", "net", "org", "edu", "gov", "ac", "co"})


def domain_of(host: str) -> str:
    """The part of a host that one owner registers: job.qiming.com.cn is of qiming.com.cn."""
    labels = host.lower().strip(".").split(".")
    is_below_country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL
    return ".".join(labels[-3:] if is_below_country else labels[-2:])


def _host(link: str) -> str:
    """What stands before an @ in a link is no host, however much it looks like one."""
    return link.rpartition("@")[2].partition(":")[0]


def own_domains(website: str, mails: Iterable[str], *others: str) -> frozenset[str]:
    """The domains of a website, of mailboxes that are not public ones, and of further addresses."""
    sites = [urlsplit(site if "//" in site else f"//{site}").hostname or "" for site in (website, *others) if site]
    of_mails = [domain_of(mail.rpartition("@")[2]) for mail in mails if "@" in mail]
    return frozenset({domain_of(site) for site in sites if site} | set(of_mails)) - PUBLIC_MAIL - {""}


def elsewhere(text: str, *, domains: frozenset[str], mails: Iterable[str]) -> list[str]:
    """Addresses in a plain text (see held_patterns.plain) of nobody who is known, each once."""
    text = WRITTEN_DOT.sub(".", text)
    known = {mail.lower() for mail in mails}
    found = [host for link in LINK.findall(text) if domain_of(host := _host(link)) not in domains and "." in host]
    rest = LINK.sub(" ", text)
    found += [match[0] for match in MAIL.finditer(rest) if match[0] not in known and domain_of(match[1]) not in domains]
    bare = BARE.findall(MAIL.sub(" ", rest))
    found += [host for host in bare if domain_of(host) not in domains and host not in TOOLS]
    return list(dict.fromkeys(found))

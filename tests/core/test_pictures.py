"""Photos on their way in: upright, small, without place and time; what is none is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from core.errors import RuleBroken
from core.pictures import shrunk

pytestmark = pytest.mark.usefixtures("in_english")
GPS, ORIENTATION, MODEL = 0x8825, 0x0112, 0x0110


def photo(size=(3000, 1500), kind="JPEG", **more):
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **more)
    made.seek(0)
    return made


def exif(orientation=1):
    written = Image.Exif()
    written[ORIENTATION], written[MODEL] = orientation, "Phone 15"
    written.get_ifd(GPS)[1] = "N"
    written.get_ifd(GPS)[2] = (30.0, 39.0, 24.0)
    return written


def png_of(width, height):
    """The head of a picture that would unpack to this size, and hardly any content."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(1_000_000))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b""))


def test_a_photo_is_kept_small_upright_and_without_its_place():
    sent = photo(exif=exif(orientation=6))
    assert dict(Image.open(sent).getexif().get_ifd(GPS)) != {}

    kept = shrunk(sent, "现场 合影.HEIC.jpeg")

    with Image.open(kept) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1000, 2000))
        assert dict(picture.getexif()) == {}
        assert "exif" not in picture.info
    assert kept.name == "现场 合影.HEIC.jpg"
    assert b"Phone 15" not in kept.read()


def test_the_same_photo_is_the_same_twice():
    assert shrunk(photo(), "a.jpg").read() == shrunk(photo(), "a.jpg").read()


@pytest.mark.parametrize(("kind", "more"), [("PNG", {}), ("WEBP", {}), ("JPEG", {"progressive": True})])
def test_other_kinds_of_pictures_become_the_same(kind, more):
    with Image.open(shrunk(photo((400, 300), kind, **more), "a.png")) as picture:
        assert (picture.format, picture.size) == ("JPEG", (400, 300))


def test_what_is_transparent_becomes_white():
    drawn = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(drawn, "PNG")

    with Image.open(shrunk(drawn, "a.png")) as picture:
        assert picture.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content", [b"a letter, not a photo", b"", b"\x89PNG\r\n\x1a\n" + bytes(64), b"GIF89a" + bytes(40)]
)
def test_what_is_no_photo_is_refused_by_name(content):
    with pytest.raises(RuleBroken, match="“会议.jpg” is not a photo."):
        shrunk(io.BytesIO(content), "会议.jpg")


def test_half_a_photo_is_refused():
    whole = photo().getvalue()
    with pytest.raises(RuleBroken, match="is not a photo"):
        shrunk(io.BytesIO(whole[: len(whole) // 2]), "a.jpg")


@pytest.mark.parametrize("size", [(9000, 9000), (9600, 9600), (60_000, 60_000)])
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked(size):
    with pytest.raises(RuleBroken, match="more than 80 million pixels"):
        shrunk(png_of(*size), "a.png")

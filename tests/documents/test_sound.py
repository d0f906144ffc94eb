"""A recording is known by its content, with its length, and forgets where it was made."""

import struct
from time import process_time

import pytest
from django.test import SimpleTestCase

from jalon.documents.sound import LONGEST, Sound, Unreadable, length_said, sound
from jalon.documents.uploads import UploadRefused, check
from tests.documents import sounds
from tests.documents.reading import picture, upload


def found(content: bytes) -> Sound:
    """Return what a recording is found to be."""
    known = sound(content)
    assert known is not None
    return known


class TestSounds(SimpleTestCase):
    """What each device records."""

    def test_each_kind_is_known_with_its_length_whatever_its_name_says(self) -> None:
        kinds = {
            ("audio/webm", 2.0): sounds.webm(),
            ("audio/ogg", 3.0): sounds.ogg(),
            ("audio/mp4", 4.0): sounds.mp4(),
            ("audio/mp4", 5.0): sounds.mp4_in_pieces(),
            ("audio/wav", 2.0): sounds.wav(),
        }
        for (media_type, seconds), content in kinds.items():
            kept = check(upload(content, "Ma soudure.exe"), heard=True)
            self.assertEqual((kept.media_type, kept.seconds), (media_type, seconds))
            self.assertTrue(kept.name.startswith("Ma soudure.") and "exe" not in kept.name)
        self.assertAlmostEqual(found(sounds.mp3()).seconds, 40 * 1152 / 44100, places=3)

    def test_where_and_by_whom_it_was_made_is_forgotten(self) -> None:
        place = b"+48.85+002.35/"
        free = sounds.mp4() + sounds.box(b"free", place)
        long = sounds.mp4() + struct.pack(">I4sQ", 1, b"udta", 16 + len(place)) + place
        for content in (
            sounds.mp4(place=place),
            free,
            long,
            sounds.mp3(tag=place),
            sounds.wav(tag=place),
        ):
            self.assertIn(place, content)
            kept = found(content)
            self.assertNotIn(place, kept.content)
            self.assertEqual(found(kept.content).seconds, kept.seconds)

    def test_a_film_or_a_broken_recording_is_refused_with_what_to_do(self) -> None:
        wrong = [
            sounds.webm(track=b"\x01", codec=b"V_VP8"),
            sounds.webm(codec=b"A_OTHER"),
            sounds.webm()[:-3],
            sounds.webm(0),
            sounds.mp4(kind=b"vide"),
            sounds.mp4()[:-2],
            sounds.mp4(0),
            sounds.ogg()[:-2],
            sounds.ogg().replace(b"OpusHead", b"\x80theora "),
            sounds.mp3(3, tag=b"x"),
            sounds.wav()[:60],
            b"\x1a\x45\xdf\xa3" + b"\0" * 50,
            b"OggS",
            b"ID3",
            b"RIFF\0\0\0\0WAVE",
            b"\0\0\0\0ftyp",
        ]
        for content in wrong:
            with pytest.raises(Unreadable):
                sound(content)
        with pytest.raises(UploadRefused, match="recommencez-le"):
            check(upload(wrong[0]), heard=True)

    def test_what_is_no_recording_is_left_to_others(self) -> None:
        for content in (picture("JPEG"), b"%PDF-1.4", b"bonjour", b"\xff\xfb"):
            self.assertIsNone(sound(content))

    def test_a_recording_longer_than_ten_minutes_says_how_long_it_is(self) -> None:
        self.assertEqual(check(upload(sounds.ogg(LONGEST)), heard=True).seconds, LONGEST)
        with pytest.raises(
            UploadRefused, match=r"dure 10.min.05.s, .* 10 minutes : faites-en deux"
        ):
            check(upload(sounds.ogg(LONGEST + 5)), heard=True)
        self.assertEqual(length_said(42), "42\u00a0s")

    def test_a_sound_is_no_identity_document(self) -> None:
        with pytest.raises(UploadRefused, match=r"PDF, JPEG ou PNG\."):
            check(upload(sounds.wav(), "carte.pdf"))
        with pytest.raises(UploadRefused, match="ou un enregistrement WebM, Ogg, M4A, MP3 ou WAV"):
            check(upload(b"rien", "voix.webm"), heard=True)

    def test_more_parts_than_ten_minutes_have_are_not_read_to_the_end(self) -> None:
        with pytest.raises(Unreadable):
            sound(sounds.webm() + b"\xec\x80" * 100_000)

    def test_a_recording_cut_in_tiny_pieces_keeps_nobody_waiting(self) -> None:
        whole = sounds.wav(0.1)
        pieces = (b"data" + struct.pack("<I", 90) + b"\x80" * 90) * 50_000
        began = process_time()
        self.assertEqual(found(whole + pieces).content[-len(pieces) :], pieces)
        self.assertLess(process_time() - began, 5)

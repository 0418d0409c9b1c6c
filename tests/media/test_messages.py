"""The parent believes nothing that the child sends."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.messages import (
    FRAME_LONGEST_SIDE,
    HEADER,
    BrokenProtocol,
    Ending,
    Heartbeat,
    Message,
    Picture,
    Probe,
    Refusal,
    Sound,
    format_message,
    largest_payload,
    parse_message,
)
from media.rejection import RejectionReason


def transmit(message: Message) -> Message:
    header, *payload = (bytes(part) for part in format_message(message))
    kind, length = HEADER.unpack(header)
    content = bytearray(b"".join(payload))
    assert len(content) == length <= largest_payload(kind)
    return parse_message(kind, content)


@pytest.mark.parametrize(
    "message",
    [
        Heartbeat(),
        Refusal(RejectionReason.TOO_LONG, {"duration_s": 7300.5, "max_duration_s": 7200}),
        Probe("h264", None, 1920, 1080, 270, 29.97, 12.5),
        Sound(16_000, b"\0\1\2\3"),
        Ending(9, 8, 7, 6.5),
    ],
)
def test_messages_arrive_as_they_were_sent(message):
    assert transmit(message) == message


def test_pictures_arrive_as_they_were_sent():
    image = np.random.default_rng(3).integers(0, 256, (40, FRAME_LONGEST_SIDE, 3), dtype=np.uint8)

    arrived = transmit(Picture(1.5, True, np.rot90(image)))

    assert isinstance(arrived, Picture)
    assert (arrived.time_s, arrived.is_shot_start) == (1.5, True)
    assert np.array_equal(arrived.image, np.rot90(image))


@given(kind=st.integers(0, 255), payload=st.binary(max_size=200))
def test_any_bytes_are_a_message_or_a_broken_protocol(kind, payload):
    try:
        message = parse_message(kind, bytearray(payload))
    except BrokenProtocol:
        return
    assert isinstance(message, Message)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["reason", "details", "width", "fps"]), inner),
    )
)
def test_any_json_is_a_message_or_a_broken_protocol(data):
    for kind in range(6):
        payload = bytearray(json.dumps(data).encode())
        try:
            message = parse_message(kind, payload)
        except BrokenProtocol:
            continue
        assert isinstance(message, Message)


@pytest.mark.parametrize(
    "change",
    [{"duration_s": float("nan")}, {"duration_s": -1.0}, {"width": 0}, {"height": 1.5}, {"video_codec": "../x"}],
)
def test_impossible_facts_are_refused(change):
    honest = Probe("h264", "aac", 1920, 1080, 0, 25.0, 12.5)
    facts = {name: getattr(honest, name) for name in Probe.__slots__} | change

    with pytest.raises(BrokenProtocol):
        parse_message(2, bytearray(json.dumps(facts).encode()))


def test_a_picture_has_exactly_the_bytes_of_its_size():
    _, head, pixels = format_message(Picture(0.0, True, np.zeros((4, 4, 3), np.uint8)))

    with pytest.raises(BrokenProtocol):
        parse_message(3, bytearray(head + bytes(pixels)[:-1]))


def test_texts_of_the_child_cannot_steer_a_terminal():
    arrived = transmit(Refusal(RejectionReason.CODEC_NOT_ALLOWED, {"codec": "\x1b[2Jevil\n" + "x" * 500}))

    assert isinstance(arrived, Refusal)
    assert str(arrived.details["codec"]).startswith("[2Jevilx")
    assert len(str(arrived.details["codec"])) == 64

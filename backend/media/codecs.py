"""Which codecs are decoded at all. Anything else is refused before a decoder sees one byte.

FFmpeg ships several hundred decoders; most of its security fixes are in the rare ones. These are what phones, cameras,
editors, screen recorders and video sites write into mp4, mov, avi, mkv and webm.
"""

from __future__ import annotations

VIDEO_CODECS = frozenset(
    {
        "h264",
        "hevc",
        "vp8",
        "vp9",
        "av1",
        "mpeg4",
        "msmpeg4v3",
        "mpeg2video",
        "mpeg1video",
        "h263",
        "mjpeg",
        "prores",
        "dnxhd",
        "theora",
    }
)

AUDIO_CODECS = frozenset(
    {
        "aac",
        "mp3",
        "mp2",
        "opus",
        "vorbis",
        "ac3",
        "eac3",
        "dts",
        "flac",
        "alac",
        "pcm_s16le",
        "pcm_s16be",
        "pcm_s24le",
        "pcm_s24be",
        "pcm_s32le",
        "pcm_f32le",
        "pcm_u8",
        "adpcm_ms",
        "adpcm_ima_wav",
        "amr_nb",
        "amr_wb",
    }
)

DECODER_NAMES = (
    VIDEO_CODECS | AUDIO_CODECS | {"libdav1d", "libopus", "mp3float", "mp2float", "msmpeg4", "dca", "amrnb", "amrwb"}
)
"""FFmpeg's names of the decoders behind these codecs, for its own ``codec_whitelist``."""

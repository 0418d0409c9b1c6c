"""The frames of the demonstration video: a gliding camera over photos and clips, and the words set over them."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import av
from demo_script import AdCard, Caption, Scene, Title, View
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1280, 720
FPS = 25
CLIP_SUFFIX = ".mp4"
APPEAR_S = 0.5

INK = (24, 28, 36)
PAPER = (247, 244, 238)
WHITE = (255, 255, 255)
AMBER = (255, 193, 84)
GREY = (74, 80, 92)


@functools.cache
def font(folder: Path, size_px: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(folder / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")), size_px)


def smooth(part: float) -> float:
    """Ease in and out: 0..1 to 0..1 without a jerk at either end."""
    part = min(1.0, max(0.0, part))
    return part * part * (3 - 2 * part)


def seen(picture: Image.Image, view: View) -> Image.Image:
    """What the camera sees: the part of the picture that ``view`` names, as a frame."""
    scale = view.width * picture.width / WIDTH
    left = view.x * picture.width - scale * WIDTH / 2
    top = view.y * picture.height - scale * HEIGHT / 2
    return picture.transform(
        (WIDTH, HEIGHT), Image.Transform.AFFINE, (scale, 0, left, 0, scale, top), Image.Resampling.BICUBIC
    )


def between(start: View, end: View, part: float) -> View:
    return View(
        start.x + (end.x - start.x) * part,
        start.y + (end.y - start.y) * part,
        start.width + (end.width - start.width) * part,
    )


def clip_frames(path: Path, from_s: float) -> Iterator[Image.Image]:
    """The frames of a clip at ``FPS`` from ``from_s`` on; the last one is repeated for ever."""
    with av.open(str(path)) as container:
        due_s = from_s
        for frame in container.decode(video=0):
            image = None
            while frame.time >= due_s - 1e-6:
                image = image or frame.to_image()
                yield image
                due_s += 1 / FPS
        last = frame.to_image()
    while True:
        yield last


def draw_title(folder: Path, title: Title) -> Image.Image:
    layer = Image.new("RGBA", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(layer)
    left, top = title.left * WIDTH, title.top * HEIGHT
    draw.rectangle((left, top - 34, left + 72, top - 28), fill=AMBER)
    draw.multiline_text((left, top), title.heading, WHITE, font(folder, 54, bold=True), spacing=14)
    bottom = draw.multiline_textbbox((left, top), title.heading, font(folder, 54, bold=True), spacing=14)[3]
    draw.text((left, bottom + 30), title.subheading, (206, 214, 228), font(folder, 28, bold=False))
    return layer


def draw_caption(folder: Path, caption: Caption) -> Image.Image:
    layer = Image.new("RGBA", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(layer)
    clock, text = font(folder, 34, bold=True), font(folder, 34, bold=False)
    left, top = 56, HEIGHT - 118
    clock_width, text_width = draw.textlength(caption.clock, clock), draw.textlength(caption.text, text)
    right = left + 28 + clock_width + 24 + text_width + 28
    draw.rounded_rectangle((left, top, right, top + 66), 12, fill=(*INK, 205))
    draw.rounded_rectangle((left, top, left + 7, top + 66), 3, fill=AMBER)
    draw.text((left + 28, top + 33), caption.clock, AMBER, clock, anchor="lm")
    draw.text((left + 28 + clock_width + 24, top + 33), caption.text, WHITE, text, anchor="lm")
    return layer


def draw_ad_card(folder: Path, card: AdCard) -> Image.Image:
    layer = Image.new("RGBA", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(layer)
    top = HEIGHT - 176
    draw.rectangle((0, top, WIDTH, HEIGHT), fill=(*PAPER, 255))
    draw.rectangle((0, top, WIDTH, top + 6), fill=(178, 34, 34))
    draw.text((56, top + 58), card.heading, INK, font(folder, 44, bold=True), anchor="lm")
    price = font(folder, 38, bold=True)
    price_width = draw.textlength(card.price, price)
    draw.rounded_rectangle((WIDTH - 56 - price_width - 48, top + 26, WIDTH - 56, top + 90), 14, fill=(178, 34, 34))
    draw.text((WIDTH - 56 - 24, top + 58), card.price, WHITE, price, anchor="rm")
    label = font(folder, 30, bold=False)
    draw.text((56, top + 134), card.label, GREY, label, anchor="lm")
    erid_left = 56 + draw.textlength(card.label + "  ", label)
    draw.text((erid_left, top + 134), card.erid, GREY, font(folder, 32, bold=True), anchor="lm")
    return layer


def draw_overlay(folder: Path, overlay: Caption | Title | AdCard) -> Image.Image:
    if isinstance(overlay, Title):
        return draw_title(folder, overlay)
    if isinstance(overlay, AdCard):
        return draw_ad_card(folder, overlay)
    return draw_caption(folder, overlay)


def laid_over(frame: Image.Image, layer: Image.Image, opacity: float) -> Image.Image:
    if opacity <= 0:
        return frame
    alpha = layer.getchannel("A").point(lambda value: round(value * opacity))
    frame.paste(layer.convert("RGB"), (0, 0), alpha)
    return frame


def scene_frames(samples: Path, scene: Scene) -> Iterator[Image.Image]:
    """Every frame of one scene, at ``FPS``; its overlay fades in and stays until the cut."""
    path = samples / scene.picture
    is_clip = path.suffix == CLIP_SUFFIX
    clip = clip_frames(path, scene.clip_from_s) if is_clip else None
    photo = None if is_clip else Image.open(path).convert("RGB")
    layer = draw_overlay(samples / "fonts", scene.overlay) if scene.overlay else None
    count = round(scene.duration_s * FPS)
    for number in range(count):
        picture = next(clip) if clip else photo
        frame = seen(picture, between(scene.start, scene.end, smooth(number / max(1, count - 1))))
        if layer:
            frame = laid_over(frame, layer, smooth((number / FPS - 0.2) / APPEAR_S))
        yield frame


def video_frames(samples: Path, scenes: tuple[Scene, ...]) -> Iterator[Image.Image]:
    """The whole video: hard cuts between scenes, out of black at the start, into black at the end."""
    total = sum(round(scene.duration_s * FPS) for scene in scenes)
    black = Image.new("RGB", (WIDTH, HEIGHT))
    number = 0
    for scene in scenes:
        for frame in scene_frames(samples, scene):
            light = min(1.0, number / (0.5 * FPS), (total - 1 - number) / (0.8 * FPS))
            yield frame if light >= 1 else Image.blend(black, frame, smooth(light))
            number += 1

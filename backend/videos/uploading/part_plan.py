"""How a file is cut into parts."""

from __future__ import annotations

from dataclasses import dataclass

from videos.models import Upload

MIB = 1024**2
SMALLEST_PART_BYTES = 8 * MIB  # buckets want at least 5 MiB
LARGEST_PART_BYTES = 64 * MIB
MOST_PARTS = 10_000  # a bucket takes no more
LARGEST_FILE_BYTES = LARGEST_PART_BYTES * MOST_PARTS
_COMFORTABLE_PARTS = 1000


@dataclass(frozen=True, slots=True)
class PartPlan:
    """Every part but the last has ``part_size_bytes``; numbers count from 1."""

    size_bytes: int
    part_size_bytes: int

    @property
    def count(self) -> int:
        return -(-self.size_bytes // self.part_size_bytes)

    def has(self, number: int) -> bool:
        return 1 <= number <= self.count

    def offset(self, number: int) -> int:
        """Where a part begins in the file, in bytes."""
        return (number - 1) * self.part_size_bytes

    def length(self, number: int) -> int:
        """How many bytes a part has."""
        return min(self.part_size_bytes, self.size_bytes - self.offset(number))


def part_size_bytes(size_bytes: int) -> int:
    """Whole mebibytes: small parts lose little when a connection breaks, large ones keep their number down."""
    wanted = -(-size_bytes // (_COMFORTABLE_PARTS * MIB)) * MIB
    return min(max(wanted, SMALLEST_PART_BYTES), LARGEST_PART_BYTES)


def plan_of(upload: Upload) -> PartPlan:
    return PartPlan(upload.size_bytes, upload.part_size_bytes)

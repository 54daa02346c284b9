"""What a load showed, as a table a person reads: documents a second, CPU a document and memory, for each thousand
documents.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tests.chaos.ledger_audit import Verdict
from tests.chaos.load_watch import Said, Sample
from tests.chaos.processes import EMULATOR

PARTS = (EMULATOR, "extract", "enrich", "notify")
_STEP = 1_000
_BAR = 40
_WARM_SHARE = 0.2


@dataclass
class Loaded:
    """All that was seen of one run."""

    documents: int
    uploads: int
    upload_seconds: float
    started: float
    said: list[Said]
    samples: list[Sample]
    verdict: Verdict
    alert_times: list[float]
    left: Mapping[str, int]
    complaints: list[str] = field(default_factory=list)

    @property
    def ends(self) -> list[float]:
        """When each version had its first outcome, in order."""
        first: dict[str, float] = {}
        for one in self.said:
            first[one.version] = min(one.at, first.get(one.version, one.at))
        return sorted(first.values())

    @property
    def sound(self) -> bool:
        return self.verdict.clean and not self.complaints and not any(self.left.values())


def report(seed: int, run: Loaded) -> str:
    return "\n".join(
        [*_summary(seed, run), "", *_curve(run), "", *_memory(run), *(f"! {line}" for line in _complaints(run))]
    )


def _summary(seed: int, run: Loaded) -> list[str]:
    ends, verdict = run.ends, run.verdict
    results = {name: sum(one.result == name for one in run.said) for name in ("written", "duplicate", "stale")}
    rows = [
        ("seed", seed),
        ("documents", run.documents),
        ("uploads", run.uploads),
        ("uploaded a second", f"{run.uploads / run.upload_seconds:.1f}"),
        ("uploads with an outcome", len(ends)),
        *((f"outcome lines: {name}", count) for name, count in results.items()),
        *((f"records: {name}", count) for name, count in sorted(verdict.outcomes.items())),
        ("lost", len(verdict.lost)),
        ("wrong or not the newest", len(verdict.wrong)),
        ("alerts", verdict.alerts),
        ("alerts missing", len(verdict.unalerted)),
        ("alerts twice", len(verdict.alerted_twice) + verdict.same_id_twice),
        *verdict.stories.rows(),
        *((f"left in {name}", count) for name, count in run.left.items()),
        ("outcomes a second", f"{len(ends) / (ends[-1] - run.started):.1f}" if ends else "-"),
        ("alerts a second", _alert_rate(run)),
    ]
    return [f"{name:<28}{value!s:>10}" for name, value in rows]


def _alert_rate(run: Loaded) -> str:
    times = sorted(run.alert_times)
    return f"{(len(times) - 1) / (times[-1] - times[0]):.1f}" if len(times) > 1 and times[-1] > times[0] else "-"


def _curve(run: Loaded) -> list[str]:
    """One row per thousand outcomes.

    CPU by part in milliseconds an outcome (notify's are an alert's, paced, so not here).
    """
    rows = [
        f"{'outcomes':>13}{'a second':>10}{'emulator':>10}{'extract':>9}{'enrich':>8}   ms of CPU a document, left; a second, right"
    ]
    rates = list(_steps(run))
    fastest = max((rate for *_, rate, _ in rates), default=1.0)
    for first, last, rate, cpu in rates:
        bar = "█" * max(1, round(_BAR * rate / fastest))
        rows.append(
            f"{first:>6}-{last:<6}{rate:>10.1f}{cpu[EMULATOR]:>10.1f}{cpu['extract']:>9.1f}{cpu['enrich']:>8.1f}   {bar}"
        )
    return rows


def _steps(run: Loaded) -> Sequence[tuple[int, int, float, Mapping[str, float]]]:
    ends = run.ends
    edges = [*range(0, len(ends) - _STEP // 2, _STEP), len(ends)] if len(ends) > _STEP else [0, len(ends)]
    found = []
    for first, last in pairwise(edges):
        begun, over = ends[first - 1] if first else run.started, ends[last - 1]
        spent = {part: _cpu(run.samples, part, over) - _cpu(run.samples, part, begun) for part in PARTS}
        found.append(
            (
                first + 1,
                last,
                (last - first) / (over - begun),
                {part: 1000 * cpu / (last - first) for part, cpu in spent.items()},
            )
        )
    return found


def _cpu(samples: Sequence[Sample], part: str, at: float) -> float:
    """CPU seconds used by a moment, in a straight line between two samples."""
    place = min(max(1, bisect_left([sample.at for sample in samples], at)), len(samples) - 1)
    before, after = samples[place - 1], samples[place]
    share = min(1.0, max(0.0, (at - before.at) / (after.at - before.at)))
    used = before.cpu.get(part, 0.0)
    return used + share * (after.cpu.get(part, 0.0) - used)


def _memory(run: Loaded) -> list[str]:
    """Each process: megabytes when warm, at the end, at most, and the slope between, by least squares over time."""
    rows = [f"{'process':<22}{'warm MB':>9}{'end MB':>8}{'peak MB':>9}{'MB an hour':>12}"]
    for (part, pid), series in sorted(_series(run.samples).items()):
        warm = series[int(_WARM_SHARE * len(series)) :]
        sizes = [size for _, size in series]
        told = f"{warm[0][1]:>9.0f}{sizes[-1]:>8.0f}{max(sizes):>9.0f}{3600 * slope(warm):>12.1f}"
        rows.append(f"{part} {pid}".ljust(22) + told)
    return [*rows, "The emulator holds every object, item, message and log line in memory: its size is not Clipwire's."]


def _series(samples: Sequence[Sample]) -> Mapping[tuple[str, int], list[tuple[float, float]]]:
    found: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for sample in samples:
        for name, size in sample.megabytes.items():
            found.setdefault(name, []).append((sample.at, size))
    return found


def slope(series: Sequence[tuple[float, float]]) -> float:
    """Least squares; 0 for fewer than two points."""
    count = len(series)
    mean_x, mean_y = sum(x for x, _ in series) / count, sum(y for _, y in series) / count
    spread = sum((x - mean_x) ** 2 for x, _ in series)
    return sum((x - mean_x) * (y - mean_y) for x, y in series) / spread if spread else 0.0


def _complaints(run: Loaded) -> list[str]:
    verdict = run.verdict
    return [
        *run.complaints,
        *verdict.lost[:5],
        *verdict.wrong[:5],
        *verdict.unalerted[:5],
        *verdict.alerted_twice[:5],
        *verdict.stories.joined_wrongly[:5],
    ]

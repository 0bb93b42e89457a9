#!/usr/bin/env python3
"""Measures tapwasm beside CDKTF's JavaScript flavour, on the same stacks, in one run. See README.md."""

import argparse
import collections
import hashlib
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = ["generic.js", "payment.js", "topics.js"]
# Warm is what follows a first run: the compiled component is cached. Either nothing is emitted or stored yet, or all
# of it is and nothing changed.
WARM = {"empty": "warm, empty folders", "unchanged": "warm, unchanged"}

Measurement = collections.namedtuple("Measurement", "cpu wall peak")  # seconds, seconds, MiB
Shape = collections.namedtuple("Shape", "types leaves")


# --- one measured process


def measure(work, command, cwd, env):
    """Runs a command from a small process of its own (measure.py says why) with nothing of our environment but PATH."""
    log = work / "log"
    env = {"PATH": os.environ["PATH"], "HOME": str(work), "LC_ALL": "C.UTF-8", **env}
    measured = [sys.executable, "-I", "-S", str(HERE / "measure.py"), str(log), *map(str, command)]
    answer = subprocess.run(measured, cwd=cwd, env=env, check=True, stdout=subprocess.PIPE, text=True)
    cpu, wall, peak, status = answer.stdout.split()
    if status != "0":
        sys.exit(f"{' '.join(map(str, command))}: exit status {status}\n{log.read_text(errors='replace')[-4000:]}")
    return Measurement(float(cpu), float(wall), float(peak) / 1024)


def median(measurements):
    """Returns the median of each number, and the highest peak rather than the median one: memory is a limit."""
    cpu, wall, peak = zip(*measurements)
    return Measurement(statistics.median(cpu), statistics.median(wall), max(peak))


# --- the two subjects


def prepare(work):
    """Installs the peer's packages as the lock file pins them, once, and lays its programs and assets out."""
    lock = (HERE / "package-lock.json").read_bytes()
    caches = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "tapwasm-peers"
    cached = caches / hashlib.sha256(lock).hexdigest()[:16]
    if not cached.exists():
        caches.mkdir(parents=True, exist_ok=True)
        # In a folder beside it and then renamed: an interrupted installation is never taken for a whole one.
        with tempfile.TemporaryDirectory(dir=caches) as fresh:
            package = pathlib.Path(fresh) / "package"
            package.mkdir()
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / name, package)
            npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(npm, cwd=package, check=True, stdout=sys.stderr)
            package.rename(cached)
    for name in PROGRAMS:
        shutil.copy(HERE / "programs" / name, work)
    (work / "node_modules").symlink_to(cached / "node_modules")

    # What is zipped does not matter, only that it is as large as a small function's source.
    for name, entry in {"payment_metrics": "payment_metrics.py", "canary": "nodejs/node_modules/index.js"}.items():
        source = work / "assets" / name / entry
        source.parent.mkdir(parents=True)
        source.write_text("".join(f"# line {n}\n" for n in range(300)))
        with zipfile.ZipFile(work / "assets" / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(source, entry)


def run_peer(work, node, program, env):
    with tempfile.TemporaryDirectory(dir=work) as folder:
        env = {"ASSETS": str(work / "assets"), **env}
        measurement = measure(work, [node, work / program], folder, env)
        return measurement, shape(folder, "cdktf.out/stacks/*/cdk.tf.json")


def run_ours(work, tapwasm, wasm, inputs):
    """Runs tapwasm three times: nothing cached; cache filled and nothing emitted yet; once more, unchanged."""
    with tempfile.TemporaryDirectory(dir=work) as folder:
        folder = pathlib.Path(folder)

        def run(out):
            paths = ["--out", folder / out / "out", "--state", folder / out / "state"]
            (folder / out).mkdir(exist_ok=True)
            command = [tapwasm, "run", wasm, *paths, *(word for i in inputs for word in ("--input", i))]
            return measure(work, command, folder, {"XDG_CACHE_HOME": str(folder / "cache")})

        (folder / "cache").mkdir()
        measurements = {"first": run("a"), "empty": run("b"), "unchanged": run("b")}
        return measurements, shape(folder, "b/out/stacks/*/main.tf.json")


def shape(folder, pattern):
    """Returns what one run emitted: resources by type, and the number of their arguments' plain values."""
    (path,) = pathlib.Path(folder).glob(pattern)
    resources = json.loads(path.read_bytes())["resource"]
    return Shape({t: len(named) for t, named in resources.items()}, leaves(resources))


def leaves(value):
    if isinstance(value, dict):
        return sum(leaves(v) for k, v in value.items() if k != "//")
    return sum(map(leaves, value)) if isinstance(value, list) else 1


# --- a stack on both sides


def compare(work, args, name, program, wasm, env=None, inputs=()):
    """Measures one stack on both sides, alternating, prints its rows and returns the medians."""
    ours = {"first": [], "empty": [], "unchanged": []}
    peers, packing = [], []
    for n in range(args.runs):
        if sys.stderr.isatty():
            print(f"{name}: run {n + 1} of {args.runs}", end="\r", file=sys.stderr, flush=True)
        measurement, peer_shape = run_peer(work, args.node, program, env or {})
        peers.append(measurement)
        if program == "payment.js":
            packing.append(run_peer(work, args.node, program, {"PACK": "1"})[0])
        measurements, our_shape = run_ours(work, args.tapwasm, wasm, inputs)
        for state, measurement in measurements.items():
            ours[state].append(measurement)
        check_same_stack(name, peer_shape, our_shape)

    peer = median(peers)
    row(f"{name}, CDKTF", peer, peer, peer_shape)
    if packing:
        row(f"{name}, CDKTF, packing the zips itself", median(packing), peer, peer_shape)
    medians = {state: median(measurements) for state, measurements in ours.items()}
    for state, label in {"first": "first run", **WARM}.items():
        row(f"{name}, tapwasm, {label}", medians[state], peer, our_shape)
    return peer, medians


def check_same_stack(name, peer, ours):
    """Stops unless ours declares at least what the peer does: the side that declares less would win by it."""
    short = [t for t, n in peer.types.items() if ours.types.get(t, 0) < n]
    if short:
        sys.exit(f"{name}: not the same stack: tapwasm's has fewer resources of {', '.join(short)}")
    # A tenth of slack: the two may spell a block differently.
    if ours.leaves < 0.9 * peer.leaves:
        sys.exit(f"{name}: not the same stack: {ours.leaves} argument values in tapwasm's, {peer.leaves} in CDKTF's")


HEADER = f"{'':<50}{'resources':>10}{'values':>9}{'CPU ms':>10}{'wall ms':>10}{'peak MiB':>10}{'CPU / CDKTF':>13}"


def row(subject, m, peer, shape):
    numbers = f"{m.cpu * 1000:>10.1f}{m.wall * 1000:>10.1f}{m.peak:>10.1f}{m.cpu / peer.cpu:>13.4f}"
    print(f"{subject:<50}{sum(shape.types.values()):>10}{shape.leaves:>9}{numbers}", flush=True)


# --- the numbers to beat, as (what, comparison, target, measured, unit)


def warm_targets(name, medians, cpu_ms, peak):
    for state, label in WARM.items():
        yield f"{name}, {label}: CPU", "<", cpu_ms, medians[state].cpu * 1000, "ms"
        yield f"{name}, {label}: peak", "<", peak, medians[state].peak, "MiB"


def payment_targets(peer, medians):
    yield from warm_targets("payment", medians, 8, 40)
    for state, label in WARM.items():
        yield f"payment, {label}: CPU under CDKTF's", ">=", 50, peer.cpu / medians[state].cpu, "times"
    yield "payment, first run: wall", "<", 400, medians["first"].wall * 1000, "ms"


def expression_targets(work, args, peer, plain):
    """Measures as many resources with templates, calls, for_each and nested blocks, and holds them against the plain ones."""
    ours = {"first": [], "empty": [], "unchanged": []}
    for _ in range(args.runs):
        measurements, groups = run_ours(work, args.tapwasm, args.groups.resolve(), ["count=10000"])
        for state, measurement in measurements.items():
            ours[state].append(measurement)
    medians = {state: median(measurements) for state, measurements in ours.items()}
    for state, label in {"first": "first run", **WARM}.items():
        row(f"10000 with expressions, tapwasm, {label}", medians[state], peer, groups)
    for state, label in WARM.items():
        times = medians[state].cpu / plain[state].cpu
        yield f"10000 with expressions, {label}: CPU", "<", 2, times, "times the plain ones"


def rebuild_target(args):
    """Times the build of a guest after a change: its first file is touched, everything that it depends on is built before."""
    source = args.crate / "src" / "lib.rs"
    build = [args.tapwasm, "build", args.crate]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    times = []
    for _ in range(args.runs):
        source.touch()
        begun = time.monotonic()
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.monotonic() - begun)
    yield f"{args.crate.name}, rebuilt after a change: wall", "<", 5, statistics.median(times), "s"


def report(targets):
    """Prints target, measured and verdict of each number; returns whether all are met."""
    print(f"\n{'':<60}{'target':>14}{'measured':>14}")
    all_met = True
    for what, comparison, target, measured, unit in targets:
        met = measured < target if comparison == "<" else measured >= target
        all_met &= met
        asked = f"{comparison} {target} {unit}"
        print(f"{what:<60}{asked:>14}{f'{measured:.1f} {unit}':>14}  {'met' if met else 'MISSED'}")
    return all_met


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tapwasm", required=True, type=pathlib.Path, help="the binary, built in release mode")
    parser.add_argument("--payment", type=pathlib.Path, help="component of guest/payment-observability")
    parser.add_argument("--topics", type=pathlib.Path, help="component that declares `count` topics and subscriptions")
    parser.add_argument("--groups", type=pathlib.Path, help="component that declares as many resources with expressions; with --topics")
    parser.add_argument("--crate", type=pathlib.Path, help="guest crate whose rebuild is timed: guest/payment-observability")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="also 100 000 resources (about half a minute a run)")
    args = parser.parse_args()
    if not (args.payment or args.topics):
        parser.error("give --payment, --topics or both")
    for path in filter(None, (args.tapwasm, args.payment, args.topics)):
        if not path.is_file():
            parser.error(f"{path}: no such file")
    if not os.access(args.tapwasm, os.X_OK):
        parser.error(f"{args.tapwasm}: not executable")
    args.node = shutil.which("node") or parser.error("node is not on the PATH")
    args.tapwasm = args.tapwasm.resolve()

    with tempfile.TemporaryDirectory(prefix="tapwasm-peers-") as folder:
        work = pathlib.Path(folder)
        prepare(work)
        floor = median([measure(work, [shutil.which("true")], work, {}) for _ in range(args.runs)])
        node = subprocess.run([args.node, "--version"], check=True, capture_output=True, text=True).stdout.strip()
        cdktf = json.loads((HERE / "package.json").read_text())["dependencies"]["cdktf"]
        machine = f"{platform.machine()}, {os.cpu_count()} processors"
        print(f"{machine}, node {node}, cdktf {cdktf}; median of {args.runs} runs")
        print(f"`true` measures {floor.cpu * 1000:.1f} ms of CPU and {floor.peak:.1f} MiB: nothing can show less\n")
        print(HEADER)
        targets = []
        if args.payment:
            targets += payment_targets(*compare(work, args, "payment", "payment.js", args.payment.resolve()))
        limits = {10_000: (150, 100), 100_000: (1500, 500)} if args.large else {10_000: (150, 100)}
        for count, limit in limits.items() if args.topics else ():
            both = {"env": {"COUNT": str(count)}, "inputs": [f"count={count}"]}
            peer, medians = compare(work, args, f"{count} resources", "topics.js", args.topics.resolve(), **both)
            targets += warm_targets(f"{count} resources", medians, *limit)
            if args.groups and count == 10_000:
                targets += expression_targets(work, args, peer, medians)
        if args.crate:
            targets += rebuild_target(args)
    sys.exit(0 if report(targets) else 1)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measures what bindings take: to generate, to check, to build a guest with. CDKTF's figures stand beside ours. See README.md."""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from run import measure, median, report

HERE = pathlib.Path(__file__).resolve().parent
WORKSPACE = HERE.parent.parent

# What a user of CDKTF 0.20 meets with its published bindings for AWS, and with bindings of one's own by `cdktf get`. Not measured here: the
# packages are half a gigabyte each, and `cdktf get` downloads the provider.
CDKTF = [
    ("bindings for AWS, Python: installed", "486 MiB"),
    ("bindings for AWS, Python: to import", "17 s"),
    ("bindings for AWS, npm: installed", "392 MiB"),
    ("bindings of one's own for AWS: to generate", "hours, 20 GB"),
]

MANIFEST = """\
[package]
name = "generated-bindings"
version = "0.1.0"
edition = "2024"

[dependencies]
tapwasm-guest = {{ path = {sdk} }}

[workspace]
"""


def bindgen(work, args, only):
    """Returns what generating takes: a whole process, into an empty folder."""
    measurements = []
    for _ in range(args.runs):
        with tempfile.TemporaryDirectory(dir=work) as folder:
            command = [args.tapwasm, "bindgen", "--schema", args.schema, "--only", only, "--out", pathlib.Path(folder) / "out"]
            measurements.append(measure(work, command, folder, {}))
    return median(measurements)


def size(folder):
    return sum(path.stat().st_size for path in pathlib.Path(folder).rglob("*") if path.is_file()) / 2**20


def spread(names, n):
    return ",".join(names[position * len(names) // n] for position in range(n))


def cargo_env():
    return {name: os.environ[name] for name in ("PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME") if name in os.environ}


def check_targets(work, args, names):
    """Times `cargo check` of bindings of 100 types when all that they depend on is built."""
    crate = work / "generated-bindings"
    (crate / "src").mkdir(parents=True)
    (crate / "Cargo.toml").write_text(MANIFEST.format(sdk=json.dumps(str(WORKSPACE / "guest" / "sdk"))))
    (crate / "src" / "lib.rs").write_text("")
    shutil.copy(WORKSPACE / "Cargo.lock", crate)
    check = ["cargo", "check", "--quiet", "--offline", "--target-dir", str(work / "check")]
    subprocess.run(check, cwd=crate, check=True, env=cargo_env())
    command = [args.tapwasm, "bindgen", "--schema", args.schema, "--only", spread(names, 100), "--out", crate / "src" / "bindings"]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    (crate / "src" / "lib.rs").write_text("mod bindings;\npub use bindings::*;\n")
    times = []
    for _ in range(args.runs):
        (crate / "src" / "lib.rs").touch()
        begun = time.monotonic()
        subprocess.run([*check, "--config", "build.incremental=false"], cwd=crate, check=True, env=cargo_env())
        times.append(time.monotonic() - begun)
    yield "cargo check of 100 types, dependencies built: wall", "<", 10, statistics.median(times), "s"


def guest_targets(work, args):
    """Times builds of a guest: from nothing, and after a change; and looks at the component's size. In a copy of the checkout, where nothing was built."""
    copy = work / "checkout"
    ignored = shutil.ignore_patterns("target", ".git", "tapwasm.out", ".tapwasm", "node_modules")
    shutil.copytree(WORKSPACE, copy, ignore=ignored, symlinks=True)
    crate = copy / args.crate.relative_to(WORKSPACE)

    def timed():
        begun = time.monotonic()
        command = [args.tapwasm, "build", crate]
        built = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=cargo_env())
        return time.monotonic() - begun, pathlib.Path(built.stdout.strip())

    clean, component = timed()
    yield f"{crate.name}, built from nothing: wall", "<", 30, clean, "s"
    times = []
    for _ in range(args.runs):
        (crate / "src" / "lib.rs").touch()
        times.append(timed()[0])
    yield f"{crate.name}, rebuilt after a change: wall", "<", 5, statistics.median(times), "s"
    yield f"{crate.name}, its component", "<", 400, component.stat().st_size / 1000, "KB"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tapwasm", required=True, type=pathlib.Path, help="the binary, built in release mode")
    parser.add_argument("--schema", required=True, type=pathlib.Path, help="`terraform providers schema -json` of hashicorp/aws")
    parser.add_argument("--crate", required=True, type=pathlib.Path, help="guest crate of this checkout that is built")
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    args.tapwasm, args.schema, args.crate = args.tapwasm.resolve(), args.schema.resolve(), args.crate.resolve()
    (provider,) = json.loads(args.schema.read_text())["provider_schemas"].values()
    names = sorted(provider["resource_schemas"])

    with tempfile.TemporaryDirectory(prefix="tapwasm-bindings-") as folder:
        work = pathlib.Path(folder)
        twenty = bindgen(work, args, spread(names, 20))
        everything = bindgen(work, args, "aws_*")
        targets = [
            ("bindgen of 20 types of AWS: wall", "<", 0.3, twenty.wall, "s"),
            (f"bindgen of all {len(names)}: wall", "<", 5, everything.wall, "s"),
            (f"bindgen of all {len(names)}: peak", "<", 500, everything.peak, "MiB"),
            *check_targets(work, args, names),
            *guest_targets(work, args),
        ]
        print("CDKTF, for comparison (not measured in this run)")
        for what, figure in CDKTF:
            print(f"  {what:<58}{figure:>14}")
        print(f"  {'ours: text of the 100 types':<58}{size(work / 'generated-bindings' / 'src'):>10.1f} MiB")
    sys.exit(0 if report(targets) else 1)


if __name__ == "__main__":
    main()

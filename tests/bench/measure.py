"""Running a command and reading what the system says about it. Standard library only."""
import os
import statistics
import time


class Run:
    """One finished run: wall and processor seconds, peak memory, exit status."""

    def __init__(self, wall, usage, status):
        self.wall = wall
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak_mb = usage.ru_maxrss / 1024  # Linux counts in KiB
        self.status = os.waitstatus_to_exitcode(status)


def run(command, env=None, cwd=None):
    """Runs a command with its output thrown away."""
    where = os.getcwd()
    if cwd:
        os.chdir(cwd)
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, stream) for stream in (0, 1, 2)]
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, {**os.environ, **(env or {})}, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    os.close(null)
    os.chdir(where)
    return Run(wall, usage, status)


def in_turn(commands, rounds, env=None, warm_up=1):
    """Runs commands one after the other, round by round, so that a busy moment hits all alike.
    `commands` are (name, command) or (name, command, environment)."""
    runs = {name: [] for name, *_ in commands}
    for turn in range(-warm_up, rounds):
        for name, command, *own in commands:
            done = run(command, {**(env or {}), **(own[0] if own else {})})
            if turn >= 0:
                runs[name].append(done)
    return runs


def median(runs, what):
    """The median of a figure over runs."""
    return statistics.median(getattr(each, what) for each in runs)


def spread(runs, what):
    """Least, median and most."""
    values = sorted(getattr(each, what) for each in runs)
    return values[0], statistics.median(values), values[-1]


def pairs(first, second, what):
    """Median difference and median ratio of runs that were made side by side."""
    both = [(getattr(a, what), getattr(b, what)) for a, b in zip(first, second)]
    return statistics.median(a - b for a, b in both), statistics.median(a / max(b, 1e-9) for a, b in both)

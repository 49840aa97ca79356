#!/usr/bin/env python3
"""Reads the calendar and the spreadsheet of `connote audit` with other hands' readers.

  plans.py AUDIT.json PLAN.ics PLAN.csv

Each day of withdrawals must be one entry that names everybody of that day, each step of a re-send another;
the spreadsheet must have a row for each withdrawal, in order, and no cell that a spreadsheet would run.
"""
import collections
import csv
import datetime
import json
import sys

import icalendar


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        audit = json.load(file)
    with open(sys.argv[2], "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    with open(sys.argv[3], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    days = collections.defaultdict(list)
    for one in audit["withdraw"]:
        days[datetime.date.fromisoformat(one["on"])].append(one["name"])
    events = calendar.walk("VEVENT")
    withdrawals = [event for event in events if event["SUMMARY"].startswith("Withdraw ")]
    assert {event["DTSTART"].dt for event in withdrawals} == set(days)
    for event in withdrawals:
        assert event["DTEND"].dt - event["DTSTART"].dt == datetime.timedelta(days=1)
        for name in days[event["DTSTART"].dt]:
            assert name in event["DESCRIPTION"], name
    steps = [step for one in audit["resend"] for step in one["steps"]]
    assert len(events) == len(days) + len(steps)
    assert len({str(event["UID"]) for event in events}) == len(events) > 0
    assert [(row["on"], row["name"]) for row in rows] == [(one["on"], one["name"]) for one in audit["withdraw"]]
    for row in rows:
        for cell in row.values():
            assert not cell or cell[0] not in "=+-@\t\r", cell
    print(len(events), "entries and", len(rows), "rows, all as planned")


if __name__ == "__main__":
    main()

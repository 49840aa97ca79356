#!/usr/bin/env python3
"""Reads a calendar of `connote schedule` with the package icalendar, and compares it with the plan in JSON.

  calendar.py PLAN.ics PLAN.json

Every draft with a send time must have one entry at that moment, with an alarm and a text, and nobody
else. Local times are worked out anew with Python's own database of zones, on both sides of changes of clocks.
"""
import datetime
import json
import sys
import zoneinfo

import icalendar


def main():
    with open(sys.argv[1], "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    with open(sys.argv[2], encoding="utf-8") as file:
        plan = json.load(file)
    events = calendar.walk("VEVENT")
    starts = sorted(event["DTSTART"].dt for event in events)
    moments = {}
    for note in plan["notes"]:
        if note["send_at"] is None:
            assert note["why_not"], note
            continue
        moment = datetime.datetime.fromisoformat(note["send_at"].replace("Z", "+00:00"))
        moments[note["id"]] = moment
        if note["timezone"]:
            there = moment.astimezone(zoneinfo.ZoneInfo(note["timezone"]))
            written, _, zone = note["send_at_local"].rstrip("]").partition("[")
            assert datetime.datetime.fromisoformat(written) == there, note
            assert there.utcoffset() == datetime.datetime.fromisoformat(written).utcoffset(), note
            assert zone == note["timezone"], note
            assert 9 <= there.hour < 17, note
    assert starts == sorted(moments.values()), (starts, moments)
    assert len({str(event["UID"]) for event in events}) == len(events) > 0
    for event in events:
        assert event["SUMMARY"] and event["DESCRIPTION"]
        assert len(event.walk("VALARM")) == 1
    print(len(events), "entries, all as planned")


if __name__ == "__main__":
    main()

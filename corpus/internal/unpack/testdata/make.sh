#!/usr/bin/env bash
# Makes the archives of the tests, with other programs than klew: zip, zipcloak and zipnote
# (Debian's zip), tar, gzip, zstd, and Python's zipfile and tarfile. Each holds what the
# functions below write. Times and owners are fixed, so that the same versions of the
# programs make the same bytes.
set -euo pipefail
cd "$(dirname "$0")"
out=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mkdir -p tree/sea/deep tree/.git
echo 'The boat sails.' >tree/boat.txt
echo 'A harbour for boats.' >tree/sea/harbour.txt
echo 'Wale und Möwen.' >tree/sea/deep/möwe.txt
: >tree/sea/empty.txt
echo 'hidden' >tree/.git/config
echo 'hidden too' >tree/.git/HEAD
ln -s boat.txt tree/link.txt
find tree -exec touch -hd '2020-02-02 02:02:02 UTC' {} +
export TZ=UTC

tar='tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@1580608922'
rm -f "$out"/*.{zip,tar,gz,tgz,zst,docx,bin}
gzip -n9c tree/boat.txt >"$out/boat.txt.gz"
zstd -q19c tree/boat.txt >"$out/boat.txt.zst"
cat "$out/boat.txt.gz" <(gzip -n9c tree/sea/harbour.txt) >"$out/two.txt.gz"
cat "$out/boat.txt.zst" <(zstd -q19c tree/sea/harbour.txt) >"$out/two.txt.zst"
gzip -nc "$out/boat.txt.gz" >"$out/twice.txt.gz.gz"
$tar -cf tree.tar tree
gzip -n9c tree.tar >"$out/tree.tar.gz"
cp "$out/tree.tar.gz" "$out/tree.tgz"
zstd -q19c tree.tar >"$out/tree.tar.zst"
for format in v7 oldgnu gnu posix; do
	$tar --format=$format -cf - tree/boat.txt tree/sea/harbour.txt | gzip -n9 >"$out/$format.tar.gz"
done
tar -cf - -T /dev/null | gzip -n9 >"$out/nothing.tar.gz"
zip -qrX --symlinks "$out/tree.zip" tree
zip -qX0 "$out/stored.zip" tree/boat.txt
zip -qX - tree/boat.txt | cat >"$out/streamed.zip"
zip -qXr "$out/encrypted.zip" tree/boat.txt tree/sea/harbour.txt -P secret
zip -qX "$out/encrypted.zip" tree/sea/deep/möwe.txt
yes 'boats and more boats' | head -100 >long.txt && touch -d '2020-02-02 02:02:02' long.txt
zip -qXZ bzip2 "$out/bzip2.zip" long.txt
zip -qX "$out/bzip2.zip" tree/sea/harbour.txt
(cd "$out" && zip -qX0 "$work/outer.zip" tree.zip boat.txt.gz tree.tgz && cp "$work/outer.zip" .)
gzip -n9c "$out/tree.zip" >"$out/tree.zip.gz"
head -c 900 "$out/tree.zip" >"$out/cut.zip"
head -c 25 "$out/boat.txt.gz" >"$out/cut.txt.gz"
head -c 1540 tree.tar | gzip -n9 >"$out/cut.tar.gz"
head -c 170 "$out/tree.tgz" >"$out/cut.tgz"
python3 - "$out" <<'PYTHON'
import io, sys, tarfile, zipfile
out = sys.argv[1]
# Two files of one name, a way out, backslashes, a name in the letters of the IBM PC.
with tarfile.open(f"{out}/names.tar.gz.raw", "w") as t:
    for name, text in [("a.txt", "first"), ("a.txt", "second"), ("../../etc/x.txt", "out"), ("/abs.txt", "absolute")]:
        info = tarfile.TarInfo(name); data = text.encode(); info.size = len(data)
        t.addfile(info, io.BytesIO(data))
class OEM(zipfile.ZipInfo):
    def _encodeFilenameFlags(self):
        return self.filename.encode("cp437"), self.flag_bits & ~0x800
with zipfile.ZipFile(f"{out}/names.zip", "w") as z:
    for info, text in [(zipfile.ZipInfo("dir\\a.txt"), "one"), (OEM("möwe.txt"), "two"), (zipfile.ZipInfo("../b.txt"), "three"),
                       (zipfile.ZipInfo("__MACOSX/._a.txt"), "x"), (zipfile.ZipInfo("__MACOSX/._b.txt"), "x")]:
        z.writestr(info, text)
with zipfile.ZipFile(f"{out}/lzma.zip", "w", zipfile.ZIP_LZMA) as z:
    z.writestr(zipfile.ZipInfo("a.txt"), "one", compress_type=zipfile.ZIP_LZMA)
with zipfile.ZipFile(f"{out}/letter.docx", "w") as z:
    for name in ["[Content_Types].xml", "word/document.xml"]:
        z.writestr(zipfile.ZipInfo(name), "<x/>")
with zipfile.ZipFile(f"{out}/empty.zip", "w"):
    pass
# Sixteen MiB of one letter.
with zipfile.ZipFile(f"{out}/bomb.zip", "w") as z:
    z.writestr(zipfile.ZipInfo("bomb.txt"), b"a" * (16 << 20), compress_type=zipfile.ZIP_DEFLATED, compresslevel=9)
    z.writestr(zipfile.ZipInfo("after.txt"), b"still here")
PYTHON
gzip -n9c "$out/names.tar.gz.raw" >"$out/names.tar.gz"
rm "$out/names.tar.gz.raw"
head -c 16777216 /dev/zero | tr '\0' a | zstd -q19c >"$out/bomb.txt.zst"
truncate -s 8G sparse.txt
printf 'head of a text\n' | dd of=sparse.txt conv=notrunc status=none
$tar -S -cf - sparse.txt | gzip -n9 >"$out/sparse.tar.gz"

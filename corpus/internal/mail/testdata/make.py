#!/usr/bin/env python3
"""Makes the messages beside it with Python's email and mailbox modules, and says what must
be read from them in .want files. Needs Python 3.11 and nothing else; run it in any folder.
"""
import email.charset
import email.header
import email.message
import email.mime.text
import email.policy
import json
import mailbox
import os

here = os.path.dirname(os.path.abspath(__file__))
policy = email.policy.SMTP


def message(subject, body=None, sender="Ada Löwe <ada@example.org>", **options):
    m = email.message.EmailMessage(policy=policy)
    m["From"] = sender
    m["To"] = "bob@example.org"
    m["Subject"] = subject
    m["Date"] = "Tue, 02 Mar 2021 10:00:00 +0100"
    m["Message-ID"] = "<1@example.org>"
    if body is not None:
        m.set_content(body, **options)
    return m


def want(name, subject, body, sender="Ada Löwe <ada@example.org>"):
    with open(os.path.join(here, name + ".want"), "w", encoding="utf-8") as f:
        f.write(f"from: {sender}\nto: bob@example.org\nsubject: {subject}\ndate: Tue, 02 Mar 2021 10:00:00 +0100\n")
        f.write(f"message-id: <1@example.org>\n\n{body}")


def save(name, m, subject, body):
    for i, part in enumerate(m.walk()):
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            part.set_boundary(f"=_cut_{i}")  # else it is random
    with open(os.path.join(here, name), "wb") as f:
        f.write(m.as_bytes())
    want(name, subject, body)


plain = "The cheese is ripe.\nBring bread, and a knife."
german = "Der Käse ist reif – bringt Brot für 5 €, „und“ ein Messer mit.\n" + "Ein langer Satz mit vielen Wörtern, " * 6 + "endet hier."
japanese = "チーズが熟しました。パンを持って来てください。"

save("plain.eml", message("Cheese", plain), "Cheese", plain)
long = "Käse, und zwar so viel davon, dass diese Zeile in mehreren Stücken verschickt werden muss: 東京"
save("quoted-printable.eml", message(long, german, cte="quoted-printable"), long, german)
save("base64.eml", message("Käse", german, cte="base64"), "Käse", german)
save("8bit.eml", message("Käse", german, cte="8bit"), "Käse", german)
save("latin1.eml", message("Käse", "Der Käse für Zoë.", charset="iso-8859-1", cte="8bit"), "Käse", "Der Käse für Zoë.")
save("koi8-r.eml", message("сыр", "Сыр созрел.", charset="koi8-r", cte="base64"), "сыр", "Сыр созрел.")
save("iso-2022-jp.eml", message("チーズ", japanese, charset="iso-2022-jp", cte="7bit"), "チーズ", japanese)

m = message("Both", plain)
m.add_alternative("<p>The <b>cheese</b> is ripe, in HTML.</p>", subtype="html")
save("alternative.eml", m, "Both", plain)

m = message("Rich")
m.set_content("<p>The <b>cheese</b> is ripe, in HTML.</p>", subtype="html")
save("html.eml", m, "Rich", "HTML:<p>The <b>cheese</b> is ripe, in HTML.</p>")

m = message("Picture", plain)
m.add_alternative("<p>In HTML.</p><img src='cid:1'>", subtype="html")
m.get_payload()[1].add_related(b"\x89PNG\r\n", "image", "png", cid="<1>")
m.add_attachment(b"%PDF-1.7 not to be read", maintype="application", subtype="pdf", filename="a.pdf")
m.add_attachment("not to be read either", filename="notes.txt")
save("nested.eml", m, "Picture", plain)

m = message("Forward", plain)
inner = message("Inner", "The words of the inner message.")
part = email.message.MIMEPart(policy=policy)
part.set_content(inner, disposition="inline")
m.make_mixed()
m.attach(part)
save("message.eml", m, "Forward", plain + "\n\nThe words of the inner message.")

# An old kind of encoded word: several in a row, of two charsets.
old = email.mime.text.MIMEText(plain, "plain", "us-ascii")
old["From"] = email.header.Header("Ada Löwe", "iso-8859-1").encode() + " <ada@example.org>"
old["To"] = "bob@example.org"
old["Subject"] = email.header.Header("Käse ", "iso-8859-1").encode() + " " + email.header.Header("сыр", "koi8-r").encode()
old["Date"] = "Tue, 02 Mar 2021 10:00:00 +0100"
old["Message-ID"] = "<1@example.org>"
save("words.eml", old, "Käse сыр", plain)

path = os.path.join(here, "three.mbox")
if os.path.exists(path):
    os.remove(path)
box = mailbox.mbox(path)
bodies = ["One.\n\nFrom the cellar comes a smell.", "Two.\n\n>From the attic, quoted.\n\nFrom: is no new message", "Three."]
for body in bodies:
    kept = mailbox.mboxMessage(message("Cheese", body))
    kept.set_from("ada@example.org", (2021, 3, 2, 10, 0, 0, 1, 61, 0))
    box.add(kept)
box.close()
# Python escapes "From " but not ">From ", so that this one comes back without its mark.
bodies[1] = bodies[1].replace(">From", "From")
with open(path + ".want", "w", encoding="utf-8") as f:
    json.dump(bodies, f, indent=1)

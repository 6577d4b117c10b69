// Package mail reads e-mails, the messages of an mbox, and posts to newsgroups, and
// leaves of each what its author wrote there and then.
//
// A message is a block of header fields, an empty line, and a body:
//
//	From: ada@example.org (Ada)
//	Subject: Re: cheese
//
//	In article <1@example.org> bob@example.org (Bob) writes:
//	> Is it ripe?
//
//	It is.
//	--
//	Ada            ada@example.org
//
// of which only "It is." is news. The rest is the same in hundreds of messages, and left
// in it makes topics of its own: of host names, of the man who posts most, of a much
// quoted article.
//
// # What is read
//
// The header is decoded (RFC 2047), and forgiving: a line that is no field does not end
// it if fields follow, and blanks may stand before a colon. Of a body in several parts
// (RFC 2045) the plain texts are taken, of parts that say the same the plain one, else HTML
// as Options.HTML makes text of it. If the header does not name the boundary of the parts,
// or one that is not there, the first line that looks like one is taken. Attachments are
// passed over, and counted; messages within a message are read too. What quoted-printable
// and base64 cannot mean is passed over, but for a footer below base64, and a body that is not
// in the encoding that its header names is left as it is.
//
// How bytes become letters is for the caller to say (Options.Decode). A header with bytes
// beyond ASCII is read in the charset of the first part.
//
// # What is dropped
//
// Always what is no text: uuencoded and base64 data, PGP signatures, keys and encrypted
// messages.
//
// Unless Options.KeepQuotes: lines that begin with '>', also behind initials; lines that
// begin with another sign, where a line such as "Bob writes:" or several such lines show
// that it marks a quotation; the lines that say whose words follow, in several languages;
// an indented paragraph right behind one; what follows "-----Original Message-----";
// header fields within the body. A message that answers nothing and is nothing but
// quotation is kept.
//
// Unless Options.KeepSignature: what follows a line "--" near the end; short blocks at
// the end behind a line of dashes or the like, in a box, or with an address, a telephone
// number or a URL; the author's name, and wishes, in lines of their own at the end.
//
// All of this is guessing, tuned on the 19,997 posts of 20 Newsgroups. It errs on the
// side of keeping: long blocks and whole sentences stay, and so does all of a body of more
// than 16 MB. Of these posts 71 become empty: 41 were, most others were nothing but a
// quotation.
package mail

// Package remote is how other programs have klew calculate for them: a process that reads frames
// from standard input, writes frames to standard output, and keeps nothing. A cluster runs as many
// of them as it has tasks, and what has come out of one goes into others. What is calculated is
// package shard's.
//
// A pass over the blocks is three tasks, which may run anywhere:
//
//	expect   W, BLCK...      one or more STAT: what some of the blocks add up to
//	add      STAT...         those of the same key added up, for few to be left
//	advance  PASS, STAT...   PASS and W for the next pass, and INFO: pass, divergence, done;
//	                            when it is done, topics are in order of falling numbers of tokens
//
// Before the first comes start (BLCK..., some of them; PASS, W, INFO), and after the last solve
// (W, BLCK...; H of each).
//
// # A conversation
//
// Both sides begin with a frame "KLEW". The caller's holds, in JSON, the version of this protocol
// and what to do, which the worker's repeats:
//
//	{"protocol": 1, "task": "expect", "terms": 70000, "topics": 200}
//
// Then come the frames that the task is about, and "END " from each side. A worker that cannot go
// on ends with "ERR " in place of it: a sentence in UTF-8 that says what was wrong, and its exit
// code is 1. A worker writes while it reads: a caller that writes all before it reads any can
// wait forever.
//
// # A frame
//
// A frame is a row of a table with the columns kind, key, part and data, in little-endian numbers:
//
//	offset  size  what
//	     0     4  kind, four bytes of ASCII
//	     4     8  key: of what the data is, such as the number of a block
//	    12     4  part: a thing too long for one frame goes on in the next, and begins with part 0
//	    16     4  length of data, at most 64 MiB
//	    20     4  CRC-32 of the 20 bytes before and of the data
//	    24     n  data
//
// The checksum is that of zlib, and not CRC-32C, because it is the one that every language has in
// its own library, Python among them.
//
// The kinds:
//
//	KLEW  what to do, JSON
//	PASS  where the passes have come to, as shard.State encodes it; long
//	W     the topics, as shard.EncodeW has them; long
//	BLCK  some documents, as shard.Block encodes them; key is the number of the block
//	STAT  a piece of statistics, as shard.Statistics encodes it; key is the number of the piece
//	H     weights of a block's documents: float32, topic by topic, document by document; key is
//	      that of the block, and each part holds whole documents
//	INFO  what came of it, JSON
//	END   nothing
//	ERR   why there is no END, UTF-8
//
// Kinds shorter than four bytes are filled up with blanks. Tasks of other packages have more.
// A task that is given a kind that it has no use for says so.
package remote

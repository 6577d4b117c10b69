// Package spark counts and fits texts on an Apache Spark cluster: Program is a small PySpark driver
// that has processes of klew do all the work, and Tasks are what it asks them for, beside the tasks
// of fitting, which are those of package remote. Nothing is calculated in Python: it moves frames,
// which are rows of a DataFrame, from one task to the next.
//
// # The stages
//
//	settle      TEXT...              COUN: the options, with the language found out       driver
//	count       COUN, TEXT...        CNTD: the counts of a shard; INFO                    cluster
//	terms       CNTD...              TERM: its terms, in some buckets                     cluster
//	merge       TERM...              TERM: those of a bucket in all shards, pruned        cluster
//	vocabulary  TERM...              VOCA: those that are kept; INFO                      driver
//	blocks      VOCA, CNTD...        BLCK and DOCS: the shard's blocks and documents      cluster
//	start       BLCK, some           PASS, W, INFO                                        driver
//	expect      W, BLCK...           STAT                                                 cluster
//	add         STAT...              STAT                                                 cluster
//	advance     PASS, STAT...        PASS, W, INFO; expect again, until it is done        driver
//	solve       W, BLCK...           H                                                    cluster
//	model       VOCA, W, DOCS, H...  MODL: the bytes of a model file                      driver
//
// The kinds that are not package remote's:
//
//	TEXT  JSON, a list of documents: {"id": "a1", "text": "…", "meta": [["year", "1999"]]}; key is
//	      the number of the shard; long
//	FILE  a file, which klew reads as it reads all files: its name, a zero byte, its content; long
//	CNTD, COUN, TERM, VOCA
//	      files of a counted corpus, all but the first without documents; long, but for TERM. Keys
//	      are numbers of a shard or of a bucket.
//	DOCS  JSON, what is known of a block's documents, in their order; key is that of the block; long
//	MODL  a model file; long
//
// A shard is a part of the corpus, which the driver chooses by the documents' names; a block is a
// part of a shard, and its number is that of the shard · 2²⁰ + its place in it. So results depend
// on the texts, their names, the options and the number of shards, and on nothing else.
package spark

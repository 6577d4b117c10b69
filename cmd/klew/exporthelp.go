package main

import "klew/cmd/klew/internal/source"

const exportExamples = `  klew export notes.klew --to notes.xlsx          a workbook for Excel or LibreOffice
  klew export notes.klew --to notes.sqlite        a database, with full-text search
  klew export notes.klew --to tables              a folder of CSV files
  klew export notes.klew --to docs.parquet        documents by topics
  klew export notes.klew --to words.csv.gz --table topic_terms
  klew export notes.klew --to notes.npz           for NumPy
  klew export notes.klew --to mallet -f mallet    as MALLET writes it
  klew export notes.klew --to notes.json          for LDAvis and pyLDAvis
  klew export notes --matrix notes.mtx            the counts of texts
  klew export notes.kcorpus --matrix notes.svmlight -f svmlight --weighting tfidf`

const exportHelp = `Write what a model holds as files that other programs read, or, with --matrix, the counts
of texts.

--to names a file, whose ending tells the format, or a folder: what is a folder, ends in a
slash, or has no ending. These are the tables:

  topics           topic, share, keywords
  documents        document, metadata, tokens, topic_1 to topic_k (proportions)
  document_topics  document, topic, proportion, weight, for each weight that is not 0
  topic_terms      topic, rank, term, stem, weight, count, for each that is not 0
  terms            term, stem, documents, count

A document's weights are its column of H: with raw counts its tokens in each topic. A term's
weight is its probability in the topic, and count how many of the topic's tokens are
expected to be of the term. And these are the formats:

  csv, tsv, jsonl, parquet  one table a file, by --table or documents; all in a folder.
                            The first three also in gzip or zstd: notes.csv.gz. In TSV tabs
                            and ends of lines within texts are \t and \n, as klew prints.
  xlsx     a workbook with a sheet for each table. What is longer than a cell may be is
           whole in the sheet "long texts", and a table too long for a sheet goes on in a
           further one.
  sqlite   a database of the tables, with ids in the place of names, the views
           document_mix and topic_keywords, and full-text search in the table texts, for
           which the texts are read again unless there is --no-text.
  npz      arrays for numpy.load: W (terms × topics) and H (topics × documents) in single
           precision, proportions (documents × topics), share, tokens, document, term,
           stem; documents.json and terms.json with all that is text
  mallet   MALLET's topic-keys, doc-topics, word-topic-counts, topic-word-weights and
           diagnostics (for coherence the texts are read again), with a README.txt that
           says how expected counts become whole numbers
  ldavis   the JSON of LDAvis, for its page or R's serVis

Numbers have all their digits. Files from an earlier export are replaced, others never.

A question to the database: the topics of documents with "honey" in their text

  sqlite3 notes.sqlite "SELECT m.document, m.topic, m.proportion, snippet(texts, 0, '[', ']', '…', 8)
    FROM texts JOIN document_mix m ON m.id = texts.rowid
    WHERE texts MATCH 'honey' AND m.proportion > 0.2 ORDER BY texts.rank"

With --matrix texts are counted, and the matrix of counts is written. A PATH is one as with
klew fit: texts, one file of klew import, or one matrix, to have it in another format.

` + source.ReadingHelp + `
Three files are written. For --matrix counts.mtx these are

  counts.mtx              the matrix: documents by terms
  counts.vocabulary.txt   its terms, a line each, in the form in which klew counts them
  counts.documents.tsv    its documents: name, metadata, tokens

and for a folder matrix.mtx (or as the format is called), vocabulary.txt and
documents.tsv in it. A matrix whose name ends in .gz or .zst is written in gzip or zstd.
The formats are those of klew fit --matrix-format; mm is MatrixMarket, as scipy.io.mmread
and R's readMM read it.`

// The data of the page, unpacked: what stands in the file, or what a server answers.

import { Live, LiveText, Refused } from './live';

import { CodedDocuments, CodedTerms, documentsOf, termsOf, unrun } from './coded';

export interface TopicRow {
  topic: number; label: string; share: number; stability: number | null; entropy: number; first_in: number; typical: string[]; keywords: string[];
}

export interface Keyword { ranking: string; rank: number; term: string; weight: number; score: number }

export interface Sheet {
  topic: number; label: string; share: number; stability: number | null; entropy: number; terms: number; first_in: number;
  keywords: Keyword[];
  forms: { term: string; form: string; count: number }[];
  phrases: { rank: number; term: string; weight: number }[];
  documents: { rank: number; document: string; tokens: number; proportion: number }[];
  sentences: { document: string; rank: number; sentence: string; score: number }[];
  nearest: { neighbour: number; label: string; distance: number; correlation: number }[];
  spread: { field: string; value: string; documents: number; first_in: number; of_topic: number; share: number }[];
}

export interface Trend {
  by: string; names: string[]; at: number[]; documents: number[]; without: number;
  shares: (number[] | null)[]; low: (number[] | null)[]; high: (number[] | null)[];
}

// Change is a row of klew compare: a topic of the older model, and one of this.
export interface Change {
  change: string; topic: number | null; in_b: number | null; label: string | null; label_in_b: string | null; likeness: number;
  share: number | null; share_in_b: number | null; came: string[]; went: string[]; keywords: string[];
}

// TreeRow is a row of klew tree, but for its group.
export interface TreeRow { topic: number; label: string; share: number; distance: number; with: number | null; correlation: number | null; keywords: string[] }

export interface Measured { measure: string; value: number | null; better: string; on: string }

export interface Measures { model: Measured[]; topics: Record<string, any>[]; about: Record<string, { what: string; better: string }> }

export interface SweepMeasures { divergence: number | null; perplexity: number | null; npmi: number | null; c_v: number | null; diversity: number | null; seconds: number }

// Sweep is what klew sweep has found: a row for each number of topics, and one for each fit.
export interface Sweep {
  advice: string; training: number; held_out: number; missing: number;
  sweep: (SweepMeasures & { topics: number; stability: number | null; least: number | null; stable: number | null; advice: string })[];
  sweep_fits: (SweepMeasures & { topics: number; seed: number; iterations: number })[] | null;
}

export interface Model {
  name: string; program: string; checksum: string;
  topics: TopicRow[]; sheets: Sheet[]; places: number[][]; rows: number[][]; fold?: number[];
  info: Record<string, any>;
  tree: { a: number[]; b: number[]; distance: number[]; order: number[]; rows: TreeRow[] };
  map: { x: number[]; y: number[]; r: number[]; kept: number | null; of: number };
  trends: Trend[];
  older?: { name: string; rows: Change[] };
  measures?: Measures;
  sweep?: Sweep;
  mass?: number[]; // of each topic in all documents, if a part of them is listed
  counts: boolean; terms: number;
  texts: { mode: string; why: string; chunks: number[][] | null; whole: number; brief: number };
}

export interface Terms { shown: string[]; stem: string[]; count: number[]; df: number[]; forms: (string | number)[][]; phrases: number[] | null }

// Of says which value each document has.
export interface Field { name: string; values: string[]; of: number[] }

export interface Documents { id: string[]; tokens: number[]; unknown: number[]; fields: Field[] }

// Sparse is lists of places and values: list n is from start[n] to start[n+1].
export interface Sparse { start: Uint32Array; at: Uint32Array; value: Float32Array }

export interface Token { from: number; to: number; code: number; weight: number }

export interface Text { text: string; whole: boolean; tokens: Token[] }

function base64(text: string): Uint8Array {
  const native = (Uint8Array as any).fromBase64;
  if (native) return native.call(Uint8Array, text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

const whole = new Promise<void>(done => {
  if (document.readyState !== 'loading') done();
  else document.addEventListener('DOMContentLoaded', () => done());
});

// Source gives blocks by their names, null for one that there is not.
type Source = (name: string) => Promise<Uint8Array | null>;

async function embedded(name: string): Promise<Uint8Array | null> {
  if (document.getElementById(name) === null) await whole;
  const e = document.getElementById(name);
  if (e === null) return null;
  const packed = new Blob([base64(e.textContent ?? '') as BlobPart]);
  return new Uint8Array(await new Response(packed.stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
}

async function json<T>(source: Source, name: string): Promise<T> {
  const data = await source(name);
  if (data === null) throw new Error(`the page is cut off: its ${name} are missing`);
  return JSON.parse(new TextDecoder().decode(data)) as T;
}

class Reading {
  at = 0;
  constructor(readonly data: Uint8Array) {}
  unsigned(): number {
    let x = 0, scale = 1;
    for (;;) {
      const b = this.data[this.at++];
      x += (b & 127) * scale;
      if (b < 128) return x;
      scale *= 128;
    }
  }
  signed(): number {
    const x = this.unsigned();
    return x % 2 === 0 ? x / 2 : -(x + 1) / 2;
  }
}

async function sparse(source: Source, name: string): Promise<Sparse | null> {
  const data = await source(name);
  if (data === null) return null;
  const view = new DataView(data.buffer);
  const lists = view.getUint32(0, true), n = view.getUint32(4, true);
  const start = new Uint32Array(lists + 1), at = new Uint32Array(n);
  for (let i = 0; i < lists; i++) start[i + 1] = start[i] + view.getUint32(8 + 4 * i, true);
  const r = new Reading(data);
  r.at = 8 + 4 * lists;
  for (let i = 0; i < lists; i++) {
    let before = 0;
    for (let e = start[i]; e < start[i + 1]; e++) at[e] = before += r.unsigned();
  }
  const raw = new Uint8Array(4 * n);
  for (let shift = 0; shift < 4; shift++) for (let e = 0; e < n; e++) raw[4 * e + shift] = data[r.at++];
  return { start, at, value: new Float32Array(raw.buffer) };
}

// turned makes lists of what the places are.
function turned(of: Sparse, places: number): Sparse {
  const start = new Uint32Array(places + 1);
  for (const place of of.at) start[place + 1]++;
  for (let i = 0; i < places; i++) start[i + 1] += start[i];
  const next = start.slice(), at = new Uint32Array(of.at.length), value = new Float32Array(of.at.length);
  for (let list = 0; list + 1 < of.start.length; list++) {
    for (let e = of.start[list]; e < of.start[list + 1]; e++) {
      const to = next[of.at[e]]++;
      at[to] = list;
      value[to] = of.value[e];
    }
  }
  return { start, at, value };
}

// Data is the model, and what is read after the page has been shown.
export class Data {
  terms!: Terms;
  documents!: Documents;
  w!: Sparse; // by topic
  h!: Sparse; // by document
  wByTerm!: Sparse;
  hByTopic!: Sparse;
  mass!: Float64Array; // of each topic in all documents
  marginal!: Float64Array; // of each term
  private fitted: { wByTerm: Sparse; h: Sparse } | null = null;
  private chunkOf = new Map<number, [number, number]>();
  private chunks = new Map<number, Promise<Text[]>>();
  private folder = 0; // how many letters of all ids are the same folders
  private titles: Field | null = null;
  readonly rest: Promise<void>;
  absence = ''; // why the server has no text of the document that was asked for last

  private constructor(private readonly source: Source, readonly live: Live | null, readonly model: Model) {
    model.texts.chunks = unrun(model.texts.chunks);
    model.texts.chunks?.forEach((list, n) => list.forEach((j, i) => this.chunkOf.set(j, [n, i])));
    this.rest = this.read();
  }

  static async open(): Promise<Data> {
    const live = await Live.open();
    const source: Source = live ? name => live.bytes(name) : embedded;
    return new Data(source, live, await json<Model>(source, 'model'));
  }

  private kept<T>(name: string, read: () => Promise<T>): Promise<T> { return this.live ? this.live.kept(name, read) : read(); }

  private async read(): Promise<void> {
    [this.terms, this.documents] = await Promise.all([
      this.kept('terms', async () => termsOf(await json<CodedTerms>(this.source, 'terms'))),
      this.kept('documents', async () => documentsOf(await json<CodedDocuments>(this.source, 'documents'))),
    ]);
    this.folder = sharedFolder(this.documents.id);
    this.titles = this.documents.fields.find(f => /^(title|subject|headline)$/i.test(f.name)) ?? null;
    const [w, hh, fw, fh] = await Promise.all((this.model.fold ? ['w', 'h', 'fw', 'fh'] : ['w', 'h']).map(name => this.kept(name, () => sparse(this.source, name))));
    if (!w || !hh) throw new Error('the page is cut off: its factors are missing');
    const terms = this.terms.shown.length;
    this.w = w;
    this.h = hh;
    this.wByTerm = turned(w, terms);
    this.hByTopic = turned(hh, this.model.topics.length);
    if (fw && fh) this.fitted = { wByTerm: turned(fw, terms), h: fh };
    this.mass = new Float64Array(this.model.topics.length);
    if (this.model.mass) this.mass.set(this.model.mass);
    else for (let e = 0; e < hh.at.length; e++) this.mass[hh.at[e]] += hh.value[e];
    const all = this.mass.reduce((a, b) => a + b, 0) || 1;
    this.marginal = new Float64Array(terms);
    for (let k = 0; k < this.mass.length; k++) {
      for (let e = w.start[k]; e < w.start[k + 1]; e++) this.marginal[w.at[e]] += (this.mass[k] / all) * w.value[e];
    }
  }

  // isTitle says whether documents are called by a field.
  isTitle(f: Field): boolean { return f === this.titles; }

  // title is what a document is called: its title, or its id below the folders that all share.
  title(j: number): string {
    const title = this.titles ? this.titles.values[this.titles.of[j]] : '';
    return title.trim() !== '' ? title : this.documents.id[j].slice(this.folder);
  }

  // proportions are the topics of a document with their parts of it, the largest first.
  proportions(j: number): { topic: number; part: number }[] {
    const list: { topic: number; part: number }[] = [];
    let sum = 0;
    for (let e = this.h.start[j]; e < this.h.start[j + 1]; e++) sum += this.h.value[e];
    for (let e = this.h.start[j]; e < this.h.start[j + 1]; e++) list.push({ topic: this.h.at[e], part: this.h.value[e] / sum });
    return list.sort((a, b) => b.part - a.part || a.topic - b.topic);
  }

  // proportion is a topic's part of a document.
  proportion(j: number, k: number): number {
    let sum = 0, own = 0;
    for (let e = this.h.start[j]; e < this.h.start[j + 1]; e++) {
      sum += this.h.value[e];
      if (this.h.at[e] === k) own = this.h.value[e];
    }
    return sum > 0 ? own / sum : 0;
  }

  // shares are p(topic | term, document) of a term: of each topic, or null if none has it. The
  // document is one of the model's, or the one of a list of its own.
  shares(row: number, j: number, of?: Sparse): Float64Array | null {
    const { wByTerm } = this.fitted ?? this, h = of ?? (this.fitted ?? this).h;
    const to = new Float64Array(this.model.topics.length);
    const fold = this.model.fold;
    let all = 0, kept = 0;
    let d = h.start[j];
    for (let e = wByTerm.start[row]; e < wByTerm.start[row + 1]; e++) {
      const k = wByTerm.at[e];
      while (d < h.start[j + 1] && h.at[d] < k) d++;
      if (d === h.start[j + 1] || h.at[d] !== k) continue;
      const x = wByTerm.value[e] * h.value[d];
      all += x;
      const topic = fold ? fold[k] : k;
      if (topic >= 0) {
        to[topic] += x;
        kept += x;
      }
    }
    if (kept === 0) return null;
    for (let k = 0; k < to.length; k++) to[k] /= all;
    return to;
  }

  // expected is the number of tokens of a term that the model expects in a document.
  expected(row: number, j: number): number {
    let sum = 0, d = this.h.start[j];
    for (let e = this.wByTerm.start[row]; e < this.wByTerm.start[row + 1]; e++) {
      while (d < this.h.start[j + 1] && this.h.at[d] < this.wByTerm.at[e]) d++;
      if (d < this.h.start[j + 1] && this.h.at[d] === this.wByTerm.at[e]) sum += this.wByTerm.value[e] * this.h.value[d];
    }
    return sum;
  }

  // text is that of a document, null if the page does not have it.
  async text(j: number): Promise<Text | null> {
    if (this.live) return this.liveText(j, this.live);
    const place = this.chunkOf.get(j);
    return place ? (await this.chunk(place[0]))[place[1]] : null;
  }

  private async liveText(j: number, live: Live): Promise<Text | null> {
    try {
      return textOf(await live.text(j));
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 404) throw error;
      this.absence = error.message;
      return null;
    }
  }

  // chunk is all texts of a block, which are read together.
  chunk(n: number): Promise<Text[]> {
    let texts = this.chunks.get(n);
    if (!texts) this.chunks.set(n, texts = readChunk(n));
    return texts;
  }
}

// textOf is a text as a server sends it.
export function textOf(t: LiveText): Text {
  const tokens: Token[] = [];
  for (let i = 0; i < t.places.length; i += 3) {
    const code = t.places[i + 2];
    tokens.push({ from: t.places[i], to: t.places[i] + t.places[i + 1], code, weight: code < 0 ? 0 : t.weights ? t.weights[i / 3] : 1 });
  }
  return { text: t.text, whole: t.whole, tokens };
}

// sharedFolder is how long the path is that all ids begin with.
function sharedFolder(ids: string[]): number {
  let long = ids.length > 1 ? ids[0].lastIndexOf('/') + 1 : 0;
  for (const id of ids) {
    while (long > 0 && !id.startsWith(ids[0].slice(0, long))) long = ids[0].lastIndexOf('/', long - 2) + 1;
  }
  return long;
}

async function readChunk(n: number): Promise<Text[]> {
  const [list, data] = await Promise.all([json<string[]>(embedded, `texts-${n}`), embedded(`tokens-${n}`)]);
  const r = new Reading(data!);
  const all: Token[] = [];
  const texts = list.map(text => {
    const entire = r.unsigned() === 1, tokens: Token[] = [];
    let end = 0;
    for (let left = r.unsigned(); left > 0; left--) {
      const from = end + r.signed();
      end = from + r.unsigned();
      tokens.push({ from, to: end, code: 0, weight: 1 });
    }
    for (const t of tokens) all.push(t);
    return { text, whole: entire, tokens };
  });
  const codes = new Map<string, number>();
  for (const { text, tokens } of texts) {
    for (const t of tokens) {
      const written = text.slice(t.from, t.to);
      let code = codes.get(written);
      if (code === undefined) codes.set(written, code = r.signed());
      t.code = code;
    }
  }
  for (let left = r.unsigned(), at = 0; left > 0; left--) {
    at += r.unsigned();
    all[at].code = r.signed();
  }
  if (r.unsigned() === 1) {
    const view = new DataView(data!.buffer, r.at);
    all.forEach((t, i) => { t.weight = t.code >= 0 ? view.getFloat32(4 * i, true) : 0; });
  }
  return texts;
}

// why says why a token counts for no topic; the codes are those of the package vectorize.
export function why(code: number): string {
  switch (code) {
    case -1: return 'not in the vocabulary';
    case -2: return 'stop word';
    case -3: return 'too short';
  }
  return 'in no topic of the document';
}

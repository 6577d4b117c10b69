// A page that a server answers for asks it for its data, for texts, and for changes.

import type { Measures, TopicRow } from './data';

export interface State { version: number; read_only: boolean; trouble: string; journal: string[]; blocks: Record<string, number> }

// Edit is a line of the journal to be. Topics are by their numbers.
export interface Edit { verb: 'rename' | 'merge' | 'drop' | 'ban' | 'pin'; topic?: number; from?: number; text?: string }

export interface Change { version: number; line: string; number: number; told: string; before: TopicRow[]; after: TopicRow[] }

export interface Found { document: number; before: string; match: string; after: string }

export interface LiveText { text: string; whole: boolean; places: number[]; weights?: number[] }

// NewText is a text that the model does not know, with its topics.
export interface NewText extends LiveText {
  name: string; counted: number; unknown: number; known: number | null;
  h: number[]; proportions: number[]; similar: { document: number; distance: number }[];
}

// Refused is an answer that is none, with the sentence that the server has for it.
export class Refused extends Error {
  constructor(readonly status: number, message: string) { super(message); }
}

async function ask(path: string, body?: unknown): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch('/api/' + path, body === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  } catch {
    throw new Refused(0, 'klew serve does not answer: it may have been ended');
  }
  if (answer.ok) return answer;
  const said = await answer.text();
  let why = said.trim();
  try { why = (JSON.parse(said) as { error: string }).error; } catch { /* it is a sentence */ }
  throw new Refused(answer.status, answer.status === 403 && why.startsWith('Open the address') ? 'klew serve was started anew: open the address that it has printed' : why);
}

async function get<T>(path: string, body?: unknown): Promise<T> { return (await ask(path, body)).json() as Promise<T>; }

const kept = new Map<string, { version: number; value: unknown }>();

export class Live {
  private constructor(public state: State) {}

  // open opens what the server has; null for a page that is a file.
  static async open(): Promise<Live | null> {
    if (!document.getElementById('app')!.hasAttribute('data-live')) return null;
    return new Live(await get<State>('state'));
  }

  // changed reports whether the model is another than the page shows, and takes over why nothing
  // can be changed.
  async changed(): Promise<boolean> {
    const now = await get<State>('state');
    this.state.trouble = now.trouble;
    return now.version !== this.state.version;
  }

  // why is why nothing can be changed; empty if it can.
  get why(): string { return this.state.read_only ? 'klew serve was started with --read-only: nothing can be changed.' : this.state.trouble; }

  // kept is what read makes of a block, or what it has made of it when the page was shown before:
  // an edit leaves most blocks as they are.
  async kept<T>(name: string, read: () => Promise<T>): Promise<T> {
    const version = this.state.blocks[name], old = kept.get(name);
    if (old?.version === version) return old.value as T;
    const value = await read();
    kept.set(name, { version, value });
    return value;
  }

  async bytes(name: string): Promise<Uint8Array | null> {
    const answer = await ask(`data/${this.state.blocks[name]}/${name}`);
    return answer.status === 204 ? null : new Uint8Array(await answer.arrayBuffer());
  }

  text(j: number): Promise<LiveText> { return get(`text/${j}`); }
  word(row: number): Promise<{ total: number; documents: { document: number; count: number }[]; lines: Found[] }> { return get(`word/${row}`); }
  measures(): Promise<{ ready: boolean; measures?: Measures }> { return get('measures'); }
  search(q: string): Promise<{ total: number; found: Found[] }> { return get(`search?q=${encodeURIComponent(q)}`); }
  fresh(name: string, raw: string): Promise<NewText> { return get('new', { version: this.state.version, name, raw }); }
  preview(e: Edit): Promise<Change> { return get('preview', { version: this.state.version, ...e }); }
  edit(e: Edit): Promise<Change> { return get('edit', { version: this.state.version, ...e }); }
  undo(line: number, text: string): Promise<Change> { return get('undo', { version: this.state.version, line, text }); }
}

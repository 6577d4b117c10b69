// A text cut wherever a token begins or ends.

import { Data, Sparse, Text, Token } from './data';

// Piece is a stretch of a text. Shares are those of the tokens that cover it, by their
// weights; null if none has any. Without a token it is what stands between them.
export interface Piece { from: number; to: number; token: Token | null; shares: Float64Array | null; first: number; weight: number }

export function piecesOf(data: Data, text: Text, j: number, own?: Sparse): Piece[] {
  const shares = new Map<number, Float64Array | null>();
  const of = (row: number) => {
    if (row < 0) return null;
    let s = shares.get(row);
    if (s === undefined) shares.set(row, s = data.shares(row, j, own));
    return s;
  };
  const cuts = [0, text.text.length];
  for (const t of text.tokens) cuts.push(t.from, t.to);
  const places = [...new Set(cuts)].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  let open: Token[] = [], next = 0;
  for (let i = 0; i + 1 < places.length; i++) {
    const from = places[i], to = places[i + 1];
    open = open.filter(t => t.to > from);
    while (next < text.tokens.length && text.tokens[next].from <= from) open.push(text.tokens[next++]);
    open = open.filter(t => t.to > from);
    pieces.push(piece(from, to, open, of));
  }
  return pieces;
}

function piece(from: number, to: number, open: Token[], of: (row: number) => Float64Array | null): Piece {
  const shared = open.filter(t => of(t.code) !== null);
  if (shared.length === 0) return { from, to, token: open[0] ?? null, shares: null, first: -1, weight: 0 };
  const sum = new Float64Array(of(shared[0].code)!.length);
  let weight = 0;
  for (const t of shared) {
    weight += t.weight;
    of(t.code)!.forEach((s, k) => { sum[k] += t.weight * s; });
  }
  let first = 0;
  sum.forEach((x, k) => {
    sum[k] = x / weight;
    if (sum[k] > sum[first]) first = k;
  });
  return { from, to, token: shared[0], shares: sum, first, weight };
}

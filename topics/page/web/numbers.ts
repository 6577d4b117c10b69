// How numbers are written, for people and for files.

const grouping = new Intl.NumberFormat('en');

export const grouped = (n: number): string => grouping.format(n);

export function count(n: number, thing: string): string {
  return `${grouped(n)} ${thing}${n === 1 ? '' : 's'}`;
}

// percent has one digit, and more below a tenth: 12.3 %, 0.04 %.
export function percent(share: number): string {
  const p = 100 * share;
  if (p === 0) return '0 %';
  if (p < 0.005) return '< 0.01 %';
  return `${p < 0.1 ? p.toFixed(2) : p.toFixed(1)} %`;
}

// round is the end of a scale to x: a number of two digits at most that is not below it, whose
// half has no more.
export function round(x: number): number {
  const unit = 10 ** Math.floor(Math.log10(x));
  return [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].map(n => n * unit).find(end => end >= x * (1 - 1e-9))!;
}

export function decimal(x: number | null | undefined, digits = 2): string {
  return x === null || x === undefined ? '–' : x.toFixed(digits).replace(/^-(0\.?0*)$/, '$1');
}

// plain is a number of single precision with the fewest digits that give it again, as the
// commands write it.
export function plain(x: number | null): string {
  if (x === null) return '';
  const single = Math.fround(x);
  for (let digits = 1; digits <= 9; digits++) {
    const text = single.toPrecision(digits);
    if (Math.fround(Number(text)) === single) return String(Number(text)).replace(/e([-+])(\d)$/, 'e$10$2');
  }
  return String(single);
}

const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);

// fiveDigits orders numbers from 0 up as they are, but for the last 7 of their 24 bits.
export function fiveDigits(x: number): number {
  floats[0] = x;
  return (bits[0] + 64) >>> 7;
}

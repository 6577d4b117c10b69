// What a view shows, as files: CSV of its table, SVG of its pictures.

export interface Table { name: string; columns: string[]; rows: (string | number | null)[][] }

import { plain } from './numbers';

function field(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'number' ? (Number.isInteger(value) ? String(value) : plain(value)) : value;
  return /[",\r\n]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(t: Table): string {
  return [t.columns, ...t.rows].map(row => row.map(field).join(',')).join('\n') + '\n';
}

export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const a = document.createElement('a');
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

const looks = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'direction', 'unicode-bidi'];

// styled is a copy of a picture that looks the same without the page's style sheet.
function styled(of: Element): Element {
  const copy = of.cloneNode(false) as Element;
  copy.removeAttribute('class');
  if (copy.localName === 'a') copy.removeAttribute('href');
  const style = getComputedStyle(of);
  for (const name of looks) {
    const value = style.getPropertyValue(name);
    if (value !== '' && of.localName !== 'svg') copy.setAttribute(name, value);
  }
  for (const child of of.childNodes) {
    if (child instanceof Element) copy.append(styled(child));
    else if (child instanceof Text) copy.append(child.data);
  }
  return copy;
}

// drawing is all pictures of a view in one, where they stand; null if there are none.
export function drawing(view: Element): string | null {
  const charts = [...view.querySelectorAll<SVGSVGElement>('svg.chart')].filter(c => c.getBoundingClientRect().width > 0);
  if (charts.length === 0) return null;
  const boxes = charts.map(c => c.getBoundingClientRect());
  const left = Math.min(...boxes.map(b => b.left)), top = Math.min(...boxes.map(b => b.top));
  const right = Math.max(...boxes.map(b => b.right)), bottom = Math.max(...boxes.map(b => b.bottom));
  const all = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  all.setAttribute('width', String(Math.ceil(right - left)));
  all.setAttribute('height', String(Math.ceil(bottom - top)));
  charts.forEach((c, i) => {
    const copy = styled(c);
    copy.setAttribute('x', String(boxes[i].left - left));
    copy.setAttribute('y', String(boxes[i].top - top));
    all.append(copy);
  });
  return new XMLSerializer().serializeToString(all);
}

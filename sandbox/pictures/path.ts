// Outlines as lists of straight pieces; the still lifes build these, the canvas fills them.

/** One closed outline: x and y in turn. */
export type Contour = number[];
/** A shape; overlapping contours of one direction unite, a contour of the other direction cuts a hole. */
export type Shape = readonly Contour[];

type Point = readonly [number, number];

const CURVE_PIECES = 24;

function cubicPiece(from: Point, a: Point, b: Point, to: Point, t: number): Point {
  const u = 1 - t;
  const weights = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t] as const;
  return [
    weights[0] * from[0] + weights[1] * a[0] + weights[2] * b[0] + weights[3] * to[0],
    weights[0] * from[1] + weights[1] * a[1] + weights[2] * b[1] + weights[3] * to[1],
  ];
}

/** Reads the absolute commands M, L, C, Q and Z of an SVG path. */
export function outline(commands: string): Shape {
  const tokens = commands.match(/[MLCQZ]|-?\d+(?:\.\d+)?/g) ?? [];
  const contours: Contour[] = [];
  let current: Contour = [];
  let pen: Point = [0, 0];
  let at = 0;
  const point = (): Point => [Number(tokens[at++]), Number(tokens[at++])];
  const goTo = (to: Point) => {
    current.push(to[0], to[1]);
    pen = to;
  };
  const curve = (a: Point, b: Point, to: Point) => {
    const from = pen;
    for (let i = 1; i <= CURVE_PIECES; i++) goTo(cubicPiece(from, a, b, to, i / CURVE_PIECES));
  };
  let command = 'M';
  while (at < tokens.length) {
    if (/[A-Z]/.test(tokens[at] ?? '')) command = tokens[at++] ?? 'Z';
    if (command === 'M') {
      current = [];
      contours.push(current);
      goTo(point());
      command = 'L';
    } else if (command === 'L') goTo(point());
    else if (command === 'C') curve(point(), point(), point());
    else if (command === 'Q') {
      const from = pen;
      const q = point();
      const to = point();
      const pull = (end: Point): Point => [end[0] + (2 / 3) * (q[0] - end[0]), end[1] + (2 / 3) * (q[1] - end[1])];
      curve(pull(from), pull(to), to);
    }
  }
  return contours;
}

/** An ellipse, or part of a pie when `from` and `to` (radians, clockwise from the right) are given. */
export function ellipse(cx: number, cy: number, rx: number, ry: number): Shape {
  const contour: Contour = [];
  for (let i = 0; i < 72; i++) {
    const angle = (i / 72) * 2 * Math.PI;
    contour.push(cx + rx * Math.cos(angle), cy + ry * Math.sin(angle));
  }
  return [contour];
}

/** A box with rounded corners. */
export function box(x: number, y: number, w: number, h: number, r = 0): Shape {
  const k = r * 0.4477;
  return outline(
    `M ${x + r} ${y} L ${x + w - r} ${y} C ${x + w - k} ${y} ${x + w} ${y + k} ${x + w} ${y + r} L ${x + w} ${y + h - r} ` +
      `C ${x + w} ${y + h - k} ${x + w - k} ${y + h} ${x + w - r} ${y + h} L ${x + r} ${y + h} ` +
      `C ${x + k} ${y + h} ${x} ${y + h - k} ${x} ${y + h - r} L ${x} ${y + r} C ${x} ${y + k} ${x + k} ${y} ${x + r} ${y} Z`,
  );
}

/** The outline a round pen of the given width leaves along each line of `lines`. */
export function stroke(lines: Shape, width: number): Shape {
  const radius = width / 2;
  const pieces: Contour[] = [];
  for (const line of lines) {
    for (let i = 0; i + 1 < line.length; i += 2) {
      const x = line[i] ?? 0;
      const y = line[i + 1] ?? 0;
      pieces.push(...ellipse(x, y, radius, radius).map((c) => [...c]));
      const nextX = line[i + 2];
      const nextY = line[i + 3];
      if (nextX === undefined || nextY === undefined) continue;
      const length = Math.hypot(nextX - x, nextY - y) || 1;
      const nx = (-(nextY - y) / length) * radius;
      const ny = ((nextX - x) / length) * radius;
      pieces.push([x - nx, y - ny, nextX - nx, nextY - ny, nextX + nx, nextY + ny, x + nx, y + ny]);
    }
  }
  return pieces;
}

/** Moves, turns (radians) and scales a shape about the origin, in that order from last to first. */
export function place(shape: Shape, where: { x?: number; y?: number; scale?: number; turn?: number; flip?: boolean }) {
  const { x = 0, y = 0, scale = 1, turn = 0, flip = false } = where;
  const cos = Math.cos(turn) * scale;
  const sin = Math.sin(turn) * scale;
  return shape.map((contour) => {
    const moved: Contour = [];
    for (let i = 0; i + 1 < contour.length; i += 2) {
      const px = (contour[i] ?? 0) * (flip ? -1 : 1);
      const py = contour[i + 1] ?? 0;
      moved.push(px * cos - py * sin + x, px * sin + py * cos + y);
    }
    return moved;
  });
}

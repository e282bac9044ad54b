/** The shape, letter and class of the options of a question, by their place: the same on phones and in the hall. */

const SVG = "http://www.w3.org/2000/svg";

export interface Mark {
  letter: string;
  /** The class that gives the colour (styles/live-options.css). */
  css: string;
  /** The outline in a box of 24 by 24. */
  path: string;
}

const MARKS: readonly Mark[] = [
  { letter: "A", css: "opt--a", path: "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z" },
  { letter: "B", css: "opt--b", path: "M12 2.5L23 21.5H1z" },
  { letter: "C", css: "opt--c", path: "M3 3h18v18H3z" },
  { letter: "D", css: "opt--d", path: "M12 1l11 11-11 11L1 12z" },
  { letter: "E", css: "opt--e", path: "M12 1.5l3.2 7 7.6.8-5.7 5.1 1.6 7.5L12 18.1l-6.7 3.8 1.6-7.5L1.2 9.3l7.6-.8z" },
  { letter: "F", css: "opt--f", path: "M6.2 2h11.6L23.5 12l-5.7 10H6.2L.5 12z" },
];

/** Options beyond the sixth go on with letters; colours and shapes come round again. */
export function markOf(index: number): Mark {
  const found = MARKS[index % MARKS.length] as Mark;
  return { ...found, letter: String.fromCharCode(65 + index) };
}

/** The shape as a picture that readers of the screen pass over: the letter says the same. */
export function shapeOf(mark: Mark): SVGElement {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const outline = document.createElementNS(SVG, "path");
  outline.setAttribute("d", mark.path);
  picture.append(outline);
  return picture;
}

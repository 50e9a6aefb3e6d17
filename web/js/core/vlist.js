// Which rows of a long list are in the page, and where: all rows are of one height, so that this is arithmetic. Pure.
//
// A list is {top, view, row, count}: how far it is scrolled, how high its window and each row are (in pixels), and how many rows it has.

/** How far it can be scrolled. */
export function bottom({ view, row, count }) {
  return Math.max(0, count * row - view);
}

/** Browsers round what is scrolled, so the end is where less than half a row is left. */
export function isAtEnd(list) {
  return list.top >= bottom(list) - list.row / 2;
}

/** The rows that are in the page: from `first` up to, and without, `last`. Some more than can be seen, for quick hands. */
export function range({ top, view, row, count }, spare = 8) {
  const most = Math.max(0, Math.min(top, bottom({ view, row, count })));
  const first = Math.max(0, Math.floor(most / row) - spare);
  return { first: Math.min(first, count), last: Math.min(count, Math.ceil((most + view) / row) + spare) };
}

/** The rows that are wholly in the window: from `first` to `last`, both seen. */
export function seen({ top, view, row, count }) {
  return { first: Math.ceil(top / row), last: Math.min(count, Math.floor((top + view + 1) / row)) - 1 };
}

/**
 * From the rows `from` to the rows `to`: how many go at the front and at the back, and how many come there. Those that stay, stay.
 */
export function turn(from, to) {
  const isApart = from.last <= to.first || to.last <= from.first;
  if (isApart) return { dropFront: from.last - from.first, dropBack: 0, addFront: 0, addBack: to.last - to.first };
  return {
    dropFront: Math.max(0, to.first - from.first),
    dropBack: Math.max(0, from.last - to.last),
    addFront: Math.max(0, from.first - to.first),
    addBack: Math.max(0, to.last - from.last),
  };
}

/** Where to scroll so that the row that was `before` and is `after` now stays where the reader sees it. */
export function anchored(list, before, after) {
  return Math.max(0, Math.min(bottom(list), list.top + (after - before) * list.row));
}

/** Where to scroll so that this row is in the middle. */
export function centred(list, index) {
  return Math.max(0, Math.min(bottom(list), index * list.row - (list.view - list.row) / 2));
}

/** Where to scroll so that this row is in the window, and no further than that takes. */
export function revealed(list, index) {
  const start = index * list.row;
  return Math.max(0, Math.min(bottom(list), Math.max(start + list.row - list.view, Math.min(list.top, start))));
}

/** How the overview fills the room it has. Pixels. */
export type Shape = {
  /** Side by side, each with its share of the services. */
  tables: number;
  rowHeight: number;
  /** Drawn large. */
  tall: boolean;
};

const serviceWidth = 250;
const cellWidth = 150;
const gap = 16;
const rowHeight = 61;
const tallRow = 89;
/** A cell as wide as this can be read from afar. */
const wideCell = 300;

/** Rows that do not fit below each other go beside each other where there is room; a few rows on a wall are drawn large. */
export function shapeOf(services: number, environments: number, room: { width: number; height: number }): Shape {
  const narrowest = serviceWidth + environments * cellWidth;
  const fit = Math.max(1, Math.floor((room.width + gap) / (narrowest + gap)));
  const wanted = Math.max(1, Math.ceil((services * rowHeight) / room.height));
  const tables = Math.min(fit, wanted);
  const cell = (room.width - serviceWidth) / Math.max(1, environments);
  const tall = tables === 1 && cell >= wideCell && services * tallRow <= room.height;
  return { tables, rowHeight: tall ? tallRow : rowHeight, tall };
}

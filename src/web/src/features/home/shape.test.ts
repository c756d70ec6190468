import { describe, expect, it } from "vitest";
import { shapeOf } from "./shape";

const laptop = { width: 1032, height: 560 };
const wall = { width: 3590, height: 1900 };

describe("the overview", () => {
  it("is one table on a laptop, however many services there are", () =>
    expect(shapeOf(300, 3, laptop)).toMatchObject({ tables: 1, rowHeight: 61 }));

  it("goes side by side on a wall when it is longer than the screen", () =>
    expect(shapeOf(300, 3, wall)).toMatchObject({ tables: 5, rowHeight: 61 }));

  it("takes no more tables than its rows need", () => expect(shapeOf(60, 3, wall).tables).toBe(2));

  it("is drawn large on a wall when its rows are few", () =>
    expect(shapeOf(12, 3, wall)).toMatchObject({ tables: 1, rowHeight: 89 }));
});

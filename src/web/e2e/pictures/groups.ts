import { faces, photograph } from "../stack/faces";
import { screens, test } from "../stack/store";

for (const { face, colorScheme, width, height } of faces)
  test.describe(face, () => {
    test.use({ colorScheme, viewport: { width, height }, contextOptions: { reducedMotion: "reduce" } });

    for (const { name } of screens({ moving: "", asking: "" }))
      test(`${name} ${face}`, ({ page, world }) => photograph(page, screens(world).find((each) => each.name === name)!, face));
  });

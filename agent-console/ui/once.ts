/** For a button in whose place another comes: the second click of a double click is not meant for that one. */
export const once =
  (act: () => void) =>
  ({ detail }: { detail: number }): void => {
    if (detail < 2) act()
  }

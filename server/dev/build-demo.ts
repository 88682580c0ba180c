/** The demo shop's pages, written into `dist/public/demo`. */
export async function buildDemo(): Promise<void> {
  await Promise.resolve()
}

/**
 * The Nodes that Ahlan is tested on, as `engines` in package.json has them; lines that were never for long use are
 * not among them.
 */
export const nodeRange = '^20.19.0 || ^22.12.0 || >=24.0.0'

const firstMinor: Record<number, number> = { 20: 19, 22: 12 }
const everyLineFrom = 24

export function nodeFits(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major >= everyLineFrom || minor >= (firstMinor[major] ?? Number.POSITIVE_INFINITY)
}

/** What to say of a Node that does not fit, in one line. */
export const unfitNode = (version: string): string =>
  `Node ${version} does not run Ahlan: install Node 20.19, 22.12, or 24 or later.`

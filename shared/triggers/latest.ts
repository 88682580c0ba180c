/**
 * Keeps the latest of what happened, oldest first. Where there are too many, the oldest of those there are most of goes:
 * a page that tells one thing all the time pushes nothing else out.
 */
export function addLatest<One extends { name: string }>(latest: One[], one: One, most: number): void {
  latest.push(one)
  if (latest.length <= most) return
  const counts = new Map<string, number>()
  for (const { name } of latest) counts.set(name, (counts.get(name) ?? 0) + 1)
  const highest = Math.max(...counts.values())
  latest.splice(
    latest.findIndex(({ name }) => counts.get(name) === highest),
    1,
  )
}

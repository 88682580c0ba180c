/** A sentence about somebody: it runs as its language does, and the name as the name does. */
export function Named({ text, name }: { text: string; name: string }) {
  const [before, after] = text.split('{name}')
  return (
    <>
      {before}
      {after !== undefined && <bdi>{name}</bdi>}
      {after}
    </>
  )
}

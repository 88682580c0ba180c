/** How long the new title takes, as in applications that fetch before they know it. */
const titleSettles = 60

/** Moves between the kinds of the collection without loading a page. */
export function startFinder(): void {
  const shelf = document.querySelector<HTMLElement>('[data-finder]')
  if (!shelf) return
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[data-show]')]
  const show = (link: HTMLAnchorElement): void => {
    for (const other of links) mark(other, other === link)
    for (const card of shelf.querySelectorAll<HTMLElement>('[data-kind]'))
      card.hidden = link.dataset.show !== '' && card.dataset.kind !== link.dataset.show
    setTimeout(() => {
      document.title = link.dataset.title ?? document.title
    }, titleSettles)
  }
  for (const link of links)
    link.addEventListener('click', (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
      event.preventDefault()
      if (link.pathname !== location.pathname) history.pushState(null, '', link.href)
      show(link)
    })
  addEventListener('popstate', () => {
    const link = links.find(({ pathname }) => pathname === location.pathname)
    if (link) show(link)
  })
}

function mark(link: HTMLAnchorElement, current: boolean): void {
  if (current) link.setAttribute('aria-current', 'page')
  else link.removeAttribute('aria-current')
}

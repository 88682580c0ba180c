import { useState } from 'preact/hooks'
import { useSurroundings, useWords } from '../ui/context.tsx'
import type { TextKey } from '../ui/words.ts'
import { type Order, orderIn, orders } from './order.ts'

const orderNames: Record<Order, TextKey> = { waiting: 'orderWaiting', risk: 'orderRisk' }
const orderKey = 'ahlan.inbox.order'

/** Kept on this device: how somebody works stays theirs. */
export function useOrder(): [Order, (order: Order) => void] {
  const { keep } = useSurroundings()
  const [order, setOrder] = useState(() => orderIn(keep.read(orderKey)))
  return [
    order,
    (next) => {
      keep.write(orderKey, next)
      setOrder(next)
    },
  ]
}

export function OrderPicker({ order, onChange }: { order: Order; onChange: (order: Order) => void }) {
  const { t } = useWords()
  return (
    <label class="inbox-order">
      <span>{t('inboxOrder')}</span>
      <select class="select" value={order} onChange={(event) => onChange(orderIn(event.currentTarget.value))}>
        {orders.map((one) => (
          <option key={one} value={one}>
            {t(orderNames[one])}
          </option>
        ))}
      </select>
    </label>
  )
}

import type { ShopTexts } from './texts.ts'

export const en: ShopTexts = {
  language: 'English',
  brand: 'Lajvard',
  skip: 'Skip to content',
  languages: 'Language',
  menu: 'Shop',
  nav: { collection: 'Collection', workshops: 'Workshops', shipping: 'Shipping & care', cart: 'Cart' },
  home: {
    title: 'Lajvard · Hand-thrown ceramics',
    heading: 'Clay, fire, and the blue of Isfahan',
    lead: 'Bowls, vases and tea sets, thrown by hand in a courtyard studio and glazed with colours that have been mixed there for four generations.',
    browse: 'See the collection',
    learn: 'Join a workshop',
    featured: 'Fresh from the kiln',
    all: 'Everything we make',
    story: {
      heading: 'Forty pieces a week, no two alike',
      body: 'Six people work at Lajvard. Each pot passes through one pair of hands from the wheel to the glaze, and carries its maker’s mark on the foot. What cracks in the fire becomes tiles for the courtyard.',
    },
    promises: [
      {
        heading: 'Packed like glass',
        body: 'Straw, card and patience. If it breaks on the way, we make you another.',
      },
      {
        heading: 'Made to be used',
        body: 'Lead-free glazes, safe for food, the dishwasher and an ordinary Tuesday.',
      },
      {
        heading: 'Ask the studio',
        body: 'Questions are answered by the people who threw the pot, usually within minutes.',
      },
    ],
  },
  collection: {
    title: 'Collection · Lajvard',
    heading: 'The collection',
    lead: 'Small batches, fired twice. When a shape is gone, the next kiln is about three weeks away.',
    filter: 'Show',
    all: 'Everything',
    kinds: { bowl: 'Bowls', vase: 'Vases', plate: 'Plates', tea: 'Tea' },
  },
  ware: {
    add: 'Add to cart',
    added: 'In your cart',
    size: 'Size',
    care: 'Care',
    careText: 'Dishwasher safe. Warm it slowly, and never from the freezer into the oven.',
    delivery: 'Delivery',
    deliveryText: 'Leaves the studio within two working days.',
    related: 'Sits well beside',
  },
  cart: {
    title: 'Cart · Lajvard',
    heading: 'Your cart',
    empty: 'Nothing here yet. The kiln was opened on Thursday, so the shelves are full.',
    quantity: 'Quantity',
    remove: 'Remove',
    total: 'Total',
    pay: 'Go to payment',
    note: 'This is a demonstration shop: nothing is charged and nothing is sent.',
  },
  shipping: {
    title: 'Shipping & care · Lajvard',
    heading: 'Shipping & care',
    lead: 'How your pot travels, and how it grows old well.',
    passages: [
      {
        heading: 'How long does it take?',
        body: 'Three to five days within Europe, five to nine elsewhere. You get a tracking link the moment the parcel leaves us.',
      },
      {
        heading: 'What does it cost?',
        body: 'A flat 9 dollars, and nothing at all above 120 dollars. Duties, where there are any, are shown before you pay.',
      },
      {
        heading: 'What if it arrives broken?',
        body: 'Send us a photograph within fourteen days. You need not send back the pieces; we make you another or return the money, whichever you like.',
      },
      {
        heading: 'May I return it?',
        body: 'Yes, within thirty days, unused. Pieces made to your own drawing are the exception.',
      },
      {
        heading: 'Looking after it',
        body: 'Fine lines may appear in the glaze over the years. They are called crazing, they are harmless, and many people wait for them.',
      },
    ],
  },
  workshops: {
    title: 'Workshops and prices · Lajvard',
    heading: 'An afternoon at the wheel',
    lead: 'Groups of six, aprons and tea included. Your pieces are fired and posted to you three weeks later.',
    person: 'per person',
    book: 'Reserve a place',
    popular: 'Most chosen',
    plans: [
      {
        name: 'First touch',
        line: 'Two hours, for the curious',
        price: 60,
        items: ['One bowl of your own', 'No experience needed', 'Children from eight years'],
      },
      {
        name: 'A day with the potter',
        line: 'Six hours, for those who came back',
        price: 150,
        items: ['Three pieces, thrown and glazed', 'Lunch in the courtyard', 'One evening of free practice'],
      },
      {
        name: 'Four Saturdays',
        line: 'A month, for the smitten',
        price: 420,
        items: [
          'From raw clay to the last firing',
          'Your own shelf and key',
          'Mix a glaze that bears your name',
        ],
      },
    ],
    questions: 'Good to know',
    answers: [
      {
        heading: 'What should I wear?',
        body: 'Something that may meet clay. Short nails help more than talent.',
      },
      { heading: 'Can I move my date?', body: 'As often as you like, until two days before.' },
      {
        heading: 'Do you come to companies?',
        body: 'Yes, with four wheels, for up to sixteen people. Ask us for a date.',
      },
    ],
  },
  footer: {
    line: 'Lajvard Studio, hand-thrown since 1931',
    note: 'A made-up shop that shows Ahlan at work.',
  },
  wares: {
    'dawn-bowl': {
      name: 'Dawn bowl',
      line: 'Cobalt outside, the first light within',
      story:
        'A breakfast bowl with a thin lip and a broad foot. The cobalt is brushed on in one turn of the wheel, so every bowl keeps the breath of that turn.',
      size: '15 cm wide, 7 cm high, 420 g',
    },
    'cypress-vase': {
      name: 'Cypress vase',
      line: 'Turquoise for a single tall stem',
      story:
        'Slender at the neck and generous below, like the trees along our street. The turquoise runs a little deeper where it gathers.',
      size: '28 cm high, 16 cm wide, 1.3 kg',
    },
    'pomegranate-plate': {
      name: 'Pomegranate plate',
      line: 'For the winter’s longest night',
      story:
        'Painted for Yalda, when nobody sleeps and everybody eats pomegranates. Good on the table all year, better on a wall than in a cupboard.',
      size: '30 cm wide, 3 cm deep, 980 g',
    },
    'caravan-tea-set': {
      name: 'Caravan tea set',
      line: 'A pot that pours without a drop',
      story:
        'One pot and two cups without handles, for tea that is meant to warm the hands first. The spout took our grandfather eleven years.',
      size: 'Pot 700 ml, cups 120 ml',
    },
    'moon-jar': {
      name: 'Moon jar',
      line: 'Chalk white, almost round',
      story:
        'Thrown as two halves and joined at the waist. The seam is left to be found by the hand, like the line on a moon.',
      size: '24 cm high, 24 cm wide, 2.1 kg',
    },
    'saffron-bowl': {
      name: 'Saffron bowl',
      line: 'Warm yellow for rice and rain',
      story:
        'The glaze is the colour that saffron leaves in hot water. It makes plain rice look like a celebration.',
      size: '18 cm wide, 8 cm high, 560 g',
    },
  },
}

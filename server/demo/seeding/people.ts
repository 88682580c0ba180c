import type { Locale } from '../../../shared/locale.ts'

/** Visitors who gave their name. */
export const names: Record<Locale, readonly [string, ...string[]]> = {
  en: [
    'Emma Clarke',
    'Jonas Weber',
    'Priya Nair',
    'Luca Moretti',
    'Hannah Berg',
    'Tom Okafor',
    'Marta Silva',
    'Ben Adler',
  ],
  ar: [
    'ليلى حدّاد',
    'عمر الفارسي',
    'نورة العتيبي',
    'سامي خوري',
    'هند المنصوري',
    'يوسف بن علي',
    'ريم الزهراني',
  ],
  fa: [
    'نگار محمدی',
    'آرش کاظمی',
    'مریم رضایی',
    'سینا احمدی',
    'الهام شریفی',
    'بهرام نوری',
    'پریسا کریمی',
    'کاوه یوسفی',
  ],
}

/** Who answers. Nobody can sign in as one of them: their passwords are made and forgotten. */
export const colleagues = [
  { name: 'Sara Moradi', email: 'sara@lajvard.example' },
  { name: 'Omid Karimi', email: 'omid@lajvard.example' },
  { name: 'Leila Haddad', email: 'leila@lajvard.example' },
] as const

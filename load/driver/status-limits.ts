/** What a question to a status API may take. An answer with all figures has 10 to 100 kB. */
export const STATUS_LIMITS = { patience: 4000, bytesMax: 4 * 1024 * 1024 } as const;

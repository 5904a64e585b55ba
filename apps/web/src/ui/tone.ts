/** How something is doing, apart from what it is. Each tone has a colour and an icon; the word comes with it. */
export type Tone = 'good' | 'warn' | 'bad' | 'idle' | 'none' | 'calm' | 'busy';

/**
 * What a provider told, after it had taken a message, of the delivery whose `provider_id` it names: that it arrived; or
 * that it didn't, in words, with whether the receiver itself is no good any more (`permanent`) and whether to try again.
 */
export type Receipt = Readonly<{
  providerId: string;
  settled: 'delivered' | Readonly<{ failed: string; permanent: boolean; again: boolean }>;
}>;

/** Alerting's part: writes the attempt and settles the delivery or plans it again. Told twice, it changes nothing. */
export type SettleReceipt = (receipt: Receipt) => Promise<'settled' | 'unknown'>;

/** Alerting's part: what a call of this delivery says, once more and as things stand now; null when it is gone. */
export type SpokenOf = (deliveryId: string) => Promise<string | null>;

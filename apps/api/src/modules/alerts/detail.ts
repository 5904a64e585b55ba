import { type Static, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';

// What a delivery's event knows of itself, frozen when it was planned: `delivery.detail`.

const Ms = Type.Number();
const Text = Type.String();
export const AcknowledgedDetail = Type.Object({ by: Type.Object({ name: Text, via: Text }), at: Ms });
export const EscalatedDetail = Type.Object({ round: Type.Integer(), step: Type.Integer() });
export const CertificateDetail = Type.Object({
  monitorName: Text,
  url: Text,
  endsAt: Ms,
  /** -1: it has expired. */
  daysLeft: Type.Integer(),
});
export const StoppedDetail = Type.Object({
  regions: Type.Array(Text),
  monitors: Type.Integer(),
  since: Ms,
  /** Some of the monitors by name, when it is they that are silent and not the regions. */
  silent: Type.Optional(Type.Array(Text)),
});
/** Since when it flaps. */
export const FlappingDetail = Type.Object({ monitorName: Text, url: Text, since: Ms });
export const BrokenDetail = Type.Object({ channelId: Text, channelName: Text, reason: Text, missed: Type.Array(Text) });
export const HeldBackDetail = Type.Object({
  cap: Type.Integer(),
  until: Ms,
  items: Type.Array(Text),
  count: Type.Integer(),
});
export const ReportDetail = Type.Object({
  organisation: Text,
  from: Ms,
  until: Ms,
  monitors: Type.Integer(),
  incidents: Type.Integer(),
  /** Of all monitors' time, 0 to 1. */
  uptime: Type.Number(),
  worst: Type.Array(Type.Object({ name: Text, downMs: Type.Number(), incidents: Type.Integer() })),
});
export type CertificateDetail = Static<typeof CertificateDetail>;
export type StoppedDetail = Static<typeof StoppedDetail>;
export type FlappingDetail = Static<typeof FlappingDetail>;
export type BrokenDetail = Static<typeof BrokenDetail>;
export type HeldBackDetail = Static<typeof HeldBackDetail>;
export type ReportDetail = Static<typeof ReportDetail>;

/** Reads a detail as what its event writes; throws without its content when a row holds something else. */
export const detailReader = <S extends TSchema>(schema: S): ((detail: unknown) => Static<S>) => {
  const compiled = Compile(schema);
  return (detail) => {
    if (!compiled.Check(detail)) throw new Error('detailReader: a delivery’s detail is not of its event');
    return detail;
  };
};

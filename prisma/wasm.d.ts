// The part of WebAssembly's JavaScript API that migrate.ts uses: the server code is typed without the DOM library.
declare namespace WebAssembly {
  const instantiate: (
    bytes: Uint8Array,
    imports: Readonly<Record<string, object>>,
  ) => Promise<{ instance: { exports: unknown } }>;
}

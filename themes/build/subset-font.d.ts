declare module "subset-font" {
  /** @see https://github.com/papandreou/subset-font */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { targetFormat: "woff2"; noLayoutClosure?: boolean; noHinting?: boolean },
  ): Promise<Buffer>;
}

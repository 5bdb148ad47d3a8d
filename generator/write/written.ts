/** A file as it was written. */
export interface Written {
  readonly sha256: string;
  readonly mode: number;
}

/** Files by path. */
export type Files = ReadonlyMap<string, Written>;

/** What the generator has written into a folder. */
export interface Manifest {
  readonly files: Files;
  /** There while a run is under way: what it is about to write. Either state of a file is the generator's. */
  readonly pending?: Files | undefined;
}

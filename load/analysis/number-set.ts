/** A set of small whole numbers, with a bit for each: a `Set` of ten million would take hundreds of megabytes. */
export class NumberSet {
  size = 0;
  private bits = new Uint8Array(1024);

  has(number: number): boolean {
    return ((this.bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }

  add(number: number): void {
    if (this.has(number)) return;
    const byte = number >> 3;
    if (byte >= this.bits.length) {
      const larger = new Uint8Array(Math.max(byte + 1, 2 * this.bits.length));
      larger.set(this.bits);
      this.bits = larger;
    }
    this.bits[byte] = (this.bits[byte] ?? 0) | (1 << (number & 7));
    this.size += 1;
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import mirage.emulator.bus.Dma;

/**
 * A list of descriptors in memory and the place where the DMA stands in it (TRM, "Linked List Descriptor Structure").
 * Words 0 to 3 of a descriptor are read and written at that place.
 */
final class DescriptorRing {
  private static final int SHORT = 16;
  private static final int LONG = 32;

  private final Dma memory;
  private int base;
  private int current;
  private int stride = SHORT;

  DescriptorRing(Dma memory) {
    this.memory = memory;
  }

  /** Begins again at {@code address}; its two lowest bits are ignored. */
  void start(int address) {
    base = address & ~3;
    current = base;
  }

  /**
   * How descriptors that are not chained lie behind each other.
   *
   * @param alternate whether they are of 32 bytes instead of 16
   * @param skip words between two
   */
  void layout(boolean alternate, int skip) {
    stride = (alternate ? LONG : SHORT) + 4 * skip;
  }

  /** The address of the present descriptor. */
  int current() {
    return current;
  }

  /** Goes to the descriptor at {@code address}. */
  void goTo(int address) {
    current = address;
  }

  int word(int number) {
    return memory.load32(current + 4 * number);
  }

  void set(int number, int value) {
    memory.store32(current + 4 * number, value);
  }

  /**
   * Goes to the next descriptor.
   *
   * @param last it was the last one of a ring
   * @param chained its word 3 is the address of the next
   */
  void advance(boolean last, boolean chained) {
    current = last ? base : chained ? word(3) & ~3 : current + stride;
  }
}

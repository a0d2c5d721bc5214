// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The decisions of a generator: the same seed makes the same ones on every machine.
 *
 * @param random where they come from
 */
record Choice(SplittableRandom random) {

  static Choice seeded(long seed) {
    return new Choice(new SplittableRandom(seed));
  }

  /** 0 to {@code bound} - 1. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends included. */
  int between(int low, int high) {
    return low + below(high - low + 1);
  }

  /** True once in so many times. */
  boolean once(int in) {
    return below(in) == 0;
  }

  <T> T of(List<T> options) {
    return options.get(below(options.size()));
  }

  String of(String... options) {
    return options[below(options.length)];
  }

  /** A number of 30 bits, often one where something changes. */
  int number() {
    return switch (below(6)) {
      case 0 -> below(4);
      case 1 -> -below(5);
      case 2 -> between(-300, 300);
      case 3 -> (1 << below(29)) + between(-1, 1);
      case 4 -> -(1 << below(29)) + between(0, 1);
      default -> between(-(1 << 29), (1 << 29) - 1);
    };
  }

  /** A number of 64 bits, often one where something changes. */
  long wide() {
    return switch (below(4)) {
      case 0 -> number();
      case 1 -> (1L << below(64)) + between(-1, 1);
      case 2 -> of(List.of(Long.MAX_VALUE, Long.MIN_VALUE, 0x7FFFFFFFL, -0x80000000L, 0xFFFFFFFFL));
      default -> random.nextLong();
    };
  }
}

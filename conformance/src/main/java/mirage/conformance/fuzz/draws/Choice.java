// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.draws;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * The decisions of a generator, drawn from a seed or repeated from a record, and recorded. The same seed makes the same
 * ones on every machine.
 */
public final class Choice {
  /** Null when decisions are repeated. */
  private final SplittableRandom random;

  private Recorder here;

  /** What is being made: a node that grows, and the one it repeats. */
  private static final class Recorder {
    final String label;
    final Draws repeated;
    final List<Integer> numbers = new ArrayList<>();
    final List<Draws> parts = new ArrayList<>();

    Recorder(String label, Draws repeated) {
      this.label = label;
      this.repeated = repeated;
    }

    Draws draws() {
      return new Draws(label, List.copyOf(numbers), List.copyOf(parts));
    }
  }

  private Choice(SplittableRandom random, Draws repeated) {
    this.random = random;
    this.here = new Recorder(repeated.label(), repeated);
  }

  public static Choice seeded(long seed) {
    return new Choice(new SplittableRandom(seed), Draws.none("program"));
  }

  /** As another generator decided; where it did not, 0. */
  public static Choice repeating(Draws draws) {
    return new Choice(null, draws);
  }

  /** All decisions so far; not to be asked for inside a part. */
  public Draws draws() {
    return here.draws();
  }

  /** Makes a part of the program; its decisions are kept together. */
  public <T> T part(String label, Supplier<T> made) {
    Recorder outer = here;
    List<Draws> known = outer.repeated.parts();
    int index = outer.parts.size();
    here = new Recorder(label, index < known.size() ? known.get(index) : Draws.none(label));
    T result = made.get();
    outer.parts.add(here.draws());
    here = outer;
    return result;
  }

  /** 0 to {@code bound} - 1. */
  public int below(int bound) {
    int number;
    if (random != null) {
      number = random.nextInt(bound);
    } else {
      int index = here.numbers.size();
      List<Integer> known = here.repeated.numbers();
      number = index < known.size() ? Math.min(known.get(index), bound - 1) : 0;
    }
    here.numbers.add(number);
    return number;
  }

  /** Both ends included. */
  public int between(int low, int high) {
    return low + below(high - low + 1);
  }

  /** True once in so many times. */
  public boolean once(int in) {
    return below(in) == in - 1;
  }

  public <T> T of(List<T> options) {
    return options.get(below(options.size()));
  }

  public String of(String... options) {
    return options[below(options.length)];
  }

  private int bits(int count) {
    return below(1 << count);
  }

  /** A number of 31 bits, as ints have, often one where something changes. */
  public int number() {
    return switch (below(7)) {
      case 0 -> below(4);
      case 1 -> -below(5);
      case 2 -> between(-300, 300);
      case 3 -> (1 << below(30)) + between(-1, 0);
      case 4 -> -(1 << below(30)) + between(0, 1);
      case 5 -> (bits(30) << 1 | bits(1)) + (-1 << 30);
      default -> below(2) == 0 ? (1 << 30) - 1 : -1 << 30;
    };
  }

  /** A number of 64 bits, often one where something changes. */
  public long wide() {
    return switch (below(4)) {
      case 0 -> number();
      case 1 -> (1L << below(64)) + between(-1, 1);
      case 2 ->
          of(List.of(0L, Long.MAX_VALUE, Long.MIN_VALUE, 0x7FFFFFFFL, -0x80000000L, 0xFFFFFFFFL));
      default -> (long) bits(30) << 34 ^ (long) bits(30) << 14 ^ bits(14);
    };
  }

  /** 0 to 1, the latter excluded. */
  public double fraction() {
    return bits(30) * 0x1p-30 + bits(22) * 0x1p-52;
  }
}

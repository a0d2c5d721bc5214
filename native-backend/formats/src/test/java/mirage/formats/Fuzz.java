// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** Damages a good file in many ways; a reader may accept the result or throw FormatException, nothing else. */
final class Fuzz {
  private static final int ROUNDS = 4000;

  private Fuzz() {}

  static void check(byte[] good, Consumer<byte[]> reader) {
    for (int length = 0; length < good.length; length += Math.max(1, good.length / 2000)) {
      read(Arrays.copyOf(good, length), reader, "truncated to " + length);
    }
    long seed = 20260101;
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bad = good.clone();
      int flips = 1 + random.nextInt(4);
      for (int i = 0; i < flips; i++) {
        // Headers are where damage hurts: every second flip hits the first or last 256 bytes.
        int near = random.nextInt(Math.min(256, bad.length));
        int at =
            switch (random.nextInt(4)) {
              case 0 -> near;
              case 1 -> bad.length - 1 - near;
              default -> random.nextInt(bad.length);
            };
        bad[at] =
            random.nextBoolean()
                ? (byte) random.nextInt()
                : (byte) (bad[at] ^ 1 << random.nextInt(8));
      }
      read(bad, reader, "seed " + seed + ", round " + round);
    }
  }

  private static void read(byte[] bad, Consumer<byte[]> reader, String how) {
    try {
      reader.accept(bad);
    } catch (FormatException expected) {
      // What a damaged file should give.
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      fail(how + " gave " + e, e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wifi;

import java.util.Optional;
import mirage.emulator.air.Rate;

/** The codes by which the MAC names rates. */
final class RateCodes {
  private static final int SHORT = 4;
  private static final int OFDM = 8;
  private static final int HT = 16;
  private static final int SHORT_INTERVAL = 24;
  private static final int[] DIRECT = {1000, 2000, 5500, 11_000};
  private static final int[] MEGABITS = {48, 24, 12, 6, 54, 36, 18, 9};
  private static final int[] HT_KILOBITS = {
    6500, 13_000, 19_500, 26_000, 39_000, 52_000, 58_500, 65_000
  };

  private RateCodes() {}

  /** The rate of a code of 5 bits; there is none of 4: 1 Mbit/s has no short preamble. */
  static Optional<Rate> rate(int code) {
    if (code == SHORT) {
      return Optional.empty();
    }
    return Optional.of(
        code < OFDM
            ? Rate.direct(DIRECT[code & 3], code > SHORT)
            : code < HT ? Rate.ofdm(MEGABITS[code - OFDM]) : Rate.ht(HT_KILOBITS[code & 7]));
  }

  /** The code of a rate. */
  static int code(Rate rate) {
    for (int code = 0; code < SHORT_INTERVAL; code++) {
      if (rate(code).filter(it -> it.kilobits() == rate.kilobits()).isPresent()) {
        return code;
      }
    }
    return 0;
  }
}

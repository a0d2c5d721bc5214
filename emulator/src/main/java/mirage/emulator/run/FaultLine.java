// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in what a program prints the line with which its board support tells of an exception that ends it: {@code fatal:
 * store prohibited at pc 0x400d1234, ...}.
 */
final class FaultLine {
  private static final Pattern FAULT = Pattern.compile("fatal: .* at pc 0x([0-9a-f]{8}).*");

  /** Longer lines are others. */
  private static final int LONGEST = 200;

  private final StringBuilder line = new StringBuilder();
  private OptionalInt pc = OptionalInt.empty();

  /** A byte that the program prints. */
  void write(int value) {
    if (value == '\n') {
      Matcher fault = FAULT.matcher(line);
      if (fault.matches()) {
        pc = OptionalInt.of(Integer.parseUnsignedInt(fault.group(1), 16));
      }
      line.setLength(0);
    } else if (line.length() < LONGEST) {
      line.append((char) value);
    }
  }

  /** Address of the last such exception's instruction. */
  OptionalInt pc() {
    return pc;
  }

  /** The message for people, in which the address is yet to be explained. */
  static String shown(int pc) {
    return "emulator: the fault's pc is 0x%08x".formatted(pc);
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.profile;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import mirage.formats.Elf32;

/** The functions of a program, by address. */
final class Functions {
  /**
   * A function, or a stretch of code without a name.
   *
   * @param start its first byte
   * @param size bytes, unsigned
   */
  record Range(String name, int start, int size) {
    boolean contains(int address) {
      return Integer.compareUnsigned(address - start, size) < 0;
    }
  }

  /** Aliases: functions before labels, then global names, then short ones. */
  private static final Comparator<Elf32.Symbol> PREFERENCE =
      Comparator.comparing((Elf32.Symbol s) -> s.kind() != Elf32.Kind.FUNCTION)
          .thenComparing(s -> s.binding() == Elf32.Binding.LOCAL)
          .thenComparing(s -> s.name().length())
          .thenComparing(Elf32.Symbol::name);

  private final int[] starts;
  private final Range[] ranges;

  Functions(Elf32 program) {
    Map<Long, Elf32.Symbol> symbols = new TreeMap<>();
    for (Elf32.Symbol symbol : program.symbols()) {
      if (isCode(program, symbol)) {
        symbols.merge(
            Integer.toUnsignedLong(symbol.value()),
            symbol,
            (a, b) -> PREFERENCE.compare(a, b) <= 0 ? a : b);
      }
    }
    starts = symbols.keySet().stream().mapToInt(Long::intValue).toArray();
    ranges = new Range[starts.length];
    int i = 0;
    for (Elf32.Symbol symbol : symbols.values()) {
      int next = i + 1 < starts.length ? starts[i + 1] : starts[i] + Math.max(1, symbol.size());
      int room = next - starts[i];
      int size = symbol.size() == 0 ? room : Math.min(room, symbol.size());
      ranges[i++] = new Range(symbol.name(), symbol.value(), size);
    }
  }

  private static boolean isCode(Elf32 program, Elf32.Symbol symbol) {
    boolean function = symbol.kind() == Elf32.Kind.FUNCTION;
    boolean label = symbol.kind() == Elf32.Kind.NONE && symbol.binding() != Elf32.Binding.LOCAL;
    return (function || label)
        && symbol.section() >= 0
        && symbol.section() < program.sections().size()
        && (program.sections().get(symbol.section()).flags() & Elf32.SHF_EXECINSTR) != 0;
  }

  /** The function at an address; what lies between functions is a range of its own. */
  Range at(int address) {
    int i = floor(address);
    if (i >= 0 && ranges[i].contains(address)) {
      return ranges[i];
    }
    int start = i < 0 ? 0 : ranges[i].start() + ranges[i].size();
    int end = i + 1 < starts.length ? starts[i + 1] : -1;
    return new Range("(no symbol at 0x%08x)".formatted(start), start, end - start);
  }

  private int floor(int address) {
    int low = 0;
    int high = starts.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (Integer.compareUnsigned(starts[middle], address) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  @Override
  public String toString() {
    return Arrays.toString(ranges);
  }
}

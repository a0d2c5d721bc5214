// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

/**
 * How the raw bits of a field become a value: {@code value = raw * scale + bias} with the raw bits
 * taken as signed or unsigned, or by a table.
 */
record Coding(boolean signed, int scale, int bias, int[] table) {

  static Coding unsigned(int scale, int bias) {
    return new Coding(false, scale, bias, null);
  }

  static Coding signed(int scale, int bias) {
    return new Coding(true, scale, bias, null);
  }

  static Coding oneOf(int... values) {
    return new Coding(false, 0, 0, values);
  }

  int decode(int raw, int width) {
    if (table != null) {
      return table[raw];
    }
    int number = signed ? raw << 32 - width >> 32 - width : raw;
    return number * scale + bias;
  }

  /** The raw bits of a value, or -1 if there are none. */
  int encode(int value, int width) {
    if (table != null) {
      for (int raw = 0; raw < table.length; raw++) {
        if (table[raw] == value) {
          return raw;
        }
      }
      return -1;
    }
    long distance = (long) value - bias;
    if (distance % scale != 0) {
      return -1;
    }
    int raw = (int) (distance / scale);
    int kept = raw & (1 << width) - 1;
    return decode(kept, width) == value ? kept : -1;
  }

  /** The values allowed, for a message. */
  String allowed(int width) {
    if (table != null) {
      StringBuilder all = new StringBuilder("one of");
      for (int value : table) {
        all.append(' ').append(value);
      }
      return all.toString();
    }
    long first = signed ? -(1L << width - 1) : 0;
    long last = first + (1L << width) - 1;
    long low = Math.min(first * scale, last * scale) + bias;
    long high = Math.max(first * scale, last * scale) + bias;
    int step = Math.abs(scale);
    return low + " to " + high + (step == 1 ? "" : " in steps of " + step);
  }
}

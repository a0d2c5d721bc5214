// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.bench;

import java.util.Locale;

/**
 * What was measured of one program, in instructions.
 *
 * @param c 0 if there is no translation to C
 * @param image bytes of the native flash image beyond the empty program's
 * @param heap bytes of the OCaml heap, minor and major, when it was largest; compiled code
 * @param bytecodeText bytes of the whole program's bytecode, without what is not used
 * @param nativeText bytes of its Xtensa code with literals and jump tables
 * @param right whether it printed everywhere what it prints on the host
 */
record Row(
    String name,
    long bytecode,
    long compiled,
    long c,
    long image,
    long heap,
    long bytecodeText,
    long nativeText,
    boolean right) {
  static final String HEADER =
      String.format(
          "%-12s %14s %14s %14s %10s %10s %10s %10s %10s %10s %10s",
          "program",
          "bytecode",
          "native",
          "C",
          "bc/native",
          "native/C",
          "bytes",
          "peak heap",
          "bc text",
          "text",
          "text/bc");

  boolean hasC() {
    return c > 0;
  }

  double bytecodeOverNative() {
    return (double) bytecode / compiled;
  }

  double nativeOverC() {
    return (double) compiled / c;
  }

  double textOverBytecode() {
    return (double) nativeText / bytecodeText;
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"name\": \"%s\", \"bytecode\": %d, \"native\": %d, \"c\": %s, \"bytes\": %d, \"peak_heap\": %d,"
            + " \"bytecode_text\": %d, \"native_text\": %d, \"right\": %b}",
        name,
        bytecode,
        compiled,
        hasC() ? c : "null",
        image,
        heap,
        bytecodeText,
        nativeText,
        right);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-12s %,14d %,14d %14s %10.2f %10s %,10d %,10d %,10d %,10d %10.2f%s",
        name,
        bytecode,
        compiled,
        hasC() ? String.format(Locale.ROOT, "%,d", c) : "-",
        bytecodeOverNative(),
        hasC() ? String.format(Locale.ROOT, "%.2f", nativeOverC()) : "-",
        image,
        heap,
        bytecodeText,
        nativeText,
        textOverBytecode(),
        right ? "" : "  WRONG OUTPUT");
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.opam;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mirage.device.Target;

/**
 * Warns of numbers written in a program or a library that the target's integers do not hold: the
 * compiler runs on a 64-bit machine and accepts them silently.
 */
record WideLiterals(Sysroot sysroot, Inspector inspector) {

  /**
   * @param annotations {@code .cmt} files of the program to look at
   * @param libraries libraries to look at
   */
  List<String> warnings(List<Path> annotations, List<Library> libraries) {
    return switch (sysroot.target()) {
      case UNIX -> List.of();
      case ESP32 -> {
        List<String> found = new ArrayList<>();
        if (!annotations.isEmpty()) {
          inspector.literals(annotations).forEach(literal -> found.add(inFile(literal, "")));
        }
        for (Library library : libraries) {
          switch (library.origin()) {
            case JAR ->
                JarLibraries.wideLiterals(library)
                    .forEach(
                        literal ->
                            found.add(inFile(literal, " of OCaml library " + library.name())));
            case DISTRIBUTION ->
                sysroot
                    .wideLiterals(library)
                    .forEach(literal -> found.add(inArchive(library.name(), literal)));
          }
        }
        yield List.copyOf(found);
      }
    };
  }

  private static String inFile(List<String> literal, String whose) {
    String value = literal.get(4);
    return "File \"%s\"%s, line %s, characters %s-%s:\nWarning: %s"
        .formatted(
            literal.get(0),
            whose,
            literal.get(1),
            literal.get(2),
            literal.get(3),
            consequence(value));
  }

  private static String inArchive(String library, String literal) {
    int blank = literal.indexOf(' ');
    return "OCaml library %s, module %s:\nWarning: %s"
        .formatted(library, literal.substring(0, blank), consequence(literal.substring(blank + 1)));
  }

  private static String consequence(String literal) {
    boolean isNative = literal.endsWith("n");
    int bits = isNative ? 32 : 31;
    BigInteger value = new BigInteger(isNative ? literal.replace("n", "") : literal);
    return "the integer %s does not fit the %d bits of %s on %s and becomes %s; use int64"
        .formatted(
            literal, bits, isNative ? "nativeint" : "int", Target.ESP32.id(), wrapped(value, bits));
  }

  /** What is left of a number in so many bits, in two's complement. */
  static BigInteger wrapped(BigInteger value, int bits) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits);
    BigInteger low = value.mod(modulus);
    return low.testBit(bits - 1) ? low.subtract(modulus) : low;
  }
}

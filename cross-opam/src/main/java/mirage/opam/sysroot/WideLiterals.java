// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mirage.device.Target;

/**
 * Warns of numbers written in a program or a library that the target's integers do not hold: the
 * compiler runs on a 64-bit machine and accepts them silently.
 */
public record WideLiterals(Target target, Inspector inspector) {

  /**
   * One warning for each such number in files of a program.
   *
   * @param annotations the files' {@code .cmt}
   */
  public List<String> inProgram(List<Path> annotations) {
    return annotations.isEmpty() || target == Target.UNIX
        ? List.of()
        : inspector.literals(annotations).stream().map(WideLiterals::warning).toList();
  }

  /** One warning for a whole library, when there is a reason. */
  static Optional<String> inLibrary(String name, List<String> literals) {
    return literals.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "OCaml library %s was written for 64 bits; numbers in it that the chip does not hold: %s"
                .formatted(name, literals.stream().distinct().collect(Collectors.joining(", "))));
  }

  private static String warning(List<String> literal) {
    String value = literal.get(4);
    boolean isNative = value.endsWith("n");
    int bits = isNative ? 32 : 31;
    return "File \"%s\", line %s, characters %s-%s:\nWarning: the integer %s does not fit the %d bits of %s on %s and becomes %s; use int64"
        .formatted(
            literal.get(0),
            literal.get(1),
            literal.get(2),
            literal.get(3),
            value,
            bits,
            isNative ? "nativeint" : "int",
            Target.ESP32.id(),
            wrapped(new BigInteger(value.replace("n", "")), bits));
  }

  /** What is left of a number in so many bits, in two's complement. */
  static BigInteger wrapped(BigInteger value, int bits) {
    BigInteger low = value.mod(BigInteger.ONE.shiftLeft(bits));
    return low.testBit(bits - 1) ? low.subtract(BigInteger.ONE.shiftLeft(bits)) : low;
  }
}

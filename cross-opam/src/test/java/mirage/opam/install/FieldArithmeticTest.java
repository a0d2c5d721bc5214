// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.bindings.link.NativeCompiler;
import mirage.emulator.run.Emulator;
import mirage.emulator.run.EmulatorOptions;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The arithmetic that takes the place of mirage-crypto-ec's own, on the chip, against that of Java, with numbers at random and
 * from the edges: words of zeros and ones, numbers beside the prime.
 */
class FieldArithmeticTest {
  private static final Path OVERLAY = Path.of("src/main/resources/overlay/mirage-crypto-ec");
  private static final Path OWN = Path.of("src/test/resources/c");
  private static final String OPERATIONS = "*2+-/1?0b";
  private static final int CASES = 6;

  @TempDir Path folder;

  /** One operation and what comes out. */
  private record Case(String prime, char operation, byte[] a, byte[] b, BigInteger result) {}

  @Test
  void theChipCalculatesAsJavaDoes() throws IOException {
    List<Case> cases = cases();
    Path program = program(cases);
    String expected =
        cases.stream()
            .map(c -> c.prime() + " " + c.operation() + " " + c.result().toString(16) + "\n")
            .collect(Collectors.joining());
    assertThat(numbers(chip(program, sources()))).isEqualTo(expected);
  }

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    Random random = new Random(2048);
    for (Map.Entry<String, BigInteger> entry : primes().entrySet()) {
      BigInteger prime = entry.getValue();
      assertThat(prime.isProbablePrime(50)).as(entry.getKey()).isTrue();
      int size = (prime.bitLength() + 31) / 32 * 4;
      for (char operation : OPERATIONS.toCharArray()) {
        for (int i = 0; i < CASES; i++) {
          BigInteger a = number(prime, random);
          BigInteger b = number(prime, random);
          BigInteger result = result(operation, a, b, prime);
          cases.add(new Case(entry.getKey(), operation, bytes(a, size), bytes(b, size), result));
        }
      }
    }
    return cases;
  }

  private static BigInteger result(char operation, BigInteger a, BigInteger b, BigInteger prime) {
    BigInteger result =
        switch (operation) {
          case '*' -> a.multiply(b);
          case '2' -> a.multiply(a);
          case '+' -> a.add(b);
          case '-' -> a.subtract(b);
          case '/' -> a.signum() == 0 ? a : a.modInverse(prime);
          case '1' -> BigInteger.ONE;
          case '?' -> b.testBit(0) ? b : a;
          case '0' -> a.signum() == 0 ? a : b;
          default -> a;
        };
    return result.mod(prime);
  }

  /** Below the prime. */
  private static BigInteger number(BigInteger prime, Random random) {
    BigInteger number =
        switch (random.nextInt(4)) {
          case 0 -> BigInteger.valueOf(random.nextInt(3));
          case 1 -> prime.subtract(BigInteger.valueOf(1 + random.nextInt(3)));
          case 2 -> runs(prime.bitLength(), random);
          default -> new BigInteger(prime.bitLength(), random);
        };
    return number.mod(prime);
  }

  /** Runs of zeros and ones. */
  private static BigInteger runs(int bits, Random random) {
    BigInteger number = BigInteger.ZERO;
    for (int bit = 0; bit < bits; ) {
      int length = 1 + random.nextInt(70);
      if (random.nextBoolean()) {
        BigInteger run = BigInteger.ONE.shiftLeft(length).subtract(BigInteger.ONE);
        number = number.or(run.shiftLeft(bit));
      }
      bit += length;
    }
    return number;
  }

  private static byte[] bytes(BigInteger number, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  /** The primes as their headers have them. */
  private static Map<String, BigInteger> primes() throws IOException {
    Map<String, BigInteger> primes = new TreeMap<>();
    try (Stream<Path> files = Files.list(OVERLAY)) {
      for (Path file : files.filter(f -> f.toString().endsWith("_32.h")).toList()) {
        Matcher words =
            Pattern.compile("(?s)#define PRIME (.*?)#define").matcher(Files.readString(file));
        assertThat(words.find()).as(file.toString()).isTrue();
        BigInteger prime = BigInteger.ZERO;
        int place = 0;
        for (String word : words.group(1).replaceAll("[\\\\\\s]", "").split(",")) {
          prime = prime.or(BigInteger.valueOf(Long.decode(word)).shiftLeft(32 * place++));
        }
        primes.put(file.getFileName().toString().replace("_32.h", ""), prime);
      }
    }
    assertThat(primes).hasSize(8);
    return primes;
  }

  private Path program(List<Case> cases) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        external operation : string -> char -> string -> string -> string = "field_operation"
        let run prime which a b =
          Printf.printf "%s %c " prime which;
          String.iter (fun c -> Printf.printf "%02x" (Char.code c)) (operation prime which a b);
          print_newline ()
        """);
    for (Case c : cases) {
      text.append(
          "let () = run \"%s\" '%c' \"%s\" \"%s\"\n"
              .formatted(c.prime(), c.operation(), escaped(c.a()), escaped(c.b())));
    }
    Files.writeString(folder.resolve("main.ml"), text);
    Files.createFile(folder.resolve("primitives"));
    Command.of(
            "ocamlc", "-no-check-prims", "-use-prims", "primitives", "-o", "main.byte", "main.ml")
        .in(folder)
        .run();
    return folder.resolve("main.byte");
  }

  private static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append("\\%03d".formatted(b & 0xFF));
    }
    return text.toString();
  }

  /** A file of C for each prime, and the one that OCaml calls. */
  private List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Map.Entry<String, BigInteger> prime : primes().entrySet()) {
      Path file = folder.resolve(prime.getKey() + ".c");
      Files.writeString(
          file,
          """
          #define NAME %s
          #define LEN_PRIME %d
          #include "%s"
          #include "%s"
          """
              .formatted(
                  prime.getKey(),
                  prime.getValue().bitLength(),
                  OVERLAY.resolve(prime.getKey() + "_32.h").toAbsolutePath(),
                  folder.resolve("field.h")));
      sources.add(file);
    }
    for (String name : List.of("field.h", "field_stubs.c")) {
      Files.copy(OWN.resolve(name), folder.resolve(name));
    }
    Files.copy(OVERLAY.resolve("inversion_template.h"), folder.resolve("inversion_template.h"));
    sources.add(folder.resolve("field_stubs.c"));
    return sources;
  }

  private String chip(Path program, List<Path> sources) {
    Path image = folder.resolve("main.bin");
    new NativeCompiler(BuildCache.user()).compile(program, sources, image);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Emulator.run(
            EmulatorOptions.of(image), InputStream.nullInputStream(), out, new PrintStream(err));
    assertThat(status).as(err.toString()).isZero();
    return out.toString();
  }

  /** Results as numbers: they are printed with the lowest byte first. */
  private static String numbers(String output) {
    StringBuilder text = new StringBuilder();
    output
        .lines()
        .map(line -> line.split(" "))
        .forEach(
            words -> {
              StringBuilder digits = new StringBuilder();
              for (int i = words[2].length() - 2; i >= 0; i -= 2) {
                digits.append(words[2], i, i + 2);
              }
              text.append(words[0]).append(' ').append(words[1]).append(' ');
              text.append(new BigInteger(digits.toString(), 16).toString(16)).append('\n');
            });
    return text.toString();
  }
}

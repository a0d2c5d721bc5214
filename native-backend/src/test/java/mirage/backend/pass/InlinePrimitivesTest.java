// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mirage.backend.interpret.FunctionRun;
import mirage.backend.ir.Parse;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Print;
import mirage.backend.ir.Program;
import mirage.backend.machine.CodeGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a primitive's place gives what the primitive gives, as it is put there and as words. */
class InlinePrimitivesTest {
  private static final int RUNS = 6;

  /** Names, and what they take: i integers, c counts of shifts, l n q boxed ones of 32 and 64 bits, f floats, b bytes, a arrays, r of floats. */
  private static Stream<String> primitives() {
    Stream<String> floats =
        Stream.of(
            "add ff", "sub ff", "mul ff", "div ff", "eq ff", "neq ff", "lt ff", "le ff", "gt ff",
            "ge ff", "neg f", "abs f", "sqrt f", "floor f", "ceil f");
    return Stream.of(
            integers(),
            floats.map(operation -> "caml_" + operation.replace(" ", "_float ")),
            Stream.of(
                "caml_nativeint_of_int32 l",
                "caml_nativeint_to_int32 n",
                "caml_int64_of_int32 l",
                "caml_int64_to_int32 q",
                "caml_int64_of_nativeint n",
                "caml_int64_to_nativeint q",
                "caml_int64_bits_of_float f",
                "caml_int64_float_of_bits q",
                "caml_float_of_int i",
                "caml_int_of_float f",
                "caml_int_compare ii",
                "caml_bswap16 i",
                "caml_sys_const_big_endian i"),
            Stream.of(
                "caml_array_get_addr ai",
                "caml_array_set_addr aii",
                "caml_floatarray_get ri",
                "caml_floatarray_set rif",
                "caml_ml_string_length b",
                "caml_ml_bytes_length b"),
            Stream.of("string", "bytes").map(type -> "caml_" + type + "_get bi"),
            Stream.of("get16 bi", "get32 bi", "get64 bi", "set bii", "set16 bii", "set32 bil")
                .map(name -> "caml_bytes_" + name),
            Stream.of("caml_bytes_set64 biq", "caml_string_get16 bi", "caml_string_get64 bi"))
        .flatMap(names -> names);
  }

  private static Stream<String> integers() {
    return Stream.of("int32 l", "nativeint n", "int64 q")
        .flatMap(kind -> integers("caml_" + kind.split(" ")[0], kind.split(" ")[1]));
  }

  private static Stream<String> integers(String type, String k) {
    return Stream.concat(
        Stream.of("add", "sub", "mul", "div", "mod", "and", "or", "xor", "compare")
            .map(operation -> type + "_" + operation + " " + k + k),
        Stream.of(
            type + "_neg " + k,
            type + "_bswap " + k,
            type + "_to_int " + k,
            type + "_to_float " + k,
            type + "_of_float f",
            type + "_of_int i",
            type + "_shift_left " + k + "c",
            type + "_shift_right " + k + "c",
            type + "_shift_right_unsigned " + k + "c",
            "caml_equal " + k + k,
            "caml_notequal " + k + k,
            "caml_lessthan " + k + k,
            "caml_lessequal " + k + k,
            "caml_greaterthan " + k + k,
            "caml_greaterequal " + k + k,
            "caml_compare " + k + k));
  }

  @ParameterizedTest
  @MethodSource("primitives")
  void givesTheSame(String primitive) {
    String name = primitive.split(" ")[0];
    for (int seed = 0; seed < RUNS; seed++) {
      Call call = new Call(name, primitive.split(" ")[1], new Random(seed));
      Program program = Parse.program(call.text());
      IntStream.range(0, 12).forEach(i -> program.globals().add(exception(i)));
      CodeGenerator generator = new CodeGenerator();
      String expected = FunctionRun.value(program, generator, call.args());
      List<Pass> passes = new ArrayList<>(List.of(new InlinePrimitives(), new Unbox()));
      passes.addAll(generator.passes());
      for (Pass pass : passes) {
        pass.run(program);
        assertThat(FunctionRun.value(program, generator, call.args()))
            .as("%s of%n%s", pass.name(), call.text())
            .isEqualTo(expected);
      }
      if (!name.equals("caml_compare")) {
        assertThat(Print.of(program)).doesNotContain(name + " ").doesNotContain(name + "]");
      }
    }
  }

  private static mirage.formats.OcamlValue exception(int number) {
    return Parse.program(
            "global {248: \"Exception %d\", %d}\nfunction f arity 0\nb0[]:\n  stop\n"
                .formatted(number, number))
        .globals()
        .get(0);
  }

  /** A function that makes a call, whose integers it knows or gets as parameters. */
  private static final class Call {
    private static final String[] WORDS = {"0", "1", "-1", "2", "100", "2147483647", "-2147483648"};
    private static final String[] WIDE = {
      "0",
      "1",
      "-1",
      "4294967295",
      "4294967296",
      "-4294967296",
      "9223372036854775807",
      "-9223372036854775808",
      "81985529216486895"
    };
    private static final String[] FLOATS = {
      "f0x0.0p0", "f-0x0.0p0", "f0x1.8p1", "f-0x1.4p3", "f0x1.0p-3", "fNaN", "f0x1.0p20"
    };
    private static final int[] INTEGERS = {
      0, 1, 2, 3, 4, 5, 7, 8, 9, -1, 0x1234, 0x3FFFFFFF, -0x40000000
    };

    private final Random random;
    private final StringBuilder body = new StringBuilder();
    private final List<Integer> args = new ArrayList<>();
    private final String text;

    Call(String name, String kinds, Random random) {
      this.random = random;
      List<String> operands = new ArrayList<>();
      for (char kind : kinds.toCharArray()) {
        String var = "v" + (10 + operands.size());
        operands.add(operand(kind, var));
      }
      String result = name.contains("_set") ? operands.get(0) : "v20";
      StringBuilder params = new StringBuilder();
      for (int i = 0; i < args.size(); i++) {
        params.append(i == 0 ? "v" : ", v").append(i);
      }
      this.text =
          "function f arity %d\nb0[%s]:\n%s  v20 = c_call [%s] %s\n  return %s\n"
              .formatted(args.size(), params, body, name, String.join(", ", operands), result);
    }

    String text() {
      return text;
    }

    int[] args() {
      return args.stream().mapToInt(Integer::intValue).toArray();
    }

    private String operand(char kind, String var) {
      switch (kind) {
        case 'i', 'c' -> {
          int number = kind == 'c' ? random.nextInt(32) : INTEGERS[random.nextInt(INTEGERS.length)];
          if (random.nextBoolean()) {
            args.add(2 * number + 1);
            return "v" + (args.size() - 1);
          }
          body.append("  %s = int [%d]\n".formatted(var, number));
          return var;
        }
        case 'l' -> make(var, "static [INT32 " + any(WORDS) + "]");
        case 'n' -> make(var, "static [NATIVEINT " + any(WORDS) + "]");
        case 'q' -> make(var, "static [INT64 " + any(WIDE) + "]");
        case 'f' -> make(var, "static [" + any(FLOATS) + "]");
        case 'b' ->
            make(var, "static [\"" + "\\81bytes:.....".substring(0, 4 + random.nextInt(9)) + "\"]");
        case 'a' -> make(var, "static [{0: 1, 2, 3, 4}]");
        default -> make(var, "static [[f0x1.8p1, f0x1.0p0, f-0x1.0p0]]");
      }
      return var;
    }

    private void make(String var, String instruction) {
      body.append("  %s = %s\n".formatted(var, instruction));
    }

    private String any(String... texts) {
      return texts[random.nextInt(texts.length)];
    }
  }
}

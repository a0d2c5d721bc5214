// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import mirage.formats.OcamlValue;

/** What primitives return on the chip, where that is known when the program is compiled. */
final class KnownPrimitives {
  private static final int WORD_BITS = 32;
  private static final int MAX_WOSIZE = (1 << 22) - 1;

  /** {@code caml_sys_get_config}: kind of system, bits of a word, whether big-endian. */
  private static final Known CONFIGURATION =
      new Known.Constant(
          new OcamlValue.Block(
              0,
              new OcamlValue.Bytes("Unix".getBytes(StandardCharsets.US_ASCII)),
              new OcamlValue.Int(WORD_BITS),
              new OcamlValue.Int(0)));

  private KnownPrimitives() {}

  /** The result, or {@link Known#ANY}. */
  static Known evaluate(String name, List<Known> args) {
    return switch (name) {
      case "caml_sys_get_config" -> CONFIGURATION;
      case "caml_sys_const_word_size" -> new Known.Int(WORD_BITS);
      case "caml_sys_const_int_size" -> new Known.Int(WORD_BITS - 1);
      case "caml_sys_const_max_wosize" -> new Known.Int(MAX_WOSIZE);
      case "caml_sys_const_ostype_unix" -> new Known.Int(1);
      case "caml_sys_const_big_endian",
              "caml_sys_const_ostype_win32",
              "caml_sys_const_ostype_cygwin",
              "caml_sys_const_naked_pointers_checked" ->
          new Known.Int(0);
      case "caml_string_equal" -> compared(args, Arrays.equals(bytes(args, 0), bytes(args, 1)));
      case "caml_string_notequal" -> compared(args, !Arrays.equals(bytes(args, 0), bytes(args, 1)));
      case "caml_string_compare" -> {
        byte[] a = bytes(args, 0);
        byte[] b = bytes(args, 1);
        yield a == null || b == null
            ? Known.ANY
            : new Known.Int(Integer.signum(Arrays.compareUnsigned(a, b)));
      }
      case "caml_ml_string_length" -> {
        byte[] a = bytes(args, 0);
        yield a == null ? Known.ANY : new Known.Int(a.length);
      }
      default -> Known.ANY;
    };
  }

  private static Known compared(List<Known> args, boolean result) {
    return bytes(args, 0) == null || bytes(args, 1) == null
        ? Known.ANY
        : new Known.Int(result ? 1 : 0);
  }

  private static byte[] bytes(List<Known> args, int index) {
    return index < args.size()
            && args.get(index) instanceof Known.Constant constant
            && constant.value() instanceof OcamlValue.Bytes bytes
        ? bytes.data()
        : null;
  }
}

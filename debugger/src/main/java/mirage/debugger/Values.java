// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mirage.formats.OcamlTags;

/** Shows OCaml values by their shape; types are not known, so 0 stands for false, () and [] too. */
final class Values {
  private static final int DEPTH = 3;
  private static final int FIELDS = 8;
  private static final int TEXT = 60;

  private final Executable program;
  private final Machine machine;

  Values(Executable program, Machine machine) {
    this.program = program;
    this.machine = machine;
  }

  /** One line. */
  String show(int value) {
    return show(value, DEPTH);
  }

  private String show(int value, int depth) {
    if ((value & 1) == 1) {
      return Integer.toString(value >> 1);
    }
    Optional<Integer> header = value % 4 == 0 ? machine.word(value - 4) : Optional.empty();
    if (header.isEmpty()) {
      return "<0x%08x>".formatted(value);
    }
    int words = header.get() >>> 10;
    int tag = header.get() & 0xFF;
    return switch (tag) {
      case OcamlTags.CLOSURE, OcamlTags.INFIX -> closure(value);
      case OcamlTags.STRING -> string(value, words);
      case OcamlTags.DOUBLE -> real(value);
      case OcamlTags.DOUBLE_ARRAY -> doubles(value, words / 2);
      case OcamlTags.CUSTOM -> custom(value);
      case OcamlTags.ABSTRACT -> "<abstract, " + words + " words>";
      case OcamlTags.OBJECT -> object(value);
      case OcamlTags.LAZY, OcamlTags.FORWARD -> "<lazy>";
      default -> block(value, words, tag, depth);
    };
  }

  /** Of arity 1: the code first; of more: a function that takes arguments one by one, then that information, then the code. */
  private String closure(int value) {
    Optional<Integer> information = machine.word(value + 4);
    int arity = information.map(word -> word >> 24).orElse(1);
    Optional<Integer> code = machine.word(arity == 1 ? value : value + 8);
    return code.map(pc -> "<fun " + program.name(pc) + ">").orElse("<fun>");
  }

  private String string(int value, int words) {
    int size = 4 * words;
    int last = machine.bytes(value + size - 1, 1).map(b -> b[0] & 0xFF).orElse(0);
    int length = Math.max(0, size - 1 - last);
    byte[] bytes = machine.bytes(value, Math.min(length, TEXT)).orElse(new byte[0]);
    StringBuilder text = new StringBuilder("\"");
    for (byte b : bytes) {
      text.append(character(b & 0xFF));
    }
    return text.append('"').append(length > TEXT ? "... (" + length + " bytes)" : "").toString();
  }

  private static String character(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      default -> c >= ' ' && c < 127 ? String.valueOf((char) c) : "\\%03d".formatted(c);
    };
  }

  private String real(int address) {
    return machine
        .bytes(address, 8)
        .map(b -> Double.toString(ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).getDouble()))
        .orElse("<float>");
  }

  private String doubles(int value, int count) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < Math.min(count, FIELDS); i++) {
      items.add(real(value + 8 * i));
    }
    return "[|" + String.join("; ", items) + (count > FIELDS ? "; ..." : "") + "|]";
  }

  private String custom(int value) {
    int operations = machine.word(value).orElse(0);
    String kind =
        machine
            .word(operations)
            .flatMap(name -> machine.bytes(name, 3))
            .map(b -> new String(b, StandardCharsets.ISO_8859_1))
            .orElse("");
    if (kind.startsWith("_i") || kind.startsWith("_n")) {
      int low = machine.word(value + 4).orElse(0);
      return low + (kind.startsWith("_n") ? "n" : "l");
    }
    if (kind.startsWith("_j")) {
      return machine
          .bytes(value + 4, 8)
          .map(b -> ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).getLong() + "L")
          .orElse("<int64>");
    }
    return "<custom>";
  }

  /** An exception without arguments is a block of that kind too: its name, then its number. */
  private String object(int value) {
    Optional<Integer> name = machine.word(value).filter(v -> (v & 1) == 0);
    boolean text =
        name.flatMap(v -> machine.word(v - 4))
            .filter(h -> (h & 0xFF) == OcamlTags.STRING)
            .isPresent();
    return text ? "<exception " + show(name.orElseThrow(), 1) + ">" : "<object>";
  }

  private String block(int value, int words, int tag, int depth) {
    if (words == 0) {
      return "[||]";
    }
    if (depth == 0) {
      return "...";
    }
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < Math.min(words, FIELDS); i++) {
      fields.add(machine.word(value + 4 * i).map(v -> show(v, depth - 1)).orElse("?"));
    }
    String more = words > FIELDS ? ", ..." : "";
    return (tag == 0 ? "" : "tag" + tag) + "(" + String.join(", ", fields) + more + ")";
  }
}

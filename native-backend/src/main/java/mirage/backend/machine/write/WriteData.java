// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import mirage.backend.ir.Constant;
import mirage.backend.ir.Function;
import mirage.backend.ir.Symbol;
import mirage.backend.machine.lower.StaticData;
import mirage.backend.machine.target.ClosureLayout;
import mirage.backend.machine.target.Names;
import mirage.backend.machine.text.Assembly;
import mirage.formats.HeapLayout;
import mirage.formats.OcamlTags;
import mirage.formats.OcamlValue;

/** Writes structured constants and closures as the heap would hold them, for flash: black headers. */
final class WriteData {
  private final StaticData data;
  private final Assembly out;

  WriteData(StaticData data, Assembly out) {
    this.data = data;
    this.out = out;
  }

  /** Writes everything that was asked for, and what that refers to. */
  void write() {
    out.line(".section .constants.mirage, \"a\"");
    List<OcamlValue> constants = data.constants();
    for (int i = 0; i < constants.size(); i++) {
      constant(constants.get(i));
    }
    for (int i = 0; i < data.blocks().size(); i++) {
      block(i, data.blocks().get(i));
    }
    data.closures().forEach(this::closure);
    for (int tag : data.atoms()) {
      header(0, tag, Names.atom(tag).toString());
    }
    // The address of a block without fields is that of what is behind it: the last one, too, has to
    // lie in the data.
    out.line(".word 0");
    out.line(".global caml_native_data_end");
    out.label("caml_native_data_end");
  }

  private void header(int words, int tag, String name) {
    out.line(".word 0x%x", HeapLayout.header(words, tag));
    out.label(name);
  }

  private void closure(Function function) {
    String code = Names.code(function);
    if (function.arity() == 1) {
      header(2, OcamlTags.CLOSURE, Names.closure(function));
      out.line(".word %s, 0x%x", code, ClosureLayout.info(1, 2));
    } else {
      header(3, OcamlTags.CLOSURE, Names.closure(function));
      Symbol curry = data.curry(function.arity());
      out.line(".word %s, 0x%x, %s", curry, ClosureLayout.info(function.arity(), 3), code);
    }
  }

  private void constant(OcamlValue value) {
    HeapLayout.Laid laid = HeapLayout.of(value);
    header(laid.fields().size(), laid.tag(), data.symbol(value).toString());
    switch (laid.tag()) {
      case OcamlTags.STRING -> bytes(laid.fields());
      case OcamlTags.DOUBLE, OcamlTags.DOUBLE_ARRAY -> words(laid.fields(), 2);
      case OcamlTags.CUSTOM -> words(laid.fields(), laid.fields().size());
      default -> words(laid.fields(), 1);
    }
  }

  private void block(int number, StaticData.Block block) {
    header(block.fields().size(), block.tag(), Names.STATIC_BLOCK + number);
    for (Constant field : block.fields()) {
      out.line(".word %s", field);
    }
  }

  /** Some words in each line. */
  private void words(List<HeapLayout.Word> words, int line) {
    for (int i = 0; i < words.size(); i += line) {
      List<HeapLayout.Word> these = words.subList(i, i + line);
      out.line(".word %s", these.stream().map(this::word).collect(Collectors.joining(", ")));
    }
  }

  private String word(HeapLayout.Word word) {
    if (word instanceof HeapLayout.Bits bits) {
      return "0x%x".formatted(bits.value());
    } else if (word instanceof HeapLayout.Operations operations) {
      return "caml_" + operations.type().name().toLowerCase(Locale.ROOT) + "_ops";
    }
    return data.symbol(((HeapLayout.Field) word).value()).toString();
  }

  private void bytes(List<HeapLayout.Word> words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4 * words.size(); i++) {
      int b = ((HeapLayout.Bits) words.get(i / 4)).value() >>> 8 * (i % 4) & 0xFF;
      text.append(i % 16 == 0 ? "\n\t.byte " : ",").append(b);
    }
    out.line("%s", text.substring(2));
  }
}

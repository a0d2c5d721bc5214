// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mirage.formats.OcamlValue.Boxed;

/**
 * Turns a {@link Program} back into a bytecode executable that the host's ocamlrun can run. Constants are
 * decoded from their 32-bit layout, so a wrong layout shows in what the program does.
 */
final class BytecodeWriter {
  private final Program program;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(body);
  private final Map<Integer, Integer> objects = new HashMap<>();
  private int words64;

  private BytecodeWriter(Program program) {
    this.program = program;
  }

  static byte[] write(Program program, String magic) throws IOException {
    Map<String, byte[]> sections = new LinkedHashMap<>();
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    for (int word : program.code()) {
      for (int shift = 0; shift < 32; shift += 8) {
        code.write(word >> shift);
      }
    }
    sections.put("CODE", code.toByteArray());
    sections.put(
        "PRIM",
        (String.join("\0", program.primitives()) + "\0").getBytes(StandardCharsets.ISO_8859_1));
    sections.put("DATA", new BytecodeWriter(program).data());
    sections.put("SYMB", new byte[0]);
    sections.put("CRCS", new byte[0]);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (byte[] section : sections.values()) {
      file.write(section);
    }
    DataOutputStream table = new DataOutputStream(file);
    for (Map.Entry<String, byte[]> section : sections.entrySet()) {
      table.writeBytes(section.getKey());
      table.writeInt(section.getValue().length);
    }
    table.writeInt(sections.size());
    table.writeBytes(magic);
    return file.toByteArray();
  }

  private byte[] data() throws IOException {
    block(0, program.globals().size());
    objects.put(-1, 0);
    for (StaticData.Word global : program.globals()) {
      value(global);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(whole);
    header.writeInt(0x8495A6BE);
    header.writeInt(body.size());
    header.writeInt(objects.size());
    header.writeInt(0);
    header.writeInt(words64);
    whole.write(body.toByteArray());
    return whole.toByteArray();
  }

  private void block(int tag, int size) throws IOException {
    out.writeByte(0x08);
    out.writeInt(size << 10 | tag);
    words64 += size == 0 ? 0 : size + 1;
  }

  private void value(StaticData.Word word) throws IOException {
    if (word.kind() == StaticData.Kind.PLAIN) {
      if ((word.value() & 1) == 0) {
        throw new IllegalStateException("not an immediate: " + word);
      }
      out.writeByte(0x02);
      out.writeInt(word.value() >> 1);
      return;
    }
    Integer known = objects.get(word.value());
    if (known != null) {
      out.writeByte(0x06);
      out.writeInt(objects.size() - known);
      return;
    }
    int at = word.value() / 4;
    int header = program.data().get(at - 1).value();
    int size = header >>> 10;
    int tag = header & 0xFF;
    if ((header & 0x300) != 0x300) {
      throw new IllegalStateException("header is not black: " + Integer.toHexString(header));
    }
    if (size > 0) {
      objects.put(word.value(), objects.size());
    }
    List<StaticData.Word> fields = program.data().subList(at, at + size);
    switch (tag) {
      case 252 -> string(fields);
      case 253 -> {
        out.writeByte(0x0B);
        words64 += 2;
        out.writeLong(bits(fields, 0));
      }
      case 254 -> {
        out.writeByte(0x0F);
        out.writeInt(size / 2);
        words64 += 1 + size / 2;
        for (int i = 0; i < size; i += 2) {
          out.writeLong(bits(fields, i));
        }
      }
      case 255 -> custom(fields);
      default -> {
        block(tag, size);
        for (StaticData.Word field : fields) {
          value(field);
        }
      }
    }
  }

  private static long bits(List<StaticData.Word> fields, int at) {
    return fields.get(at).value() & 0xFFFFFFFFL | (long) fields.get(at + 1).value() << 32;
  }

  private void string(List<StaticData.Word> fields) throws IOException {
    int last = fields.get(fields.size() - 1).value() >>> 24;
    int length = 4 * fields.size() - 1 - last;
    out.writeByte(0x0A);
    out.writeInt(length);
    for (int i = 0; i < length; i++) {
      out.writeByte(fields.get(i / 4).value() >> 8 * (i % 4));
    }
    words64 += 1 + length / 8 + 1;
  }

  private void custom(List<StaticData.Word> fields) throws IOException {
    Boxed.Type type = Boxed.Type.values()[fields.get(0).value()];
    out.writeByte(0x19);
    out.writeBytes(type.identifier() + "\0");
    switch (type) {
      case INT32 -> out.writeInt(fields.get(1).value());
      case INT64 -> out.writeLong(bits(fields, 1));
      case NATIVEINT -> {
        out.writeByte(1);
        out.writeInt(fields.get(1).value());
      }
    }
    words64 += 3;
  }
}

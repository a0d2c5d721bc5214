// SPDX-License-Identifier: Apache-2.0
package mirage.backend;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import mirage.formats.BytecodeFile;
import mirage.formats.BytecodeOp;
import mirage.formats.Instruction;

/** Ways to damage a bytecode executable: from flipped bits to code that looks well-formed but is not. */
final class Damage {
  private static final int TRAILER = 16;
  private static final int MARSHAL_HEADER = 20;
  private static final int[] EDGES = {
    0,
    1,
    -1,
    2,
    3,
    4,
    7,
    255,
    256,
    65535,
    65536,
    0x3FFFFF,
    0x400000,
    1 << 30,
    -(1 << 30),
    Integer.MAX_VALUE,
    Integer.MIN_VALUE
  };

  private final Random random;
  private final byte[] good;
  private final List<Section> sections;

  private static final class Section {
    private final String name;
    private byte[] content;
    private int announced;

    Section(String name, byte[] content) {
      this.name = name;
      this.content = content;
      this.announced = content.length;
    }
  }

  private Damage(byte[] good, Random random) {
    this.good = good;
    this.random = random;
    this.sections = sections(good);
  }

  /** A damaged copy. */
  static byte[] of(byte[] good, Random random) {
    return new Damage(good, random).file();
  }

  private static List<Section> sections(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    int count = in.getInt(file.length - TRAILER);
    int table = file.length - TRAILER - 8 * count;
    int end = table;
    List<Section> sections = new ArrayList<>();
    for (int i = count - 1; i >= 0; i--) {
      int length = in.getInt(table + 8 * i + 4);
      String name = new String(file, table + 8 * i, 4, StandardCharsets.ISO_8859_1);
      sections.add(0, new Section(name, Arrays.copyOfRange(file, end - length, end)));
      end -= length;
    }
    return sections;
  }

  private byte[] file() {
    switch (random.nextInt(10)) {
      case 0 -> {
        return raw();
      }
      case 1 -> table();
      case 2 -> bytesOf(any());
      case 3 -> marshalled(random.nextBoolean() ? "DATA" : random.nextBoolean() ? "SYMB" : "DBUG");
      default -> code();
    }
    return assemble();
  }

  private byte[] assemble() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sections.forEach(section -> out.writeBytes(section.content));
    ByteBuffer table = ByteBuffer.allocate(8 * sections.size() + 4);
    for (Section section : sections) {
      table.put(section.name.getBytes(StandardCharsets.ISO_8859_1)).putInt(section.announced);
    }
    out.writeBytes(table.putInt(sections.size()).array());
    out.write(good, good.length - 12, 12);
    return out.toByteArray();
  }

  private Section any() {
    return sections.get(random.nextInt(sections.size()));
  }

  private Section section(String name) {
    return sections.stream().filter(s -> s.name.equals(name)).findFirst().orElseThrow();
  }

  private byte[] raw() {
    byte[] bad = good.clone();
    if (random.nextInt(3) == 0) {
      return Arrays.copyOf(bad, random.nextInt(bad.length));
    }
    flip(bad, 1 + random.nextInt(8));
    return bad;
  }

  private void flip(byte[] bytes, int flips) {
    for (int i = 0; i < flips && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          random.nextBoolean()
              ? (byte) random.nextInt()
              : (byte) (bytes[at] ^ 1 << random.nextInt(8));
    }
  }

  /** Sections exchanged, missing, twice there, of wrong length. */
  private void table() {
    switch (random.nextInt(5)) {
      case 0 -> sections.remove(any());
      case 1 -> {
        Section one = any();
        Section other = any();
        byte[] content = one.content;
        one.content = other.content;
        other.content = content;
        one.announced = one.content.length;
        other.announced = other.content.length;
      }
      case 2 -> any().announced = number();
      case 3 -> sections.add(any());
      default -> {
        Section cut = any();
        cut.content = Arrays.copyOf(cut.content, random.nextInt(cut.content.length + 1));
        cut.announced = cut.content.length;
      }
    }
  }

  private int number() {
    return switch (random.nextInt(3)) {
      case 0 -> EDGES[random.nextInt(EDGES.length)];
      case 1 -> random.nextInt(64);
      default -> random.nextInt();
    };
  }

  private void bytesOf(Section section) {
    flip(section.content, 1 + random.nextInt(4));
  }

  /** The codes and lengths of marshalled data, its header among them. */
  private void marshalled(String name) {
    byte[] bytes = section(name).content;
    if (random.nextInt(4) == 0) {
      int at = random.nextInt(Math.min(MARSHAL_HEADER, bytes.length - 3));
      ByteBuffer.wrap(bytes).putInt(at, number());
      return;
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes[at] = (byte) (random.nextInt(3) == 0 ? random.nextInt(0x20) : random.nextInt());
    }
  }

  /** Instructions and operands changed, exchanged, repeated, left out. */
  private void code() {
    Section section = section("CODE");
    ByteBuffer in = ByteBuffer.wrap(section.content).order(ByteOrder.LITTLE_ENDIAN);
    int[] words = new int[section.content.length / 4];
    in.asIntBuffer().get(words);
    List<Instruction> whole = BytecodeFile.read("good", good).code().instructions();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      words = changed(words, whole, whole.get(random.nextInt(whole.size())));
    }
    ByteBuffer out = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    out.asIntBuffer().put(words);
    section.content = out.array();
    section.announced = section.content.length;
  }

  private int[] changed(int[] words, List<Instruction> whole, Instruction at) {
    int[] changed = words.clone();
    int pc = at.pc();
    int length = at.next() - pc;
    int other = whole.get(random.nextInt(whole.size())).pc();
    switch (random.nextInt(6)) {
      case 0 -> changed[pc] = random.nextInt(BytecodeOp.values().length);
      case 1 -> changed[pc] = sameOperands(at.op()).ordinal();
      case 2 -> changed[pc + random.nextInt(length)] = number();
      case 3 -> changed[pc + random.nextInt(length)] += random.nextInt(9) - 4;
        // A label that leads to another instruction.
      case 4 -> changed[pc + length - 1] = other - (pc + length - 1);
      default ->
          System.arraycopy(words, other, changed, pc, Math.min(length, words.length - other));
    }
    return changed;
  }

  private BytecodeOp sameOperands(BytecodeOp op) {
    List<BytecodeOp> same =
        Arrays.stream(BytecodeOp.values()).filter(o -> o.operands().equals(op.operands())).toList();
    return same.get(random.nextInt(same.size()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.phy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mirage.formats.Elf32;
import mirage.formats.Elf32.Binding;
import mirage.formats.Elf32.Kind;
import mirage.formats.Elf32.Relocation;
import mirage.formats.Elf32.Section;
import mirage.formats.Elf32.Symbol;
import mirage.tools.MirageException;
import mirage.xtensa.Decoder;
import mirage.xtensa.Encoder;
import mirage.xtensa.EncodingException;
import mirage.xtensa.Instruction;
import mirage.xtensa.Opcode;
import mirage.xtensa.Operand;

/**
 * Makes of an object of windowed code one that the linker for the LX106 links, which knows neither windowed calls nor loops:
 * what such an instruction refers to lies in its own section, so its operand does not depend on where that comes to lie. The
 * object's names get a prefix, and stay apart from ours.
 */
final class WindowedObject {
  /** In front of the names of what is windowed code, or called by it. */
  static final String PREFIX = "windowed_";

  /** Xtensa: hints for a linker that shortens code; without them it leaves the code as it is. */
  private static final int R_XTENSA_ASM_EXPAND = 11;

  private static final int R_XTENSA_ASM_SIMPLIFY = 12;

  private static final int MOST_ALIGNMENT = 4096;

  private final String name;
  private final Elf32 elf;

  /**
   * @param name of the object, for messages
   */
  WindowedObject(String name, Elf32 elf) {
    this.name = name;
    this.elf = elf;
  }

  Elf32 linkable() {
    List<Section> sections = new ArrayList<>();
    int[] sectionIndex = new int[elf.sections().size()];
    for (int i = 0; i < sectionIndex.length; i++) {
      boolean kept = elf.sections().get(i).allocated();
      sectionIndex[i] = kept ? sections.size() : Elf32.ABSOLUTE;
      if (kept) {
        sections.add(linkable(i));
      }
    }
    // A symbol of a section that is left out is used by none of the others.
    return Elf32.xtensaObject(
        sections, elf.symbols().stream().map(symbol -> renamed(symbol, sectionIndex)).toList());
  }

  private static Symbol renamed(Symbol symbol, int[] sectionIndex) {
    return new Symbol(
        symbol.binding() == Binding.LOCAL ? symbol.name() : PREFIX + symbol.name(),
        symbol.binding(),
        symbol.kind(),
        symbol.section() < 0 ? symbol.section() : sectionIndex[symbol.section()],
        symbol.value(),
        symbol.size());
  }

  private Section linkable(int index) {
    Section section = elf.sections().get(index);
    if (section.alignment() < 0 || section.alignment() > MOST_ALIGNMENT) {
      throw new MirageException(
          "%s: %s: found alignment 0x%x; allowed: at most %d"
              .formatted(name, section.name(), section.alignment(), MOST_ALIGNMENT));
    }
    byte[] data = section.data().clone();
    List<Relocation> left = new ArrayList<>();
    for (Relocation relocation : section.relocations()) {
      switch (relocation.type()) {
        case Elf32.R_XTENSA_32 -> left.add(relocation);
        case Elf32.R_XTENSA_SLOT0_OP -> {
          if (!settle(index, data, relocation)) {
            left.add(relocation);
          }
        }
        case R_XTENSA_ASM_EXPAND, R_XTENSA_ASM_SIMPLIFY, 0 -> {}
        default ->
            throw fail(
                section, relocation, "relocation type " + relocation.type(), "1, 11, 12, 20");
      }
    }
    return new Section(
        place(section),
        section.type(),
        section.flags(),
        0,
        section.size(),
        section.alignment(),
        data,
        left);
  }

  /** The vendor's names for code in instruction RAM are ours for it. */
  private static String place(Section section) {
    return section.name().matches("\\.(iram1|phyiram)(\\..*)?")
        ? ".iram" + section.name()
        : section.name();
  }

  /** Stores the operand of an instruction that refers to its own section; false if it refers to another. */
  private boolean settle(int index, byte[] data, Relocation relocation) {
    Section section = elf.sections().get(index);
    if (relocation.symbol() < 0) {
      throw fail(section, relocation, "no symbol", "one");
    }
    Symbol symbol = elf.symbols().get(relocation.symbol());
    if (symbol.section() != index) {
      Opcode opcode = instruction(section, data, relocation).opcode();
      if (opcode != Opcode.L32R) {
        throw fail(section, relocation, opcode + " to " + symbol.name(), "l32r to another section");
      }
      return false;
    }
    int target = (symbol.kind() == Kind.SECTION ? 0 : symbol.value()) + relocation.addend();
    int at = relocation.offset();
    Instruction before = instruction(section, data, relocation);
    int[] operands = new int[before.opcode().operands().size()];
    for (int i = 0; i < operands.length; i++) {
      boolean label = before.opcode().operands().get(i).kind() == Operand.Kind.LABEL;
      operands[i] = label ? target : before.operand(i);
    }
    try {
      int word = Encoder.encode(Instruction.of(before.opcode(), operands), at);
      for (int i = 0; i < before.length(); i++) {
        data[at + i] = (byte) (word >> 8 * i);
      }
    } catch (EncodingException e) {
      throw fail(section, relocation, e.getMessage(), "a target in reach");
    }
    return true;
  }

  private Instruction instruction(Section section, byte[] data, Relocation relocation) {
    int at = relocation.offset();
    if (at < 0 || at > data.length - 2) {
      throw fail(section, relocation, "a relocation there", "less than " + (data.length - 1));
    }
    int word = data[at] & 0xFF | (data[at + 1] & 0xFF) << 8;
    if (at + 2 < data.length) {
      word |= (data[at + 2] & 0xFF) << 16;
    }
    Optional<Instruction> found = Decoder.decode(word, at);
    return found.orElseThrow(
        () -> fail(section, relocation, "no instruction of the LX6", "an instruction"));
  }

  private MirageException fail(Section section, Relocation at, String found, String allowed) {
    return new MirageException(
        "%s: %s+0x%x: found %s; allowed: %s"
            .formatted(name, section.name(), at.offset(), found, allowed));
  }
}

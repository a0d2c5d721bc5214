// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Machine code being written: instructions, data, labels. Labels may be used before they are bound;
 * {@link #bytes} fills them in. Branches are not widened: a label out of reach is an {@link
 * EncodingException}.
 */
public final class CodeBuffer {
  private final int base;
  private final List<Reference> references = new ArrayList<>();
  private byte[] bytes = new byte[256];
  private int size;

  /** An empty buffer whose first byte will be at address {@code base}. */
  public CodeBuffer(int base) {
    this.base = base;
  }

  /** Address of the next byte. */
  public int address() {
    return base + size;
  }

  /** Number of bytes so far. */
  public int size() {
    return size;
  }

  /** Defines a label here. */
  public void bind(Label label) {
    label.bind(address());
  }

  /** A new label, defined here. */
  public Label here(String name) {
    Label label = new Label(name);
    bind(label);
    return label;
  }

  /** Appends an instruction; labels among its operands are absolute addresses. */
  public void emit(Opcode opcode, int... operands) {
    emit(Instruction.of(opcode, operands));
  }

  public void emit(Instruction instruction) {
    append(Encoder.encode(instruction, address()), instruction.length());
  }

  /** Appends an instruction whose last operand is a label; {@code operands} are those before it. */
  public void emit(Opcode opcode, Label label, int... operands) {
    emit(opcode, label, 0, operands);
  }

  /** The same for an address {@code addend} bytes behind a label. */
  public void emit(Opcode opcode, Label label, int addend, int[] operands) {
    int[] all = Arrays.copyOf(operands, operands.length + 1);
    int last = opcode.operands().size() - 1;
    if (last < 0 || opcode.operands().get(last).kind() != Operand.Kind.LABEL) {
      throw new EncodingException(opcode.mnemonic() + " takes no label");
    }
    Instruction instruction = Instruction.of(opcode, all);
    references.add(new Reference(size, instruction, label, addend));
    append(opcode.match(), opcode.length());
  }

  /** Appends the low {@code size} bytes of a value, 1 to 4. */
  public void data(int value, int size) {
    append(value, size);
  }

  /** Appends a word that will hold the address {@code addend} bytes behind a label. */
  public void address(Label label, int addend) {
    references.add(new Reference(size, null, label, addend));
    append(0, 4);
  }

  /** Fills with zero bytes up to a multiple of {@code alignment}. */
  public void align(int alignment) {
    while (Integer.remainderUnsigned(address(), alignment) != 0) {
      append(0, 1);
    }
  }

  /** What is to be filled in, for those who write relocations instead. */
  public List<Reference> references() {
    return List.copyOf(references);
  }

  /**
   * The code, with all labels filled in.
   *
   * @throws EncodingException if a label is undefined or out of reach
   */
  public byte[] bytes() {
    for (Reference reference : references) {
      fill(reference);
    }
    return Arrays.copyOf(bytes, size);
  }

  private void fill(Reference reference) {
    int target = reference.label().address() + reference.addend();
    if (reference.instruction() == null) {
      put(reference.offset(), target, 4);
      return;
    }
    Instruction i = reference.instruction();
    int[] operands = {i.a(), i.b(), i.c(), i.d()};
    int count = i.opcode().operands().size();
    operands[count - 1] = target;
    Instruction complete = Instruction.of(i.opcode(), Arrays.copyOf(operands, count));
    put(reference.offset(), encode(complete, reference), i.length());
  }

  private int encode(Instruction instruction, Reference reference) {
    try {
      return Encoder.encode(instruction, base + reference.offset());
    } catch (EncodingException e) {
      throw new EncodingException(e.getMessage() + " (label " + reference.label().name() + ")");
    }
  }

  private void append(int value, int count) {
    if (size + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    put(size, value, count);
    size += count;
  }

  private void put(int offset, int value, int count) {
    for (int i = 0; i < count; i++) {
      bytes[offset + i] = (byte) (value >>> 8 * i);
    }
  }
}

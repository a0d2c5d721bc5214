// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.text;

import mirage.backend.ir.Constant;
import mirage.backend.ir.Num;
import mirage.backend.ir.Symbol;
import mirage.backend.machine.target.Immediates;
import mirage.xtensa.Encoder;
import mirage.xtensa.Flow;
import mirage.xtensa.Instruction;
import mirage.xtensa.Opcode;
import mirage.xtensa.Operand;
import mirage.xtensa.Option;

/**
 * Text for the GNU assembler, which chooses short forms, places literals and relaxes branches. Instructions it
 * does not know for this target are written as bytes.
 */
public final class Assembly {
  private static final int BYTES_PER_LINE = 32;

  /** The label that a loop instruction at 0 holds as a zero. */
  private static final int NO_DISTANCE = 4;

  /** Which operand of a load or store is the offset. */
  private static final int OFFSET = 2;

  /** Which operand of a shift is the distance. */
  private static final int SHIFT = 2;

  private final StringBuilder text = new StringBuilder();
  private final int[] labels;
  private int lines;
  private boolean open;
  private Source wanted = new Source(0, 0, 0, 0);
  private Source written = wanted;

  /** A row of the line table. */
  private record Source(int file, int line, int column, int discriminator) {}

  public Assembly() {
    labels = new int[1];
  }

  /** More text of the same file. */
  public Assembly(Assembly file) {
    labels = file.labels;
  }

  /** The format with its arguments; {@code String.format} would take most of the time of writing a program. */
  private void fill(String format, Object[] args) {
    int next = 0;
    int from = 0;
    for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', from)) {
      text.append(format, from, at);
      Object arg = args[next++];
      if (format.charAt(at + 1) == 'x') {
        text.append(Integer.toHexString((Integer) arg));
      } else {
        text.append(arg);
      }
      from = at + 2;
    }
    text.append(format, from, format.length());
  }

  /**
   * One instruction or directive.
   *
   * @param format with {@code %d} and {@code %s}, which are the same, and {@code %x} for integers
   */
  public void line(String format, Object... args) {
    if (!wanted.equals(written)) {
      written = wanted;
      text.append("\t.loc ").append(wanted.file).append(' ').append(wanted.line).append(' ');
      text.append(wanted.column).append(" discriminator ").append(wanted.discriminator);
      text.append('\n');
    }
    lines++;
    open = false;
    text.append('\t');
    fill(format, args);
    text.append('\n');
  }

  /**
   * One instruction without a label.
   *
   * @param operands registers and immediates in the assembler's order
   * @throws IllegalArgumentException for one that the instruction cannot hold
   */
  public void add(Opcode opcode, int... operands) {
    if (opcode.option() != Option.CORE && opcode.option() != Option.DENSITY) {
      bytes(opcode, operands);
      return;
    }
    line("%s", text(opcode, operands));
  }

  /**
   * One instruction whose last operand is a label or symbol, wherever it may be: branches reach farther in the
   * assembler's hands.
   *
   * @param operands those in front of it
   */
  public void add(Opcode opcode, String target, int... operands) {
    StringBuilder text = text(opcode, operands);
    line("%s", text.append(operands.length == 0 ? " " : ", ").append(target));
    open = opcode.flow() == Flow.BRANCH;
  }

  /** The instruction with as many operands as are given. */
  private static StringBuilder text(Opcode opcode, int... operands) {
    StringBuilder text = new StringBuilder(opcode.mnemonic());
    for (int i = 0; i < operands.length; i++) {
      Operand operand = opcode.operands().get(i);
      if (!operand.accepts(operands[i], 0)) {
        throw new IllegalArgumentException(
            "operand %d of %s is %d; allowed: %s"
                .formatted(i + 1, opcode.mnemonic(), operands[i], operand.allowed(0)));
      }
      boolean register = operand.kind() == Operand.Kind.ADDRESS;
      text.append(i == 0 ? " " : ", ").append(register ? "a" : "").append(operands[i]);
    }
    return text;
  }

  /**
   * What follows comes from there.
   *
   * @param file number that a directive {@code .file} has given
   * @param line from 1; 0 if it comes from no source
   * @param column from 1
   */
  public void source(int file, int line, int column, int discriminator) {
    wanted = new Source(file, line, column, discriminator);
  }

  /** Bytes of data. */
  public void bytes(byte[] content) {
    for (int i = 0; i < content.length; i += BYTES_PER_LINE) {
      StringBuilder line = new StringBuilder(".byte ");
      for (int j = i; j < Math.min(i + BYTES_PER_LINE, content.length); j++) {
        line.append(j == i ? "" : ",").append(content[j] & 0xFF);
      }
      line("%s", line);
    }
  }

  /** How many instructions and directives there are. */
  public int lines() {
    return lines;
  }

  /** Whether a jump may come to what is written next: behind a label, or a branch, which may become one past a jump. */
  public boolean isTarget() {
    return open;
  }

  public void label(String name) {
    open = true;
    text.append(name).append(":\n");
  }

  /** A label nobody has used yet. */
  public String newLabel() {
    return ".L" + labels[0]++;
  }

  /** An instruction of the LX6 that the target's assembler refuses. */
  private void bytes(Opcode opcode, int... operands) {
    int word = Encoder.encode(Instruction.of(opcode, operands), 0);
    line(
        ".byte 0x%x, 0x%x, 0x%x /* %s */",
        word & 0xFF, word >>> 8 & 0xFF, word >>> 16 & 0xFF, opcode.mnemonic());
  }

  /**
   * A loop instruction of the LX6, such that the first instruction of the loop lies within a word as it has to (Xtensa
   * ISA manual, 4.3.2).
   *
   * @param opcode which of them
   * @param register how many turns
   * @param end behind the loop
   */
  public void loop(Opcode opcode, int register, String end) {
    int word = Encoder.encode(Instruction.of(opcode, register, NO_DISTANCE), 0);
    String begin = newLabel();
    String loop = newLabel();
    line("j %s", loop);
    line(".align 4");
    line(".byte 0");
    label(loop);
    line(".byte 0x%x, 0x%x, %s - %s - 1 /* loop */", word & 0xFF, word >>> 8 & 0xFF, end, begin);
    label(begin);
  }

  public void copy(int to, int from) {
    line("mov a%d, a%d", to, from);
  }

  /** Loads an address, told by a symbol or an expression. */
  public void address(int register, String symbol) {
    line("movi a%d, %s", register, symbol);
  }

  /** A jump to anywhere in the code. */
  public void jumpFar(Symbol symbol, int scratch) {
    line("j.l %s, a%d", symbol, scratch);
  }

  /** Loads a number or an address. */
  public void move(int register, Constant word) {
    if (word instanceof Num number) {
      move(register, number.value());
    } else {
      address(register, word.toString());
    }
  }

  /** Loads a number. */
  public void move(int register, int number) {
    line(Immediates.movi(number) ? "movi a%d, %d" : "movi a%d, 0x%x", register, number);
  }

  /** Adds a number; {@code scratch} is used when it does not fit. */
  public void add(int to, int from, int number, int scratch) {
    if (number == 0) {
      if (to != from) {
        copy(to, from);
      }
    } else if (Immediates.addi(number)) {
      add(Opcode.ADDI, to, from, number);
    } else if (Immediates.addmi(number)) {
      int low = (byte) number;
      add(Opcode.ADDMI, to, from, number - low);
      if (low != 0) {
        add(Opcode.ADDI, to, to, low);
      }
    } else {
      move(scratch, number);
      add(Opcode.ADD, to, from, scratch);
    }
  }

  /** Shifts zeros in from above; {@code srli} has room for 15. */
  public void shiftRight(int to, int from, int by) {
    if (Opcode.SRLI.operands().get(SHIFT).accepts(by, 0)) {
      add(Opcode.SRLI, to, from, by);
    } else {
      add(Opcode.EXTUI, to, from, by, Integer.SIZE - by);
    }
  }

  /** A load or store at any offset. */
  public void access(Opcode opcode, int register, int base, int offset, int scratch) {
    if (opcode.operands().get(OFFSET).accepts(offset, 0)) {
      add(opcode, register, base, offset);
    } else {
      add(scratch, base, offset, scratch);
      add(opcode, register, scratch, 0);
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

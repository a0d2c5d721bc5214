// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.text;

import mirage.backend.ir.Constant;
import mirage.backend.ir.Num;
import mirage.backend.machine.target.Immediates;
import mirage.xtensa.Encoder;
import mirage.xtensa.Instruction;
import mirage.xtensa.Opcode;

/**
 * Text for the GNU assembler, which chooses short forms, places literals and relaxes branches. Instructions it
 * does not know for this target are written as bytes.
 */
public final class Assembly {
  private static final int BYTES_PER_LINE = 32;

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
    open = format.charAt(0) == 'b';
    text.append('\t');
    fill(format, args);
    text.append('\n');
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

  /** An instruction of the LX6 that the target's assembler refuses: three registers. */
  public void bytes(Opcode opcode, int... operands) {
    int word = Encoder.encode(Instruction.of(opcode, operands), 0);
    line(
        ".byte 0x%x, 0x%x, 0x%x /* %s */",
        word & 0xFF, word >>> 8 & 0xFF, word >>> 16 & 0xFF, opcode.mnemonic());
  }

  /**
   * A loop instruction of the LX6, such that the first instruction of the loop lies within a word as it has to (Xtensa
   * ISA manual, 4.3.2).
   *
   * @param code which of them
   * @param end behind the loop
   */
  public void loop(int code, int register, String end) {
    String begin = newLabel();
    String loop = newLabel();
    line("j %s", loop);
    line(".align 4");
    line(".byte 0");
    label(loop);
    line(".byte 0x76, 0x%x, %s - %s - 1 /* loop */", code << 4 | register, end, begin);
    label(begin);
  }

  /** Loads a number or an address. */
  public void move(int register, Constant word) {
    if (word instanceof Num number) {
      move(register, number.value());
    } else {
      line("movi a%d, %s", register, word);
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
        line("mov a%d, a%d", to, from);
      }
    } else if (Immediates.addi(number)) {
      line("addi a%d, a%d, %d", to, from, number);
    } else if (Immediates.addmi(number)) {
      int low = (byte) number;
      line("addmi a%d, a%d, %d", to, from, number - low);
      if (low != 0) {
        line("addi a%d, a%d, %d", to, to, low);
      }
    } else {
      move(scratch, number);
      line("add a%d, a%d, a%d", to, from, scratch);
    }
  }

  /** A load or store of a word at any offset. */
  public void access(String mnemonic, int register, int base, int offset, int scratch) {
    int limit = mnemonic.contains("32") ? 1020 : 255;
    if (offset >= 0 && offset <= limit) {
      line("%s a%d, a%d, %d", mnemonic, register, base, offset);
    } else {
      add(scratch, base, offset, scratch);
      line("%s a%d, a%d, 0", mnemonic, register, scratch);
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

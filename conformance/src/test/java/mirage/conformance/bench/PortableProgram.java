// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import mirage.formats.Elf32;
import mirage.formats.Elf32.Segment;
import mirage.xtensa.Assembler;
import mirage.xtensa.Instruction;

/**
 * A program linked for the chip, changed so that it also runs on QEMU's machine {@code sim} with memory at all addresses:
 * the board's console and end are {@code simcall}s, there are no partitions, and high products are computed from products
 * of halves, because no core of Debian's QEMU has {@code muluh}.
 */
final class PortableProgram {
  /** What replaces functions of the board: a2 = 4 writes the a5 bytes at a4 to a3, a2 = 1 ends with status a3. */
  private static final Map<String, String> BOARD =
      Map.of(
          "board_console_write",
          "mov.n a4, a2; mov.n a5, a3; movi.n a3, 1; movi.n a2, 4; simcall; ret.n",
          "board_halt",
          "mov.n a3, a2; movi.n a2, 1; simcall",
          "board_partition_find",
          "movi.n a2, -1; ret.n");

  /** The simcall that writes, in a2. */
  static final int WRITE = 4;

  private static final int HEADER = 52;
  private static final int PROGRAM_HEADER = 32;
  private static final int EXECUTABLE = 1;

  private final Elf32 program;
  private final List<ByteBuffer> contents = new ArrayList<>();

  private PortableProgram(Elf32 program) {
    this.program = program;
    for (Segment segment : program.segments()) {
      contents.add(ByteBuffer.wrap(segment.data().clone()));
    }
  }

  /** The file of a changed program. */
  static byte[] of(Elf32 program) {
    PortableProgram portable = new PortableProgram(program);
    portable.replaceBoard();
    return portable.write(portable.replaceHighProducts());
  }

  /** The command that runs such a file on Debian's core with the most of ours, with memory up to flash. */
  static List<String> qemu(Path file) {
    String options =
        "-M sim -cpu de233_fpu -m 1100M -display none -monitor none -serial none -semihosting -device";
    List<String> command = new ArrayList<>(List.of("qemu-system-xtensa"));
    command.addAll(List.of(options.split(" ")));
    command.add("loader,cpu-num=0,file=" + file);
    return command;
  }

  private void replaceBoard() {
    BOARD.forEach(
        (name, text) -> {
          int at = program.symbol(name).orElseThrow().value();
          put(at, Assembler.assemble(text, at).bytes());
        });
  }

  /** Each high product becomes a jump to the code returned, which is to stand behind the last segment. */
  private byte[] replaceHighProducts() {
    Segment last = program.segments().get(program.segments().size() - 1);
    int end = last.address() + last.data().length + 3 & -4;
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    CodeFinder finder = new CodeFinder(program);
    for (Map.Entry<Integer, Instruction> found : finder.highProducts().entrySet()) {
      int at = found.getKey();
      int here = end + code.size();
      put(at, Assembler.assemble(".set there, " + here + "\nj there", at).bytes());
      code.writeBytes(Assembler.assemble(highProduct(found.getValue(), at + 3), here).bytes());
    }
    return code.toByteArray();
  }

  /** r = upper word of s * t, both unsigned; then on at {@code next}. */
  private static String highProduct(Instruction i, int next) {
    TreeSet<Integer> free = new TreeSet<>(List.of(2, 3, 4, 5, 6, 7, 8));
    free.removeAll(List.of(i.a(), i.b(), i.c()));
    List<Integer> scratch = new ArrayList<>(free).subList(0, 4);
    StringBuilder text = new StringBuilder("addi a1, a1, -16\n");
    for (int n = 0; n < 4; n++) {
      text.append("s32i.n a%d, a1, %d%n".formatted(scratch.get(n), 4 * n));
    }
    text.append(
        """
        extui P, S, 16, 16
        extui Q, T, 16, 16
        mul16u U, S, T
        extui U, U, 16, 16
        mul16u V, P, T
        add.n U, U, V
        mul16u V, S, Q
        mul16u P, P, Q
        extui Q, U, 0, 16
        add.n V, V, Q
        extui U, U, 16, 16
        extui V, V, 16, 16
        add.n P, P, U
        add.n R, P, V
        """
            .replace("R", "a" + i.a())
            .replace("S", "a" + i.b())
            .replace("T", "a" + i.c())
            .replace("P", "a" + scratch.get(0))
            .replace("Q", "a" + scratch.get(1))
            .replace("U", "a" + scratch.get(2))
            .replace("V", "a" + scratch.get(3)));
    for (int n = 0; n < 4; n++) {
      text.append("l32i.n a%d, a1, %d%n".formatted(scratch.get(n), 4 * n));
    }
    return text + "addi a1, a1, 16\n.set next, " + next + "\nj next\n.align 4";
  }

  private void put(int address, byte[] bytes) {
    for (int n = 0; n < program.segments().size(); n++) {
      int offset = address - program.segments().get(n).address();
      if (offset >= 0 && offset + bytes.length <= contents.get(n).capacity()) {
        contents.get(n).put(offset, bytes);
        return;
      }
    }
    throw new IllegalArgumentException("0x%08x is not in the program".formatted(address));
  }

  private byte[] write(byte[] code) {
    List<Segment> segments = new ArrayList<>();
    for (int n = 0; n < contents.size(); n++) {
      Segment old = program.segments().get(n);
      segments.add(segment(old.address(), old.memorySize(), old.flags(), contents.get(n).array()));
    }
    Segment last = segments.get(segments.size() - 1);
    int end = last.address() + last.data().length + 3 & -4;
    segments.add(segment(end, code.length, last.flags() | EXECUTABLE, code));
    int start = HEADER + PROGRAM_HEADER * segments.size();
    int size = start + segments.stream().mapToInt(s -> s.data().length).sum();
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1}).position(16);
    file.putShort((short) Elf32.EXECUTABLE).putShort((short) Elf32.EM_XTENSA).putInt(1);
    file.putInt(program.entry()).putInt(HEADER).putInt(0).putInt(program.flags());
    file.putShort((short) HEADER).putShort((short) PROGRAM_HEADER);
    file.putShort((short) segments.size()).putShort((short) 40).putShort((short) 0);
    file.putShort((short) 0);
    int offset = start;
    for (Segment segment : segments) {
      file.putInt(segment.type()).putInt(offset).putInt(segment.address());
      file.putInt(segment.address()).putInt(segment.data().length).putInt(segment.memorySize());
      file.putInt(segment.flags()).putInt(1);
      offset += segment.data().length;
    }
    segments.forEach(segment -> file.put(segment.data()));
    return file.array();
  }

  private static Segment segment(int address, int size, int flags, byte[] data) {
    return new Segment(Elf32.PT_LOAD, address, address, size, flags, data);
  }
}

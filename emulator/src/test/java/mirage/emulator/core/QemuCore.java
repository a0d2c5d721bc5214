// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mirage.xtensa.Opcode;
import mirage.xtensa.Option;

/**
 * A core QEMU has, on its machine without devices. Programs talk to the host by {@code simcall}:
 * a2 = 4 writes the a5 bytes at a4, a2 = 1 ends.
 *
 * @param binary the QEMU command
 * @param cpu its name of the core
 * @param base where programs are loaded and may use {@link #MEMORY} bytes
 * @param lacking what our core has and this one has not
 */
record QemuCore(String binary, String cpu, int base, Set<Opcode> lacking) {
  static final int MEMORY = 1 << 21;
  private static final int RAM = 0x00100000;
  private static final int ELF_HEADER = 52;
  private static final int PROGRAM_HEADER = 32;

  /** Debian's core with floating point; has no 32x32 high multiplication. */
  static final QemuCore DE233_FPU =
      new QemuCore("qemu-system-xtensa", "de233_fpu", RAM, EnumSet.of(Opcode.MULUH, Opcode.MULSH));

  /** Debian's core without floating point and booleans. */
  static final QemuCore DC233C = new QemuCore("qemu-system-xtensa", "dc233c", RAM, withoutFloats());

  /**
   * The core named by the system properties {@code qemu.binary}, {@code qemu.cpu} and {@code
   * qemu.base} if these are set, else Debian's with floating point.
   */
  static QemuCore chosen() {
    String binary = System.getProperty("qemu.binary");
    if (binary == null) {
      return DE233_FPU;
    }
    int base = Integer.decode(System.getProperty("qemu.base", "0x40100000"));
    return new QemuCore(
        binary, System.getProperty("qemu.cpu", "esp32"), base, EnumSet.noneOf(Opcode.class));
  }

  boolean isInstalled() {
    return Path.of(binary).isAbsolute()
        || List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(d -> Files.isExecutable(Path.of(d, binary)));
  }

  /** Runs a program that starts at {@link #base} and returns what it wrote. */
  byte[] run(Path directory, byte[] program) throws IOException, InterruptedException {
    Path elf = Files.write(directory.resolve("program.elf"), elf(program));
    Path log = directory.resolve("qemu.log");
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                binary,
                "-M",
                "sim",
                "-cpu",
                cpu,
                "-display",
                "none",
                "-monitor",
                "none",
                "-serial",
                "none",
                "-semihosting",
                "-device",
                "loader,cpu-num=0,file=" + elf)
            .redirectError(log.toFile())
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("QEMU did not end: " + Files.readString(log));
    }
    return Files.readAllBytes(output);
  }

  private byte[] elf(byte[] program) {
    int start = ELF_HEADER + PROGRAM_HEADER;
    ByteBuffer elf = ByteBuffer.allocate(start + program.length).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 1, 1, 1}).position(16);
    elf.putShort((short) 2).putShort((short) 94).putInt(1).putInt(base).putInt(ELF_HEADER);
    elf.putInt(0).putInt(0).putShort((short) ELF_HEADER).putShort((short) PROGRAM_HEADER);
    elf.putShort((short) 1).putShort((short) 40).putShort((short) 0).putShort((short) 0);
    elf.putInt(1).putInt(start).putInt(base).putInt(base);
    elf.putInt(program.length).putInt(program.length).putInt(7).putInt(1);
    return elf.put(program).array();
  }

  private static Set<Opcode> withoutFloats() {
    Set<Opcode> lacking = EnumSet.of(Opcode.MULUH, Opcode.MULSH, Opcode.S32NB);
    for (Opcode opcode : Opcode.values()) {
      if (opcode.option() == Option.FLOAT || opcode.option() == Option.BOOLEAN) {
        lacking.add(opcode);
      }
    }
    return lacking;
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.Memory;
import mirage.emulator.bus.Rights;

/** Runs the programs of {@link QemuCore} on our core. */
final class OwnCore {
  private static final int WRITE = 4;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final AddressSpace space = new AddressSpace();
  private final Memory memory = new Memory("RAM", QemuCore.MEMORY);
  private final byte[] program;
  private final Cpu cpu;

  OwnCore(byte[] program, int base) {
    this.program = program;
    memory.write(0, program);
    space.map(base, memory, Rights.DATA_AND_CODE);
    cpu = new Cpu(new CoreConfig("core", 0, base, base), space);
    cpu.onSimcall(this::simcall);
  }

  Cpu cpu() {
    return cpu;
  }

  /** Runs to the end and returns what was written. */
  byte[] run(long maxInstructions) {
    Stop stop = cpu.run(maxInstructions);
    if (stop != Stop.REQUEST) {
      throw new IllegalStateException("ended by " + stop + String.format(" at %08x", cpu.pc()));
    }
    return output.toByteArray();
  }

  /**
   * Runs three times and returns what was written the last time, when all code is translated.
   *
   * @param data where the program's data start, in bytes from its start
   */
  byte[] runTranslated(long maxInstructions, int data) {
    cpu.setTranslationThreshold(1);
    for (int i = 0; i < 2; i++) {
      run(maxInstructions);
      output.reset();
      memory.write(data, Arrays.copyOfRange(program, data, program.length));
      cpu.reset();
    }
    return run(maxInstructions);
  }

  private void simcall() {
    if (cpu.register(2) == WRITE) {
      output.writeBytes(space.peek(cpu.register(4), cpu.register(5)));
    } else {
      cpu.stop();
    }
  }
}

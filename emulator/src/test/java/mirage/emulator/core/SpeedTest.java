// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.Memory;
import mirage.emulator.bus.Rights;
import mirage.xtensa.Assembler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Prints how fast a core is, in instructions per second of the thread's processor time, first and
 * warmed up, interpreting and translating.
 *
 * <p>{@code mvn -pl emulator -am test -Dtest=SpeedTest -Dspeed=true
 * -Dsurefire.failIfNoSpecifiedTests=false}
 */
@EnabledIfSystemProperty(named = "speed", matches = "true")
class SpeedTest {
  private static final int BASE = 0x40080000;
  private static final int FIB_33 = 3524578;

  @Test
  void interpreting() throws IOException {
    measure("interpreting", 0);
  }

  @Test
  void translating() throws IOException {
    measure("translating", 5000);
  }

  private static void measure(String what, int threshold) throws IOException {
    byte[] program;
    try (InputStream in = SpeedTest.class.getResourceAsStream("/programs/fib.s")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      program = Assembler.assemble(text, BASE).bytes();
    }
    AddressSpace space = new AddressSpace();
    Memory memory = new Memory("RAM", 0x10000);
    memory.write(0, program);
    space.map(BASE, memory, Rights.DATA_AND_CODE);
    Cpu cpu = new Cpu(new CoreConfig("core", 0, BASE, BASE), space);
    cpu.setTranslationThreshold(threshold);
    cpu.onSimcall(cpu::stop);
    for (int i = 0; i < 5; i++) {
      cpu.reset();
      long instructions = cpu.instructions();
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      assertThat(cpu.run(Long.MAX_VALUE >> 1)).isEqualTo(Stop.REQUEST);
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      instructions = cpu.instructions() - instructions;
      assertThat(cpu.register(4)).isEqualTo(FIB_33);
      System.out.printf(
          "%s: %d instructions, %.0f million/s%n", what, instructions, instructions * 1e3 / nanos);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.Device;
import mirage.emulator.bus.Memory;
import mirage.emulator.bus.Rights;
import mirage.xtensa.Assembler;
import mirage.xtensa.SpecialRegister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Translated code does what interpreted code does, at every instruction. */
class TranslationTest {
  private static final int BASE = 0x40080000;
  private static final int DEVICE = 0x3FF00000;
  private static final int STEPS = 2000;

  private final byte[] program = program();

  @ParameterizedTest
  @ValueSource(ints = {1, 37, 997, 100_003})
  void runsInLockstepWithTheInterpreter(int budget) {
    Cpu interpreted = cpu(0);
    Cpu translated = cpu(4);
    for (int i = 0; i < Math.min(STEPS, 4_000_000 / budget); i++) {
      interpreted.run(budget);
      translated.run(budget);
      assertThat(state(translated)).as("step %d", i).isEqualTo(state(interpreted));
    }
    assertThat(interpreted.register(14)).as("timer interrupts").isPositive();
  }

  @Test
  void forgetsTranslatedCodeThatChanges() {
    AddressSpace space = new AddressSpace();
    Memory memory = new Memory("RAM", 0x10000);
    space.map(BASE, memory, Rights.DATA_AND_CODE);
    memory.write(0, Assembler.assemble("l: addi a2, a2, 1\n addi a3, a3, 1\n j l", BASE).bytes());
    Cpu cpu = new Cpu(new CoreConfig("core", 0, BASE, BASE), space);
    cpu.setTranslationThreshold(2);
    cpu.run(300);
    assertThat(cpu.register(2)).isEqualTo(100);
    memory.write(0, Assembler.assemble("addi a2, a2, -1", BASE).bytes());
    cpu.run(150);
    assertThat(cpu.register(2)).isEqualTo(50);
    assertThat(cpu.register(3)).isEqualTo(150);
  }

  @Test
  void literalsInFlashMayChange() {
    AddressSpace space = new AddressSpace();
    Memory flash = new Memory("flash", 0x10000);
    Memory other = new Memory(flash.storage(), "other flash", 0x10000);
    space.map(BASE, flash, Rights.CODE_READ_ONLY);
    String text = ".literal value, 1000\nl: l32r a2, value\n addi a3, a3, 1\n j l";
    flash.write(0, Assembler.assemble(text, BASE).bytes());
    Cpu cpu = new Cpu(new CoreConfig("core", 0, BASE + 4, BASE), space);
    cpu.setTranslationThreshold(2);
    cpu.run(300);
    assertThat(cpu.register(2)).isEqualTo(1000);
    flash.write(0, new byte[] {7, 0, 0, 0});
    cpu.run(300);
    assertThat(cpu.register(2)).isEqualTo(7);
    other.write(0, Assembler.assemble(text, BASE).bytes());
    other.write(0, new byte[] {9, 0, 0, 0});
    space.map(BASE, other, Rights.CODE_READ_ONLY);
    cpu.run(300);
    assertThat(cpu.register(2)).isEqualTo(9);
    assertThat(cpu.register(3)).isEqualTo(300);
  }

  @Test
  void leavesBehindAnAccessThatAsksForIt() {
    Cpu interpreted = withDevice(0);
    Cpu translated = withDevice(2);
    for (int i = 0; i < 100; i++) {
      assertThat(translated.run(1000)).isEqualTo(interpreted.run(1000));
      assertThat(state(translated)).as("step %d", i).isEqualTo(state(interpreted));
    }
    assertThat(interpreted.register(3)).isPositive();
  }

  /** A loop that reads and writes a device, which stops the core now and then. */
  private static Cpu withDevice(int threshold) {
    AddressSpace space = new AddressSpace();
    Memory memory = new Memory("RAM", 0x10000);
    space.map(BASE, memory, Rights.DATA_AND_CODE);
    String text =
        """
        l: l32i a4, a5, 0
        addi a3, a3, 1
        l16si a6, a5, 4
        l8ui a7, a5, 8
        s32i a3, a5, 12
        j l
        """;
    memory.write(0, Assembler.assemble(text, BASE).bytes());
    Cpu cpu = new Cpu(new CoreConfig("core", 0, BASE, BASE), space);
    cpu.setTranslationThreshold(threshold);
    cpu.setRegister(5, DEVICE);
    space.map(DEVICE, AddressSpace.PAGE_SIZE, new Stopping(cpu));
    return cpu;
  }

  private static final class Stopping implements Device {
    private final Cpu cpu;
    private int accesses;

    private Stopping(Cpu cpu) {
      this.cpu = cpu;
    }

    @Override
    public String name() {
      return "stopping";
    }

    @Override
    public int read(int offset, int size) {
      write(offset, size, 0);
      return accesses * 0x01234567 >>> 32 - 8 * size;
    }

    @Override
    public void write(int offset, int size, int value) {
      if (++accesses % 7 == 0) {
        cpu.stop();
      }
    }
  }

  private Cpu cpu(int threshold) {
    AddressSpace space = new AddressSpace();
    Memory memory = new Memory("RAM", 0x10000);
    memory.write(0, program);
    space.map(BASE, memory, Rights.DATA_AND_CODE);
    Cpu cpu = new Cpu(new CoreConfig("core", 0, BASE, BASE), space);
    cpu.setTranslationThreshold(threshold);
    return cpu;
  }

  private static String state(Cpu cpu) {
    StringBuilder text = new StringBuilder();
    text.append(String.format("pc %08x cycles %d", cpu.pc(), cpu.cycles()));
    for (int i = 0; i < 16; i++) {
      text.append(String.format(" a%d %08x", i, cpu.register(i)));
    }
    for (SpecialRegister register : SpecialRegister.values()) {
      text.append(String.format(" %s %08x", register, cpu.special(register)));
    }
    return text.toString();
  }

  private static byte[] program() {
    try (InputStream in = TranslationTest.class.getResourceAsStream("/programs/mixed.s")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Assembler.assemble(text, BASE).bytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

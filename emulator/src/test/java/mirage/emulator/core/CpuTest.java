// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.Device;
import mirage.emulator.bus.Memory;
import mirage.emulator.bus.Rights;
import mirage.xtensa.Encoder;
import mirage.xtensa.Instruction;
import mirage.xtensa.Opcode;
import mirage.xtensa.SpecialRegister;
import mirage.xtensa.UserRegister;
import org.junit.jupiter.api.Test;

/** What a core does beyond single instructions: exceptions, interrupts, time, loops, code changes. */
class CpuTest {
  private static final int CODE = 0x40080000;
  private static final int DATA = 0x3ffb0000;
  private static final int USER_VECTOR = CODE + 0x340;
  private static final int START = CODE + 0x400;

  private final AddressSpace space = new AddressSpace();
  private final Memory iram = new Memory("IRAM", 0x10000);
  private final Cpu cpu;
  private int at = START;

  CpuTest() {
    space.map(CODE, iram, Rights.CODE);
    space.map(DATA, new Memory("DRAM", 0x10000), Rights.DATA);
    cpu = new Cpu(new CoreConfig("core", 0xcdcd, START, CODE), space);
    cpu.setSpecial(SpecialRegister.PS, State.PS_UM);
  }

  private void emit(Opcode opcode, int... operands) {
    int word = Encoder.encode(Instruction.of(opcode, operands), at);
    for (int i = 0; i < opcode.length(); i++) {
      iram.write(at++ - CODE, new byte[] {(byte) (word >>> 8 * i)});
    }
  }

  @Test
  void countsInstructionsExactly() {
    emit(Opcode.MOVI, 2, 100);
    int loop = at;
    emit(Opcode.ADDI_N, 2, 2, -1);
    emit(Opcode.BNEZ, 2, loop);
    emit(Opcode.J, at);
    assertThat(cpu.run(199)).isEqualTo(Stop.BUDGET);
    assertThat(cpu.register(2)).isEqualTo(1);
    assertThat(cpu.pc()).isEqualTo(loop);
    cpu.run(2);
    assertThat(cpu.register(2)).isZero();
    assertThat(cpu.instructions()).isEqualTo(201);
  }

  @Test
  void zeroOverheadLoopRunsItsBodyCountTimes() {
    emit(Opcode.MOVI, 2, 5);
    emit(Opcode.LOOP, 2, at + 3 + 5);
    emit(Opcode.ADDI, 3, 3, 1);
    emit(Opcode.NOP_N);
    emit(Opcode.J, at);
    cpu.run(2 + 10);
    assertThat(cpu.register(3)).isEqualTo(5);
    assertThat(cpu.special(SpecialRegister.LCOUNT)).isZero();
    assertThat(cpu.pc()).isEqualTo(at - 3);
  }

  @Test
  void unmappedLoadEntersTheUserVector() {
    emit(Opcode.MOVI, 2, 16);
    emit(Opcode.NOP);
    emit(Opcode.L32I, 3, 2, 4);
    at = USER_VECTOR;
    emit(Opcode.RSR, 4, SpecialRegister.EXCVADDR.number());
    cpu.run(4);
    assertThat(cpu.special(SpecialRegister.EXCCAUSE)).isEqualTo(28);
    assertThat(cpu.special(SpecialRegister.EPC1)).isEqualTo(START + 6);
    assertThat(cpu.register(4)).isEqualTo(20);
    assertThat(cpu.pc()).isEqualTo(USER_VECTOR + 3);
  }

  @Test
  void exceptionWithoutVectorIsAFaultForTheHost() {
    cpu.setSpecial(SpecialRegister.VECBASE, 0x10000000);
    emit(Opcode.MOVI, 2, 0);
    emit(Opcode.QUOS, 3, 3, 2);
    assertThatThrownBy(() -> cpu.run(10))
        .isInstanceOfSatisfying(
            MachineFault.class,
            fault -> {
              assertThat(fault.report().pc()).isEqualTo(START + 3);
              assertThat(fault.report().text())
                  .contains("core: integer division by zero", "quos a3, a3, a2", "0x40080400");
            })
        .hasMessage("core: integer division by zero at 0x40080403");
  }

  @Test
  void interruptOfADeviceIsTakenBehindTheStoreThatRaisedIt() {
    int device = 0x3ff40000;
    space.map(device, AddressSpace.PAGE_SIZE, new InterruptOnWrite());
    cpu.setSpecial(SpecialRegister.INTENABLE, 1 << 3);
    cpu.setRegister(5, device);
    emit(Opcode.NOP);
    emit(Opcode.S32I, 2, 5, 0);
    emit(Opcode.MOVI, 3, 1);
    at = USER_VECTOR;
    emit(Opcode.J, at);
    cpu.run(2);
    cpu.run(1);
    assertThat(cpu.special(SpecialRegister.EPC1)).isEqualTo(START + 6);
    assertThat(cpu.special(SpecialRegister.EXCCAUSE)).isEqualTo(4);
    assertThat(cpu.register(3)).isZero();
    assertThat(cpu.pc()).isEqualTo(USER_VECTOR);
  }

  @Test
  void timerWakesAWaitingCore() {
    cpu.setSpecial(SpecialRegister.CCOMPARE0, 1000);
    cpu.setSpecial(SpecialRegister.INTENABLE, 1 << 6);
    emit(Opcode.WAITI, 0);
    at = USER_VECTOR;
    emit(Opcode.RSR, 2, SpecialRegister.CCOUNT.number());
    assertThat(cpu.run(100)).isEqualTo(Stop.WAITING);
    assertThat(cpu.instructions()).isEqualTo(1);
    cpu.idle(cpu.nextTimer() - cpu.cycles());
    assertThat(cpu.run(1)).isEqualTo(Stop.BUDGET);
    assertThat(cpu.register(2)).isEqualTo(1000);
    assertThat(cpu.instructions()).isEqualTo(2);
  }

  @Test
  void timerInterruptsARunningCoreAtItsCycle() {
    cpu.setSpecial(SpecialRegister.CCOMPARE1, 50);
    cpu.setSpecial(SpecialRegister.INTENABLE, 1 << 15);
    emit(Opcode.ADDI, 2, 2, 1);
    emit(Opcode.J, START);
    at = CODE + 0x1c0;
    emit(Opcode.J, at);
    cpu.run(60);
    assertThat(cpu.register(2)).isEqualTo(25);
    assertThat(cpu.special(SpecialRegister.EPC3)).isEqualTo(START);
    assertThat(cpu.special(SpecialRegister.PS) & 15).isEqualTo(3);
  }

  @Test
  void timerSetByTheRunningCodeMatchesInTheSameRun() {
    cpu.setSpecial(SpecialRegister.INTENABLE, 1 << 6);
    cpu.setRegister(2, 40);
    emit(Opcode.WSR, 2, SpecialRegister.CCOMPARE0.number());
    int loop = at;
    emit(Opcode.ADDI, 3, 3, 1);
    emit(Opcode.J, loop);
    at = USER_VECTOR;
    emit(Opcode.J, at);
    cpu.run(100);
    assertThat(cpu.pc()).isEqualTo(USER_VECTOR);
    assertThat(cpu.register(3)).isEqualTo(20);
  }

  @Test
  void changedCodeIsDecodedAnew() {
    emit(Opcode.MOVI, 2, 1);
    emit(Opcode.J, START);
    cpu.run(4);
    int changed = Encoder.encode(Instruction.of(Opcode.MOVI, 2, 7), START);
    space.store32(START, space.load32(START) & 0xff000000 | changed);
    cpu.run(1);
    assertThat(cpu.register(2)).isEqualTo(7);
  }

  @Test
  void aRoundingModeThatIsNotModelledIsAFault() {
    emit(Opcode.MOVI, 2, 1);
    emit(Opcode.WUR, 2, UserRegister.FCR.number());
    assertThatThrownBy(() -> cpu.run(10))
        .isInstanceOf(MachineFault.class)
        .hasMessageContaining("FCR: rounding mode 1 is not modelled");
  }

  @Test
  void stopsBeforeABreakpointAndRunsOnFromIt() {
    emit(Opcode.MOVI, 2, 1);
    emit(Opcode.MOVI, 2, 2);
    emit(Opcode.J, START);
    cpu.setBreakpoint(START + 3, true);
    assertThat(cpu.run(100)).isEqualTo(Stop.BREAKPOINT);
    assertThat(cpu.register(2)).isEqualTo(1);
    assertThat(cpu.run(100)).isEqualTo(Stop.BREAKPOINT);
    assertThat(cpu.instructions()).isEqualTo(4);
    cpu.setBreakpoint(START + 3, false);
    assertThat(cpu.run(100)).isEqualTo(Stop.BUDGET);
  }

  private final class InterruptOnWrite implements Device {
    @Override
    public String name() {
      return "device";
    }

    @Override
    public int read(int offset, int size) {
      return 0;
    }

    @Override
    public void write(int offset, int size, int value) {
      cpu.setInterrupt(3, true);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Arrays;
import mirage.formats.FormatException;
import mirage.xtensa.Assembler;
import mirage.xtensa.SpecialRegister;
import org.junit.jupiter.api.Test;

/** The whole machine: boot, console, time, second core, flash mapping, resets, faults. */
class Esp32Test {
  @Test
  void handsOverAsTheRomDoes() {
    Esp32 machine = new TestImage("start: j start").boot();
    assertThat(machine.cpu(0).special(SpecialRegister.PS)).isEqualTo(0x60320);
    assertThat(machine.cpu(0).special(SpecialRegister.WINDOWBASE)).isEqualTo(1);
    assertThat(machine.cpu(0).special(SpecialRegister.WINDOWSTART)).isEqualTo(2);
    assertThat(machine.cpu(0).special(SpecialRegister.VECBASE)).isEqualTo(0x40000000);
    assertThat(machine.cpu(0).special(SpecialRegister.PRID)).isEqualTo(0xCDCD);
    assertThat(machine.cpu(0).register(0)).isEqualTo(0x40000740);
    assertThat(machine.cpu(0).register(1)).isEqualTo(0x3FFE3EB0);
    assertThat(machine.space(0).load32(0x3FF40014)).as("UART_CLKDIV").isEqualTo(0x0030015B);
    assertThat(machine.space(0).load32(0x3FF48034)).as("reset cause").isEqualTo(0x3041);
    assertThat(machine.space(0).load32(0x60000014)).as("the AHB copy").isEqualTo(0x0030015B);
  }

  @Test
  void writesToTheConsoleAndHalts() {
    TestImage image =
        new TestImage(
            """
            start: call0 guards_off
              l32r a3, UART0
              movi a2, 'O'
              s32i a2, a3, 0
              movi a2, 'K'
              s32i a2, a3, 0
              movi a2, 42
              j halt
            """);
    Outcome outcome = image.run(1);
    assertThat(outcome).isEqualTo(new Outcome(Outcome.Kind.HALTED, 42, ""));
    assertThat(image.console).hasToString("OK");
  }

  @Test
  void readsTheConsole() {
    TestImage image =
        new TestImage(
            """
            start: call0 guards_off
              l32r a3, UART0
              movi a2, 1
              s32i a2, a3, 0x24   # RXFIFO_FULL_THRHD
              s32i a2, a3, 0x0c   # INT_ENA
            next: l32i a4, a3, 0x1c
              extui a4, a4, 0, 8
              beqz a4, next
              l32i a4, a3, 0
              addi a4, a4, 1
              s32i a4, a3, 0
              movi a5, 'd'
              bne a4, a5, next
              movi a2, 0
              j halt
            """);
    Esp32 machine = image.boot();
    ArrayDeque<Integer> line = new ArrayDeque<>();
    "HALc".chars().forEach(line::add);
    machine.connect(() -> line.isEmpty() ? -1 : line.remove());
    assertThat(machine.run(TestImage.ticks(1)).kind()).isEqualTo(Outcome.Kind.HALTED);
    assertThat(image.console).hasToString("IBMd");
    assertThat(machine.now())
        .as("four bytes at 115200 baud")
        .isGreaterThan(TestImage.ticks(4 * 10 / 115_200.0));
  }

  /** A timer alarm through the interrupt matrix; virtual time jumps to it. */
  private static final String SLEEPER =
      """
      .literal ALARM, 3600000000
      .literal CONFIG, 0xc0050c00   # up, divider 40, level interrupt, alarm
      start: call0 guards_off
        l32r a3, VECTORS
        wsr a3, vecbase
        l32r a3, TIMG0
        movi a2, 1
        s32i a2, a3, 0x98    # INT_ENA
        l32r a4, DPORT
        movi a2, 0
        addmi a4, a4, 0x100
        s32i a2, a4, 0x3c    # DPORT_PRO_TG_T0_LEVEL_INT_MAP: line 0
        l32r a2, ALARM
        s32i a2, a3, 0x10
        l32r a2, CONFIG
        s32i a2, a3, 0x00
        movi a2, 1
        wsr a2, intenable
        movi a5, 0
        waiti 0
        l32r a3, TIMG0
        mov.n a2, a5
        j halt
      .align 1024
      .space 0x340
        movi a5, 7
        l32r a3, TIMG0
        movi a2, 1
        s32i a2, a3, 0xa4    # INT_CLR
        rfe
      """;

  @Test
  void sleepsAnHourInNoTime() {
    Esp32 machine = new TestImage(SLEEPER).boot();
    Outcome outcome = machine.run(Long.MAX_VALUE);
    assertThat(outcome).isEqualTo(new Outcome(Outcome.Kind.HALTED, 7, ""));
    assertThat(machine.now()).isBetween(TestImage.ticks(3600), TestImage.ticks(3600.001));
    assertThat(machine.instructions()).isLessThan(100);
    int ccount = machine.cpu(0).special(SpecialRegister.CCOUNT);
    assertThat(ccount)
        .as("CCOUNT counted through the sleep, modulo 2^32")
        .isEqualTo((int) (machine.now() / 12));
  }

  @Test
  void bootGuardResetsAProgramThatHangs() {
    Outcome outcome = new TestImage("start: j start").run(10);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RESET);
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.report())
        .contains("main watchdog of timer group 0", "j 0x")
        .containsPattern("came through 0x\\w+ \\(\\d+ times\\)$");
  }

  @Test
  void resetRestartsTheChipIfAllowed() {
    TestImage image =
        new TestImage(
            """
            start: call0 guards_off
              l32r a3, UART0
              l32r a4, RTC
              l32i a2, a4, 0x34
              extui a2, a2, 0, 4
              movi a5, 'a'
              add a5, a5, a2
              s32i a5, a3, 0
              bnei a2, 1, done
              movi a2, 1
              slli a2, a2, 31
              s32i a2, a4, 0
            1: j 1b
            done: j halt
            """);
    Esp32 machine = image.builder().allowReset(true).build();
    machine.boot();
    assertThat(machine.run(TestImage.ticks(1))).isEqualTo(new Outcome(Outcome.Kind.HALTED, 3, ""));
    assertThat(image.console).as("power-on, then software reset").hasToString("bd");
  }

  @Test
  void startsTheSecondCore() {
    TestImage image =
        new TestImage(
            """
            .literal APP_ENTRY, app
            .literal SHARED, 0x3ffb0000
            start: call0 guards_off
              l32r a3, DPORT
              l32r a2, APP_ENTRY
              s32i a2, a3, 0x38
              movi a2, 1
              s32i a2, a3, 0x30
              movi a2, 0
              s32i a2, a3, 0x2c
              l32r a3, SHARED
            1: l32i a2, a3, 0
              beqz a2, 1b
              j halt
            .align 4
            app: rsr a2, prid
              extui a2, a2, 0, 8
              l32r a3, RTC
              l32i a3, a3, 0x34
              extui a3, a3, 6, 6    # RESET_CAUSE_APPCPU
              sub a2, a2, a3
              l32r a3, SHARED
              s32i a2, a3, 0
            2: waiti 0
              j 2b
            """);
    assertThat(image.run(1)).isEqualTo(new Outcome(Outcome.Kind.HALTED, 0xAB - 14, ""));
  }

  @Test
  void mapsFlashForCodeAndData() {
    byte[] content = new byte[0x20];
    byte[] code = Assembler.assemble("l32i a2, a2, 0\n ret", 0x400D0000).bytes();
    System.arraycopy(code, 0, content, 0, code.length);
    content[0x10] = 99;
    TestImage image =
        new TestImage(
                """
                .literal IROM, 0x400d0000
                .literal DROM, 0x3f410010
                start: call0 guards_off
                  l32r a4, DPORT
                  movi a2, 0
                  s32i a2, a4, 0x40     # PRO_CACHE_CTRL: off
                  l32r a3, MMU
                  movi a2, 5
                  s32i a2, a3, 4        # DROM page 1
                  addmi a3, a3, 0x100
                  s32i a2, a3, 0x34     # IROM page 13: 0x400d0000
                  movi a2, 0x10         # FLUSH_ENA
                  s32i a2, a4, 0x40
                1: l32i a2, a4, 0x40
                  bbci a2, 5, 1b        # FLUSH_DONE
                  movi a2, 8            # ENABLE
                  s32i a2, a4, 0x40
                  l32r a2, DROM
                  l32r a3, IROM
                  callx0 a3
                  j halt
                """)
            .flash(0x50000, content);
    assertThat(image.run(1)).isEqualTo(new Outcome(Outcome.Kind.HALTED, 99, ""));
  }

  @Test
  void faultNamesPlaceRegistersAndWay() {
    TestImage image =
        new TestImage(
            """
            .literal SDMMC, 0x3ff68000
            start: call0 guards_off
              l32r a7, SDMMC
              l32i a6, a7, 0x18
            """);
    Outcome outcome = image.run(1);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAULT);
    assertThat(outcome.report())
        .contains("SDMMC (SD/MMC host) is not modelled: load at offset 0x018")
        .contains("l32i a6, a7, 24")
        .contains("a7 0x3ff68000")
        .contains("came through");
  }

  @Test
  void anExceptionWithoutVectorsIsAFault() {
    Outcome outcome = new TestImage("start: call0 guards_off\n ill").run(1);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAULT);
    assertThat(outcome.report()).contains("illegal instruction");
  }

  @Test
  void dataBreakpointEntersTheDebugVector() {
    TestImage image =
        new TestImage(
            """
            .literal GUARD, 0x3ffb0040
            .literal HIT, hit
            start: call0 guards_off
              l32r a3, VECTORS
              wsr a3, vecbase
              l32r a5, GUARD
              wsr a5, dbreaka0
              movi a3, 1
              slli a3, a3, 31
              wsr a3, dbreakc0      # stores to 64 bytes
              movi a2, 1
              s32i a2, a5, 64       # just behind
              l8ui a4, a5, 63
            hit: s8i a2, a5, 63
              movi a2, 99
              j halt
            .align 1024
            .space 0x280
              rsr a2, epc6
              l32r a3, HIT
              sub a2, a2, a3
              rsr a3, debugcause
              add a2, a2, a3
              s8i a2, a5, 63        # at the debug level it passes
              l8ui a2, a5, 63
              j halt
            """);
    assertThat(image.run(1)).isEqualTo(new Outcome(Outcome.Kind.HALTED, 4, ""));
  }

  @Test
  void jumpIntoRomIsAFaultThatNamesIt() {
    Outcome outcome =
        new TestImage(".literal ROM, 0x40007c18\nstart: call0 guards_off\n l32r a2, ROM\n jx a2")
            .run(1);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAULT);
    assertThat(outcome.report()).contains("0x40007c18").contains("ROM0");
  }

  @Test
  void waitingForNothingIsADeadlock() {
    Outcome outcome = new TestImage("start: call0 guards_off\n waiti 0").run(1);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DEADLOCK);
    assertThat(outcome.report()).contains("waits for ever");
  }

  @Test
  void timeLimitEndsTheRun() {
    Esp32 machine = new TestImage("start: call0 guards_off\n1: j 1b").boot();
    assertThat(machine.run(TestImage.ticks(0.01)).kind()).isEqualTo(Outcome.Kind.TIMEOUT);
    assertThat(machine.now()).isBetween(TestImage.ticks(0.01), TestImage.ticks(0.01) + 12);
    assertThat(machine.instructions()).as("40 MHz").isEqualTo(400_000);
  }

  @Test
  void sameSeedSameRandomNumbers() {
    String text =
        "start: call0 guards_off\n l32r a3, RNG\n l32i a2, a3, 0\n extui a2, a2, 0, 8\n j halt";
    int first = new TestImage(text).run(1).status();
    assertThat(new TestImage(text).run(1).status()).isEqualTo(first);
  }

  @Test
  void badImagesAreRefusedWithAMessage() {
    byte[] good = new TestImage("start: j start").bytes();
    byte[] flipped = good.clone();
    flipped[0x1030] ^= 1;
    assertThatThrownBy(() -> boot(flipped))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("checksum");
    assertThatThrownBy(() -> boot(Arrays.copyOf(good, 0x1020))).isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> boot(new byte[0]))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("0x1000");
    TestImage nowhere = new TestImage("start: j start").segment(0x20000000, new byte[4]);
    assertThatThrownBy(nowhere::boot)
        .hasMessageContaining("0x20000000")
        .hasMessageContaining("internal RAM");
    assertThatThrownBy(() -> Esp32.builder().flash(new byte[5 << 20]))
        .hasMessageContaining("5242880");
  }

  private static void boot(byte[] flash) {
    Esp32.builder().flash(flash).build().boot();
  }
}

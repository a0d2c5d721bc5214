// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import mirage.emulator.board.Board;
import mirage.emulator.board.SpiDevice;
import mirage.emulator.i2c.RegisterFile;
import org.junit.jupiter.api.Test;

/** Programs of the chip and what hangs on its pins. */
class BoardTest {
  /** Lights the LED at pin 2 for as long as the button at pin 0 is pressed, then ends. */
  private static final String LAMP =
      """
      .literal GPIO, 0x3ff44000
      start: call0 guards_off
        l32r a3, GPIO
        movi a2, 4
        s32i a2, a3, 0x24   # GPIO_ENABLE_W1TS
      up: l32i a4, a3, 0x3c # GPIO_IN
        bbsi a4, 0, up
        s32i a2, a3, 0x08   # GPIO_OUT_W1TS
      down: l32i a4, a3, 0x3c
        bbci a4, 0, down
        s32i a2, a3, 0x0c   # GPIO_OUT_W1TC
        movi a2, 0
        j halt
      """;

  /** Sends 0x5A over SPI2 by pins 14, 13, 12 with CS0 at 15, and ends with the byte that came meanwhile. */
  private static final String EXCHANGE =
      """
      .literal SPI2, 0x3ff64000
      .literal OUT_SEL, 0x3ff44530
      .literal IN_SEL, 0x3ff44154      # of signal 9
      .literal USER, 0x18000001        # data out and in, at once
      .literal USR, 0x40000
      .literal CLOCK, 0x27000          # 80 MHz / 40
      start: call0 guards_off
        l32r a3, OUT_SEL
        movi a2, 8
        s32i a2, a3, 56
        movi a2, 10
        s32i a2, a3, 52
        movi a2, 11
        s32i a2, a3, 60
        l32r a3, IN_SEL
        movi a2, %d
        s32i a2, a3, 0
        l32r a3, SPI2
        l32r a2, CLOCK
        s32i a2, a3, 0x18
        l32r a2, USER
        s32i a2, a3, 0x1c
        movi a2, 7
        s32i a2, a3, 0x28
        s32i a2, a3, 0x2c
        movi a2, 0x5a
        s32i a2, a3, 0x80
        l32r a2, USR
        s32i a2, a3, 0
      busy: l32i a2, a3, 0
        bnez a2, busy
        l32i a2, a3, 0x80
        extui a2, a2, 0, 8
        j halt
      """;

  /**
   * Reads two registers of the device 0x48 over I2C1 by pins 19 and 18, and ends with their sum; 1 if nobody is there.
   */
  private static final String SENSOR =
      """
      .literal I2C1, 0x3ff67000
      .literal OUT_SEL, 0x3ff44530
      .literal IN_SEL, 0x3ff442ac      # of signal 95
      .literal READ_ACK, 0x1001
      .literal READ_NACK, 0x1401
      .literal STOP, 0x1800
      .literal WRITE, 0x900
      start: call0 guards_off
        l32r a3, OUT_SEL
        movi a2, 95
        s32i a2, a3, 76
        movi a2, 96
        s32i a2, a3, 72
        l32r a3, IN_SEL
        movi a2, 0x93
        s32i a2, a3, 0
        movi a2, 0x92
        s32i a2, a3, 4
        l32r a3, I2C1
        movi a2, 50
        s32i a2, a3, 0
        s32i a2, a3, 0x38
        movi a2, 0
        s32i a2, a3, 0x58            # RSTART
        s32i a2, a3, 0x60
        l32r a4, WRITE
        addi a2, a4, 2
        s32i a2, a3, 0x5c
        addi a2, a4, 1
        s32i a2, a3, 0x64
        l32r a2, READ_ACK
        s32i a2, a3, 0x68
        l32r a2, READ_NACK
        s32i a2, a3, 0x6c
        l32r a2, STOP
        s32i a2, a3, 0x70
        movi a2, %d                  # the address, to write
        s32i a2, a3, 0x1c
        movi a4, 3
        s32i a4, a3, 0x1c
        addi a2, a2, 1
        s32i a2, a3, 0x1c
        movi a2, 0x33
        s32i a2, a3, 4
      busy: l32i a2, a3, 0x20
        movi a4, 0x480               # TRANS_COMPLETE or ACK_ERR
        and a4, a2, a4
        beqz a4, busy
        bbsi a2, 10, absent
        l32i a2, a3, 0x1c
        l32i a4, a3, 0x1c
        add a2, a2, a4
        extui a2, a2, 0, 8
        j halt
      absent: movi a2, 1
        j halt
      """;

  /** Answers a byte with its complement, and keeps what it saw. */
  private static final class Complement implements SpiDevice {
    private final List<String> seen = new ArrayList<>();

    @Override
    public void select() {
      seen.add("select");
    }

    @Override
    public int exchange(int out) {
      seen.add(Integer.toHexString(out));
      return ~out & 0xFF;
    }

    @Override
    public void deselect() {
      seen.add("deselect");
    }
  }

  @Test
  void aProgramReadsAButtonAndLightsALed() {
    List<String> seen = new ArrayList<>();
    Esp32 machine =
        new TestImage(LAMP)
            .builder()
            .leds((led, lit, tick) -> seen.add(led.name() + " " + lit + " " + tick / 480_000))
            .build();
    machine.boot();
    machine.press("boot", TestImage.ticks(0.020), TestImage.ticks(0.050));
    assertThat(machine.run(TestImage.ticks(1))).isEqualTo(new Outcome(Outcome.Kind.HALTED, 0, ""));
    assertThat(seen).as("in ms").containsExactly("blue true 20", "blue false 50");
    assertThat(machine.high(0)).as("released").isTrue();
  }

  @Test
  void aButtonMayBeActiveHighAndAnLedActiveLow() {
    List<Boolean> seen = new ArrayList<>();
    Board board =
        Board.DEVKIT.with(new Board.Button("user", 34, false)).with(new Board.Led("red", 2, true));
    Esp32 machine =
        new TestImage(LAMP)
            .builder()
            .board(board)
            .leds(
                (led, lit, tick) -> {
                  if (led.name().equals("red")) {
                    seen.add(lit);
                  }
                })
            .build();
    machine.boot();
    assertThat(machine.high(34)).isFalse();
    machine.press("user", 0, TestImage.ticks(2));
    machine.press("boot", TestImage.ticks(0.020), TestImage.ticks(0.050));
    machine.run(TestImage.ticks(1));
    assertThat(machine.high(34)).isTrue();
    assertThat(seen).containsExactly(false, true);
    assertThatThrownBy(() -> machine.press("reset", 0, 1))
        .isInstanceOf(EmulatorException.class)
        .hasMessage("the board has no button 'reset'; it has [boot, user]");
  }

  @Test
  void aProgramTalksToADeviceOnSpi2() {
    Complement device = new Complement();
    Board board = Board.DEVKIT.with(new Board.Spi(2, 14, 13, 12, 15, clock -> device));
    Esp32 machine = new TestImage(EXCHANGE.formatted(0x80 | 12)).builder().board(board).build();
    machine.boot();
    assertThat(machine.run(TestImage.ticks(1)).status()).isEqualTo(0xA5);
    assertThat(device.seen).containsExactly("select", "5a", "deselect");
    assertThat(machine.now()).as("8 bits of 2 MHz").isGreaterThan(TestImage.ticks(4e-6));
  }

  @Test
  void anInputThatIsNotLedToThePinFloats() {
    Complement device = new Complement();
    Board board = Board.DEVKIT.with(new Board.Spi(2, 14, 13, 12, 15, clock -> device));
    Esp32 machine = new TestImage(EXCHANGE.formatted(0x80 | 19)).builder().board(board).build();
    machine.boot();
    assertThat(machine.run(TestImage.ticks(1)).status()).isEqualTo(SpiDevice.FLOATING);
  }

  @Test
  void aProgramTalksToADeviceOnAnI2cBus() {
    RegisterFile device = new RegisterFile();
    Board board = Board.DEVKIT.with(new Board.I2c(0x48, 19, 18, clock -> device));
    Esp32 machine = new TestImage(SENSOR.formatted(0x90)).builder().board(board).build();
    machine.boot();
    assertThat(machine.run(TestImage.ticks(1)).status()).isEqualTo(0xA3 + 0xA4 & 0xFF);
    assertThat(device.seen).containsExactly("start write", "3", "start read", "stop");
    Esp32 other = new TestImage(SENSOR.formatted(0x92)).builder().board(board).build();
    other.boot();
    assertThat(other.run(TestImage.ticks(1)).status()).as("nobody at 0x49").isOne();
  }

  @Test
  void eachI2cControllerHasItsResetLine() {
    Esp32 machine = new TestImage("start: j start").boot();
    for (int base : new int[] {0x3FF53000, 0x3FF67000}) {
      machine.space(0).store32(base, 5);
    }
    machine.space(0).store32(0x3FF000C4, 1 << 18);
    assertThat(machine.space(0).load32(0x3FF53000)).isEqualTo(5);
    assertThat(machine.space(0).load32(0x3FF67000)).isZero();
    machine.space(0).store32(0x3FF000C4, 1 << 7);
    assertThat(machine.space(0).load32(0x3FF53000)).isZero();
  }

  @Test
  void theConsoleIsWhereTheBoardHasIt() {
    StringBuilder sent = new StringBuilder();
    ArrayDeque<Integer> none = new ArrayDeque<>();
    Board board =
        Board.DEVKIT
            .withConsole(2)
            .with(
                new Board.Serial(
                    0,
                    value -> sent.append((char) value),
                    () -> none.isEmpty() ? -1 : none.remove()));
    TestImage image =
        new TestImage(
            """
            .literal UART2, 0x3ff6e000
            start: call0 guards_off
              l32r a3, UART0
              movi a2, 'm'
              s32i a2, a3, 0
              l32r a3, UART2
              movi a2, 'c'
              s32i a2, a3, 0
              movi a2, 0
              j halt
            """);
    Esp32 machine = image.builder().board(board).build();
    machine.boot();
    machine.run(TestImage.ticks(1));
    assertThat(image.console).hasToString("c");
    assertThat(sent).hasToString("m");
  }

  @Test
  void aFrameComesOnlyByThePinsOfThePhy() {
    TestImage image = EchoGuest.image();
    Board elsewhere = Board.DEVKIT.with(new Board.Phy(0, 23, 19));
    Esp32 machine = image.builder().board(elsewhere).build();
    machine.boot();
    machine.run(TestImage.ticks(0.2));
    Esp32 there = image.boot();
    there.run(TestImage.ticks(0.2));
    // Register 0x14 of the MAC is what was read from the PHY last.
    assertThat(machine.space(0).load32(0x3FF6A014)).as("nobody answers").isEqualTo(0xFFFF);
    assertThat(there.space(0).load32(0x3FF6A014)).isNotEqualTo(0xFFFF);
  }

  @Test
  void aBoardThatDoesNotFitTheChipIsRefused() {
    assertThatThrownBy(() -> new Board.Led("far", 40, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pin 40; allowed are 0 to 39");
    assertThatThrownBy(() -> Board.DEVKIT.with(new Board.Button("boot", 4, false)))
        .hasMessage("two of button boot on a board");
    assertThatThrownBy(() -> Board.DEVKIT.with(new Board.Button("other", 0, false)))
        .hasMessage("two of button or select line at pin 0 on a board");
    assertThatThrownBy(() -> new Board.Spi(1, 1, 2, 3, 4, clock -> new Complement()))
        .hasMessage("SPI1; devices of a board are on SPI2 or SPI3");
    Board.I2c sensor = new Board.I2c(0x48, 22, 21, clock -> new RegisterFile());
    assertThatThrownBy(() -> Board.DEVKIT.with(sensor).with(sensor))
        .hasMessage("two of I2C device 0x48 at pins 22, 21 on a board");
    assertThatThrownBy(() -> new Board.I2c(0x78, 22, 21, clock -> new RegisterFile()))
        .hasMessage("address 0x78 of an I2C device; allowed are 0x08 to 0x77");
    assertThatThrownBy(() -> Board.DEVKIT.withConsole(3)).hasMessage("UART 3; allowed are 0 to 2");
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import mirage.emulator.board.Inlet;
import mirage.emulator.board.SerialInput;
import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.Memory;
import mirage.emulator.clock.Clock;
import mirage.emulator.core.Cpu;
import mirage.emulator.core.MachineFault;
import mirage.emulator.peripheral.InterruptSource;
import mirage.emulator.peripheral.ResetCause;
import mirage.formats.Elf32;

/**
 * An ESP32 with a flash chip and a serial console: the class to embed. Time is virtual; two runs with the
 * same flash
 * content, seed and input do the same, instruction by instruction.
 *
 * <pre>
 *   Esp32 chip = Esp32.builder().flash(image).console(System.out::write).build();
 *   chip.boot();
 *   Outcome outcome = chip.run(10 * Clock.TICKS_PER_SECOND);
 * </pre>
 *
 * <p>Not thread-safe, but for {@link #stop}.
 */
public final class Esp32 {
  /** Flash size of the modelled board, in bytes. */
  public static final int FLASH_SIZE = 4 << 20;

  /** MAC address unless another is given: Espressif's prefix. */
  public static final String DEFAULT_MAC = "24:0a:c4:00:01:10";

  /** Seed of the random number generator unless another is given. */
  public static final long DEFAULT_SEED = 1;

  /** How strong others hear a chip that is near, in dBm. */
  public static final int RADIO_STRENGTH = -40;

  /** Longest slice of instructions between two looks at the host. */
  private static final long SLICE = Clock.TICKS_PER_SECOND / 1000;

  /** Instructions one core may run ahead of the other while both run. */
  private static final int QUANTUM = 256;

  private final Chip chip;
  private final Cores cores;
  private final boolean allowReset;
  private final IntConsumer console;
  private final Host host;
  private final String imageName;
  private boolean booted;
  private ResetCause pendingReset;
  private int pendingCore;
  private volatile boolean stopRequested;

  Esp32(Esp32Builder builder) {
    Memory flash = new Memory("flash", builder.flash.length);
    flash.write(0, builder.flash);
    console = builder.console;
    host = builder.host;
    allowReset = builder.allowReset;
    imageName = builder.imageName;
    chip =
        new Chip(
            flash,
            builder.board,
            builder.leds,
            builder.mac,
            builder.entropy,
            builder.antenna,
            new Wiring());
    if (builder.rom != null) {
      chip.mapRom(builder.rom);
    }
    if (builder.moreRamSize > 0) {
      chip.mapMoreRam(builder.moreRamAddress, builder.moreRamSize);
    }
    cores = new Cores(chip);
    chip.emac.connect(builder.ethernet);
  }

  /** Starts the description of a chip; all parts have defaults, flash is erased. */
  public static Esp32Builder builder() {
    return new Esp32Builder();
  }

  /**
   * Power-on: resets the chip and does what its ROM does, up to the first instruction of the program at flash
   * 0x1000.
   *
   * @throws mirage.formats.FormatException if there is no image the ROM could load
   */
  public void boot() {
    boot(ResetCause.POWER_ON);
  }

  /**
   * Power-on for an executable that is in no flash image: it is put into memory as a loader would.
   *
   * @param name of the file, for messages
   * @throws EmulatorException if it is for another machine, or does not fit
   */
  public void boot(String name, Elf32 program) {
    new ProgramLoader(name, program).boot(this);
  }

  private void boot(ResetCause cause) {
    resetAll(cause);
    start(Rom.boot(chip, imageName));
  }

  /**
   * Power-on for a program that is already in place: memory and flash mapping are prepared by {@code loader},
   * then the PRO
   * CPU starts at {@code entry} as if the ROM had loaded it.
   */
  void bootAt(int entry, Runnable loader) {
    resetAll(ResetCause.POWER_ON);
    loader.run();
    Rom.prepare(chip);
    start(entry);
  }

  private void start(int entry) {
    cores.enter(Cores.PRO, entry);
    booted = true;
  }

  private void resetAll(ResetCause cause) {
    chip.reset(cause);
    chip.rtc.setResetCause(Cores.PRO, cause);
    if (cause.scope() != ResetCause.Scope.CORE) {
      cores.holdApp();
      chip.rtc.setResetCause(Cores.APP, cause);
    }
  }

  /** The far end of the console's receive line. */
  public void connect(SerialInput input) {
    chip.console.connect(input);
  }

  /** Where the line of UART {@code number} comes in. */
  public Inlet serial(int number) {
    return chip.uarts[number];
  }

  /**
   * Somebody presses a button of the board; a press that is still to come is forgotten.
   *
   * @param name of the button
   * @param from tick of virtual time
   * @param until tick at which it is released
   * @throws EmulatorException if the board has no such button
   */
  public void press(String name, long from, long until) {
    chip.wires.press(name, from, until);
  }

  /** The level at pin {@code number}, whoever drives it. */
  public boolean high(int number) {
    return chip.gpio.high(number);
  }

  /** Where the serial console comes in. */
  public Inlet console() {
    return chip.console;
  }

  /** Where the cable of the Ethernet socket comes in. */
  public Inlet ethernet() {
    return chip.emac;
  }

  /** Where frames on the air come in, and what a network behind it sends. */
  public Inlet radio() {
    return chip.wifi;
  }

  /** The partner at the other end of the Ethernet cable has come or gone. */
  public void partnerChanged() {
    chip.emac.partnerChanged();
  }

  /** Virtual time in ticks since power-on. */
  public long now() {
    return chip.clock.now();
  }

  /** The tick up to which the machine executes no instruction by itself: now, unless all cores wait. */
  public long quietUntil() {
    boolean waits = !cores.runnable(Cores.PRO) && !cores.runnable(Cores.APP);
    return waits ? Math.max(now(), nextEvent()) : now();
  }

  /** Instructions executed by both cores since power-on. */
  public long instructions() {
    return cores.cpu(Cores.PRO).instructions() + cores.cpu(Cores.APP).instructions();
  }

  /** The core {@code number}: 0 PRO, 1 APP. */
  public Cpu cpu(int number) {
    return cores.cpu(number);
  }

  /** Both cores, PRO first. */
  public List<Cpu> cpus() {
    return List.of(cores.cpu(Cores.PRO), cores.cpu(Cores.APP));
  }

  /** What core {@code number} sees. */
  public AddressSpace space(int number) {
    return chip.spaces[number];
  }

  /** Writes to the flash chip as a programmer would, ignoring what was there. */
  void writeFlash(int offset, byte[] content) {
    chip.flash.write(offset, content);
  }

  /** The flash chip's content, to be saved. */
  public byte[] flashContent() {
    return chip.flash.read(0, chip.flash.size());
  }

  /** Whether {@link #stop} was called and is not done yet. */
  public boolean stopping() {
    return stopRequested;
  }

  /** Ends {@link #run} soon: at once if called from a callback, else within a millisecond of virtual time. */
  public void stop() {
    stopRequested = true;
  }

  /**
   * Runs until something ends it. Afterwards it can be called again to go on, unless the outcome was a fault.
   *
   * @param until tick of virtual time at which to return with {@link Outcome.Kind#TIMEOUT}
   */
  public Outcome run(long until) {
    if (!booted) {
      throw new IllegalStateException("boot() comes first");
    }
    cores.passBreakpoints();
    Outcome outcome = null;
    while (outcome == null) {
      outcome = step(until);
    }
    stopRequested = false;
    return outcome;
  }

  /**
   * Runs one instruction of one core, the other standing still; a core that waits is first run on until it wakes.
   *
   * @return {@link Outcome.Kind#BREAKPOINT} when it was done, anything else if the run has ended
   */
  public Outcome stepInstruction(int core, long until) {
    cores.passBreakpoints();
    Outcome outcome = null;
    while (outcome == null && !cores.runnable(core)) {
      outcome = step(until);
    }
    if (outcome == null) {
      outcome = guarded(() -> cores.single(core), core);
    }
    stopRequested = false;
    return outcome == null ? new Outcome(Outcome.Kind.BREAKPOINT, core, "") : outcome;
  }

  /** Makes {@link #run} end before the instruction at {@code address}, on any core, or no longer. */
  public void setBreakpoint(int address, boolean wanted) {
    cores.setBreakpoint(address, wanted);
  }

  /** Removes all breakpoints. */
  public void clearBreakpoints() {
    cores.clearBreakpoints();
  }

  /** One slice of instructions, or one jump in time. */
  private Outcome step(long until) {
    long now = chip.clock.now();
    if (stopRequested) {
      return new Outcome(Outcome.Kind.STOPPED, 0, "");
    }
    if (now >= until) {
      return Outcome.failed(Outcome.Kind.TIMEOUT, "");
    }
    boolean pro = cores.runnable(Cores.PRO);
    boolean app = cores.runnable(Cores.APP);
    int status = chip.rtc.haltStatus();
    if (!pro && status >= 0 && cores.stopped(Cores.PRO)) {
      return Outcome.halted(status);
    }
    if (!pro && !app) {
      return idle(until);
    }
    long slice = pro && app ? (long) QUANTUM * chip.clocks.cpuTicks() : SLICE;
    long horizon = Math.min(Math.min(nextEvent(), until), now + slice);
    return guarded(
        () -> {
          if (app) {
            cores.slice(Cores.APP, horizon);
          }
          if (pro && pendingReset == null && !cores.atBreakpoint()) {
            cores.slice(Cores.PRO, horizon);
          }
        },
        pro ? Cores.PRO : Cores.APP);
  }

  /** Runs slices and moves time to where {@code core} came; says whether that ended the run. */
  private Outcome guarded(Runnable slices, int core) {
    try {
      slices.run();
    } catch (MachineFault e) {
      return Outcome.failed(Outcome.Kind.FAULT, e.report().text());
    }
    long tick = Math.max(cores.time(core), chip.clock.now());
    cores.advance(host.pace(this, tick, tick));
    int stopped = cores.takeBreakpoint();
    if (stopped != Cores.NONE) {
      return new Outcome(Outcome.Kind.BREAKPOINT, stopped, "");
    }
    return takeReset();
  }

  private long nextEvent() {
    return Math.min(chip.clock.nextAlarm(), cores.nextTimer());
  }

  /** All cores wait: jumps to what comes next, if anything can come. */
  private Outcome idle(long until) {
    chip.inlets.values().forEach(Inlet::listen);
    long now = chip.clock.now();
    long next = nextEvent();
    long tick = Host.NOTHING;
    if (next != Long.MAX_VALUE) {
      tick = host.pace(this, now, Math.min(next, until));
    } else if (wokenFromOutside()) {
      tick = host.await(this, now, until);
    }
    if (tick == Host.NOTHING) {
      return failed(
          Outcome.Kind.DEADLOCK, "waits for ever: no timer is set, and no interrupt can come");
    }
    cores.advance(tick);
    return takeReset();
  }

  private boolean wokenFromOutside() {
    boolean woken = false;
    for (Map.Entry<InterruptSource, Inlet> entry : chip.inlets.entrySet()) {
      woken |= entry.getValue().interruptsOnInput() && cores.wokenBy(entry.getKey());
    }
    return woken;
  }

  /** Obeys a request for a reset, if there is one; a reset of the chip ends the run unless it is allowed. */
  private Outcome takeReset() {
    ResetCause cause = pendingReset;
    pendingReset = null;
    if (cause == null) {
      return null;
    }
    if (cause.scope() == ResetCause.Scope.CORE && pendingCore == Cores.APP) {
      cores.holdApp();
      chip.rtc.setResetCause(Cores.APP, cause);
      return null;
    }
    if (!allowReset) {
      return failed(Outcome.Kind.RESET, "the chip was reset (" + cause.text() + ")");
    }
    boot(cause);
    return null;
  }

  private Outcome failed(Outcome.Kind kind, String reason) {
    Cpu pro = cores.cpu(Cores.PRO);
    return Outcome.failed(kind, pro.fault(reason, pro.pc()).report().text());
  }

  /** What the peripherals are connected to. */
  private final class Wiring implements Chip.Surroundings {
    @Override
    public void transmit(int value) {
      console.accept(value);
      if (stopRequested) {
        cores.cutSlice();
      }
    }

    @Override
    public void request(ResetCause cause, int core) {
      pendingReset = cause;
      pendingCore = core;
      cores.cutSlice();
    }

    @Override
    public void set(int core, int line, boolean level) {
      cores.set(core, line, level);
    }

    @Override
    public void control(boolean inReset, boolean clocked, int bootAddress) {
      cores.control(inReset, clocked, bootAddress);
    }

    @Override
    public void set(int core, boolean stalled) {
      cores.set(core, stalled);
    }
  }
}

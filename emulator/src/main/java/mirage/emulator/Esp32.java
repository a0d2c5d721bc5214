// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.Memory;
import mirage.emulator.clock.Clock;
import mirage.emulator.core.CoreConfig;
import mirage.emulator.core.Cpu;
import mirage.emulator.core.MachineFault;
import mirage.emulator.core.Stop;
import mirage.emulator.peripheral.Efuse;
import mirage.emulator.peripheral.ResetCause;
import mirage.emulator.peripheral.SerialInput;
import mirage.xtensa.SpecialRegister;

/**
 * An ESP32 with a flash chip and a serial console: the class to embed. Time is virtual; two runs with the same flash
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

  /** Longest slice of instructions between two looks at the host. */
  private static final long SLICE = Clock.TICKS_PER_SECOND / 1000;

  private static final int NONE = -1;

  /** PS.INTLEVEL that lets no interrupt through. */
  private static final int MASKED = 15;

  /** Interrupt lines of the cores' own timers, of levels 1, 3 and 5 (TRM 2.3.2). */
  private static final int TIMER0 = 1 << 6;

  private static final int TIMER1 = 1 << 15;
  private static final int TIMER2 = 1 << 16;

  /** Instructions one core may run ahead of the other while both run. */
  private static final int QUANTUM = 256;

  private final Chip chip;
  private final Cpu[] cpus = new Cpu[Chip.CORES];
  private final boolean[] stalled = new boolean[Chip.CORES];
  private final boolean allowReset;
  private final IntConsumer console;
  private final Host host;
  private final String imageName;
  private boolean appStarted;
  private boolean appClocked;
  private boolean booted;

  /** Virtual time up to which each core has executed or waited. */
  private final long[] time = new long[Chip.CORES];

  private int running = NONE;
  private long mark;
  private ResetCause pendingReset;
  private int pendingCore;
  private int breakpoint = NONE;
  private final Set<Integer> breakpoints = new HashSet<>();

  /** Instruction count of each core when it was told to go on: a breakpoint right there does not stop it. */
  private final long[] passed = new long[Chip.CORES];

  private volatile boolean stopRequested;

  private Esp32(Builder builder) {
    Memory flash = new Memory("flash", FLASH_SIZE);
    flash.write(0, builder.flash);
    console = builder.console;
    host = builder.host;
    allowReset = builder.allowReset;
    imageName = builder.imageName;
    chip = new Chip(flash, builder.mac, builder.entropy, new Wiring());
    cpus[0] = new Cpu(CoreConfig.PRO, chip.spaces[0]);
    cpus[1] = new Cpu(CoreConfig.APP, chip.spaces[1]);
    chip.clock.duringSlices(this::live, this::cutSlice);
    chip.clocks.onChange(this::settle, this::cutSlice);
  }

  /** Starts the description of a chip; all parts have defaults, flash is erased. */
  public static Builder builder() {
    return new Builder();
  }

  /** How a chip is built. */
  public static final class Builder {
    private byte[] flash = new byte[0];
    private String imageName = "flash image";
    private byte[] mac = Efuse.parseMac(EmulatorOptions.DEFAULT_MAC);
    private IntSupplier entropy = Chip.seeded(EmulatorOptions.DEFAULT_SEED);
    private IntConsumer console = value -> {};
    private Host host = Host.NONE;
    private boolean allowReset;

    private Builder() {}

    /** Content of the flash chip from offset 0 on, copied; what is missing up to 4 MB is erased (0xFF). */
    public Builder flash(byte[] content) {
      if (content.length > FLASH_SIZE) {
        throw new EmulatorException(
            "a flash image of %d bytes; the chip has %d".formatted(content.length, FLASH_SIZE));
      }
      flash = Arrays.copyOf(content, FLASH_SIZE);
      Arrays.fill(flash, content.length, FLASH_SIZE, (byte) 0xFF);
      return this;
    }

    /** The name of the image in messages. */
    public Builder imageName(String name) {
      imageName = name;
      return this;
    }

    /** Six bytes, first byte first. */
    public Builder mac(byte[] address) {
      mac = address.clone();
      return this;
    }

    /** Source of the random number generator's words; deterministic unless set. */
    public Builder entropy(IntSupplier source) {
      entropy = source;
      return this;
    }

    /** Gets each byte UART0 sends. */
    public Builder console(IntConsumer output) {
      console = output;
      return this;
    }

    /** The world outside; {@link Host#NONE} unless set. */
    public Builder host(Host outside) {
      host = outside;
      return this;
    }

    /** Whether a reset restarts the chip instead of ending the run. */
    public Builder allowReset(boolean allowed) {
      allowReset = allowed;
      return this;
    }

    public Esp32 build() {
      if (flash.length == 0) {
        flash(new byte[0]);
      }
      return new Esp32(this);
    }
  }

  /**
   * Power-on: resets the chip and does what its ROM does, up to the first instruction of the program at flash 0x1000.
   *
   * @throws mirage.formats.FormatException if there is no image the ROM could load
   */
  public void boot() {
    boot(ResetCause.POWER_ON);
  }

  private void boot(ResetCause cause) {
    resetAll(cause);
    start(Rom.boot(chip, imageName));
  }

  /**
   * Power-on for a program that is already in place: memory and flash mapping are prepared by {@code loader}, then the PRO
   * CPU starts at {@code entry} as if the ROM had loaded it.
   */
  void bootAt(int entry, Runnable loader) {
    resetAll(ResetCause.POWER_ON);
    Rom.prepare(chip);
    loader.run();
    start(entry);
  }

  private void start(int entry) {
    enter(0, entry);
    booted = true;
  }

  private void resetAll(ResetCause cause) {
    appStarted = false;
    cpus[0].reset();
    chip.reset(cause);
    chip.rtc.setResetCause(0, cause);
    if (cause.scope() != ResetCause.Scope.CORE) {
      cpus[1].reset();
      chip.rtc.setResetCause(1, cause);
    }
  }

  /** Leaves a core as the ROM does when it calls {@code entry}: one frame below it on the register file. */
  private void enter(int core, int entry) {
    Cpu cpu = cpus[core];
    cpu.reset();
    cpu.setSpecial(SpecialRegister.WINDOWBASE, 1);
    cpu.setSpecial(SpecialRegister.WINDOWSTART, core == 0 ? 2 : 3);
    cpu.setSpecial(SpecialRegister.PS, core == 0 ? Rom.PRO_PS : Rom.APP_PS);
    cpu.setRegister(0, Rom.RETURN_ADDRESS);
    cpu.setRegister(1, core == 0 ? Rom.PRO_STACK : Rom.APP_STACK);
    cpu.setRegister(2, entry);
    cpu.setPc(entry);
    time[core] = chip.clock.now();
  }

  /** The far end of UART0's receive line. */
  public void connect(SerialInput input) {
    chip.uart0.connect(input);
  }

  /** Tells UART0 that its input has bytes again. */
  public void inputArrived() {
    chip.uart0.inputArrived();
  }

  /** Whether UART0 would take a byte from its input now. */
  public boolean takesInput() {
    return chip.uart0.takesInput();
  }

  /** Virtual time in ticks since power-on. */
  public long now() {
    return chip.clock.now();
  }

  /** Instructions executed by both cores since power-on. */
  public long instructions() {
    return cpus[0].instructions() + cpus[1].instructions();
  }

  /** The core {@code number}: 0 PRO, 1 APP. */
  public Cpu cpu(int number) {
    return cpus[number];
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
    passBreakpoints();
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
    passBreakpoints();
    Outcome outcome = null;
    while (outcome == null && !runnable(core)) {
      outcome = step(until);
    }
    if (outcome == null) {
      outcome = guarded(() -> slice(core, time[core] + chip.clocks.cpuTicks()), () -> time[core]);
    }
    stopRequested = false;
    return outcome == null ? new Outcome(Outcome.Kind.BREAKPOINT, core, "") : outcome;
  }

  /** Whoever goes on means to leave the breakpoint he stands at. */
  private void passBreakpoints() {
    for (int core = 0; core < cpus.length; core++) {
      passed[core] = cpus[core].instructions();
    }
  }

  /** Makes {@link #run} end before the instruction at {@code address}, on any core, or no longer. */
  public void setBreakpoint(int address, boolean wanted) {
    if (wanted) {
      breakpoints.add(address);
    } else {
      breakpoints.remove(address);
    }
    for (Cpu cpu : cpus) {
      cpu.setBreakpoint(address, wanted);
    }
  }

  /** Removes all breakpoints. */
  public void clearBreakpoints() {
    List.copyOf(breakpoints).forEach(address -> setBreakpoint(address, false));
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
    boolean pro = runnable(0);
    boolean app = runnable(1);
    int status = chip.rtc.haltStatus();
    if (!pro && status >= 0 && interruptLevel(cpus[0]) == MASKED) {
      return Outcome.halted(status);
    }
    if (!pro && !app) {
      return idle(until);
    }
    long horizon = Math.min(Math.min(nextEvent(), until), now + SLICE);
    if (pro && app) {
      horizon = Math.min(horizon, now + (long) QUANTUM * chip.clocks.cpuTicks());
    }
    long end = horizon;
    return guarded(
        () -> {
          if (app) {
            slice(1, end);
          }
          if (pro && pendingReset == null && breakpoint == NONE) {
            slice(0, end);
          }
        },
        () -> pro ? time[0] : time[1]);
  }

  /** Runs slices and moves time to where they came; says whether that ended the run. */
  private Outcome guarded(Runnable slices, LongSupplier reached) {
    breakpoint = NONE;
    try {
      slices.run();
    } catch (MachineFault e) {
      return Outcome.failed(Outcome.Kind.FAULT, e.report().text());
    }
    long tick = Math.max(reached.getAsLong(), chip.clock.now());
    advance(host.pace(this, tick, tick));
    if (breakpoint != NONE) {
      return new Outcome(Outcome.Kind.BREAKPOINT, breakpoint, "");
    }
    return pendingReset == null ? null : takeReset();
  }

  /** Whether a core has instructions to run; a waiting core takes an interrupt if there is one. */
  private boolean runnable(int core) {
    return !stalled[core]
        && (core == 0 || appStarted && appClocked)
        && (!cpus[core].isWaiting() || cpus[core].run(0) != Stop.WAITING);
  }

  /** Runs a core until its time is {@code horizon}, or something stops it. */
  private void slice(int core, long horizon) {
    int period = chip.clocks.cpuTicks();
    long cycles = (horizon - time[core] + period - 1) / period;
    if (cycles > 0) {
      // A core stops before a breakpoint it runs into; one it stands at is found here.
      if (passed[core] != cpus[core].instructions() && breakpoints.contains(cpus[core].pc())) {
        breakpoint = core;
        return;
      }
      running = core;
      mark = cpus[core].cycles();
      try {
        if (cpus[core].run(cycles) == Stop.BREAKPOINT) {
          breakpoint = core;
        }
      } finally {
        settle();
        running = NONE;
      }
    }
  }

  /** The running core's own time; 0 between slices. */
  private long live() {
    return running == NONE
        ? 0
        : time[running] + (cpus[running].cycles() - mark) * chip.clocks.cpuTicks();
  }

  /** Books the running core's cycles so far, at the frequency they were run at. */
  private void settle() {
    if (running != NONE) {
      long cycles = cpus[running].cycles();
      time[running] += (cycles - mark) * chip.clocks.cpuTicks();
      mark = cycles;
    }
  }

  private void cutSlice() {
    if (running != NONE) {
      cpus[running].stop();
    }
  }

  /** The tick of the next alarm, or of the next CCOMPARE of a waiting core. */
  private long nextEvent() {
    long next = chip.clock.nextAlarm();
    for (int core = 0; core < cpus.length; core++) {
      Cpu cpu = cpus[core];
      if (cpu.isWaiting() && timerWakes(cpu)) {
        next =
            Math.min(next, time[core] + (cpu.nextTimer() - cpu.cycles()) * chip.clocks.cpuTicks());
      }
    }
    return next;
  }

  private static int interruptLevel(Cpu cpu) {
    return cpu.special(SpecialRegister.PS) & 0xF;
  }

  /** Whether one of the core's own timers can end its wait. */
  private static boolean timerWakes(Cpu cpu) {
    int enabled = cpu.special(SpecialRegister.INTENABLE);
    int level = interruptLevel(cpu);
    return (enabled & TIMER0) != 0 && level < 1
        || (enabled & TIMER1) != 0 && level < 3
        || (enabled & TIMER2) != 0 && level < 5;
  }

  /** Moves time; cores that did not run count the cycles that pass. */
  private void advance(long tick) {
    chip.clock.advanceTo(tick);
    int period = chip.clocks.cpuTicks();
    for (int core = 0; core < cpus.length; core++) {
      for (long behind = (tick - time[core]) / period; behind > 0; ) {
        long cycles = Math.min(behind, Math.max(1, cpus[core].nextTimer() - cpus[core].cycles()));
        cpus[core].idle(cycles);
        time[core] += cycles * period;
        behind -= cycles;
      }
    }
  }

  /** All cores wait: jumps to what comes next, if anything can come. */
  private Outcome idle(long until) {
    chip.uart0.listen();
    long next = nextEvent();
    if (next == Long.MAX_VALUE) {
      return host.await(this) ? null : deadlock();
    }
    advance(host.pace(this, chip.clock.now(), Math.min(next, until)));
    return pendingReset == null ? null : takeReset();
  }

  private Outcome deadlock() {
    String reason = "waits for ever: no timer is set, and no interrupt can come";
    return Outcome.failed(
        Outcome.Kind.DEADLOCK, cpus[0].fault(reason, cpus[0].pc()).report().text());
  }

  private Outcome takeReset() {
    ResetCause cause = pendingReset;
    pendingReset = null;
    if (cause.scope() == ResetCause.Scope.CORE && pendingCore == 1) {
      appStarted = false;
      chip.rtc.setResetCause(1, cause);
      return null;
    }
    if (!allowReset) {
      String reason = "the chip was reset (" + cause.text() + ")";
      return Outcome.failed(
          Outcome.Kind.RESET, cpus[0].fault(reason, cpus[0].pc()).report().text());
    }
    boot(cause);
    return null;
  }

  /** What the peripherals are connected to. */
  private final class Wiring implements Chip.Surroundings {
    @Override
    public void transmit(int value) {
      console.accept(value);
      if (stopRequested) {
        cutSlice();
      }
    }

    @Override
    public void pins(long levels, long enabled) {
      // Nothing is connected to the pins.
    }

    @Override
    public void request(ResetCause cause, int core) {
      pendingReset = cause;
      pendingCore = core;
      cutSlice();
    }

    @Override
    public void set(int core, int line, boolean level) {
      if (cpus[core] != null) {
        cpus[core].setInterrupt(line, level);
      }
    }

    /** In the ROM the released core waits for its boot address, then goes there. */
    @Override
    public void control(boolean inReset, boolean clocked, int bootAddress) {
      appClocked = clocked;
      if (inReset) {
        appStarted = false;
      } else if (clocked && bootAddress != 0 && !appStarted) {
        enter(1, bootAddress);
        appStarted = true;
      }
      cutSlice();
    }

    @Override
    public void set(int core, boolean nowStalled) {
      stalled[core] = nowStalled;
      cutSlice();
    }
  }
}

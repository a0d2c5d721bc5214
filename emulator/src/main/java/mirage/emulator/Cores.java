// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mirage.emulator.core.CoreConfig;
import mirage.emulator.core.Cpu;
import mirage.emulator.core.Stop;
import mirage.emulator.peripheral.Dport;
import mirage.emulator.peripheral.InterruptMatrix;
import mirage.emulator.peripheral.InterruptSource;
import mirage.emulator.peripheral.ResetCause;
import mirage.emulator.peripheral.RtcControl;
import mirage.xtensa.SpecialRegister;

/**
 * The two cores in virtual time: which of them can run, up to when each has run, and how the clock follows.
 * They run one after
 * the other in slices; a core that runs has its own time, ahead of the chip's clock.
 */
final class Cores implements InterruptMatrix.Lines, Dport.AppCpu, RtcControl.Stall {
  static final int PRO = 0;
  static final int APP = 1;

  /** No core. */
  static final int NONE = -1;

  /** PS.INTLEVEL that lets no interrupt through. */
  private static final int MASKED = 15;

  /** Interrupt lines of a core's own timers, and their levels (TRM, "Interrupt Matrix"). */
  private static final int[] TIMER_LINES = {6, 15, 16};

  private static final int[] TIMER_LEVELS = {1, 3, 5};

  private final Chip chip;
  private final Cpu[] cpus = new Cpu[Chip.CORES];
  private final boolean[] stalled = new boolean[Chip.CORES];
  private boolean appStarted;
  private boolean appClocked;

  /** Virtual time up to which each core has executed or waited. */
  private final long[] time = new long[Chip.CORES];

  /** The core that runs now, and its cycle counter when {@link #time} was last brought up to date. */
  private int running = NONE;

  private long mark;
  private int breakpoint = NONE;
  private final Set<Integer> breakpoints = new HashSet<>();

  /** Instruction count of each core when it was told to go on: a breakpoint right there does not stop it. */
  private final long[] passed = new long[Chip.CORES];

  Cores(Chip chip) {
    this.chip = chip;
    cpus[PRO] = new Cpu(CoreConfig.PRO, chip.spaces[PRO]);
    cpus[APP] = new Cpu(CoreConfig.APP, chip.spaces[APP]);
    chip.clock.duringSlices(this::live, this::cutSlice);
    chip.clocks.onChange(this::settle, this::cutSlice);
  }

  Cpu cpu(int core) {
    return cpus[core];
  }

  /** Virtual time of {@code core}. */
  long time(int core) {
    return time[core];
  }

  /** Leaves a core as the ROM does when it calls {@code entry}: one frame below it on the register file. */
  void enter(int core, int entry) {
    Cpu cpu = cpus[core];
    cpu.reset();
    cpu.setSpecial(SpecialRegister.WINDOWBASE, 1);
    cpu.setSpecial(SpecialRegister.WINDOWSTART, core == PRO ? 2 : 3);
    cpu.setSpecial(SpecialRegister.PS, core == PRO ? Rom.PRO_PS : Rom.APP_PS);
    cpu.setRegister(0, Rom.RETURN_ADDRESS);
    cpu.setRegister(1, core == PRO ? Rom.PRO_STACK : Rom.APP_STACK);
    cpu.setRegister(2, entry);
    cpu.setPc(entry);
    time[core] = chip.clock.now();
  }

  /** Puts the APP CPU back into reset. */
  void holdApp() {
    appStarted = false;
    cpus[APP].reset();
  }

  /** Whether a core has instructions to run; a waiting core takes an interrupt if there is one. */
  boolean runnable(int core) {
    return !stalled[core]
        && (core == PRO || appStarted && appClocked)
        && (!cpus[core].isWaiting() || cpus[core].run(0) != Stop.WAITING);
  }

  /** Whether a core waits with all interrupts masked. */
  boolean stopped(int core) {
    return cpus[core].isWaiting() && level(cpus[core]) == MASKED;
  }

  /** Runs a core until its time is {@code horizon}, or something stops it. */
  void slice(int core, long horizon) {
    int period = chip.clocks.cpuTicks();
    long cycles = (horizon - time[core] + period - 1) / period;
    if (cycles <= 0) {
      return;
    }
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

  /** Runs one instruction of a core. */
  void single(int core) {
    slice(core, time[core] + chip.clocks.cpuTicks());
  }

  /** Ends the present slice after the instruction being run. */
  void cutSlice() {
    if (running != NONE) {
      cpus[running].stop();
    }
  }

  /** The core that stands at a breakpoint since the last call, or {@link #NONE}. */
  int takeBreakpoint() {
    int core = breakpoint;
    breakpoint = NONE;
    return core;
  }

  boolean atBreakpoint() {
    return breakpoint != NONE;
  }

  /** Whoever goes on means to leave the breakpoint he stands at. */
  void passBreakpoints() {
    for (int core = 0; core < cpus.length; core++) {
      passed[core] = cpus[core].instructions();
    }
  }

  void setBreakpoint(int address, boolean wanted) {
    if (wanted) {
      breakpoints.add(address);
    } else {
      breakpoints.remove(address);
    }
    for (Cpu cpu : cpus) {
      cpu.setBreakpoint(address, wanted);
    }
  }

  void clearBreakpoints() {
    List.copyOf(breakpoints).forEach(address -> setBreakpoint(address, false));
  }

  /**
   * The tick of the next match of a CCOMPARE that wakes a waiting core; {@link Long#MAX_VALUE} if there is
   * none.
   */
  long nextTimer() {
    long next = Long.MAX_VALUE;
    for (int core = 0; core < cpus.length; core++) {
      Cpu cpu = cpus[core];
      if (cpu.isWaiting() && timerWakes(cpu)) {
        long cycles = cpu.nextTimer() - cpu.cycles();
        next = Math.min(next, time[core] + cycles * chip.clocks.cpuTicks());
      }
    }
    return next;
  }

  /** Whether an interrupt of {@code source} would end the wait of a core. */
  boolean wokenBy(InterruptSource source) {
    for (int core = 0; core < cpus.length; core++) {
      int enabled = cpus[core].special(SpecialRegister.INTENABLE);
      boolean line = (enabled >>> chip.matrix.line(core, source) & 1) != 0;
      if (line && cpus[core].isWaiting() && level(cpus[core]) != MASKED) {
        return true;
      }
    }
    return false;
  }

  /** Moves the clock; cores that did not run count the cycles that pass. */
  void advance(long tick) {
    chip.clock.advanceTo(tick);
    int period = chip.clocks.cpuTicks();
    for (int core = 0; core < cpus.length; core++) {
      Cpu cpu = cpus[core];
      for (long behind = (tick - time[core]) / period; behind > 0; ) {
        long cycles = Math.min(behind, Math.max(1, cpu.nextTimer() - cpu.cycles()));
        cpu.idle(cycles);
        time[core] += cycles * period;
        behind -= cycles;
      }
    }
  }

  @Override
  public void set(int core, int line, boolean level) {
    cpus[core].setInterrupt(line, level);
  }

  /** In the ROM the released APP CPU waits for its boot address, then goes there. */
  @Override
  public void control(boolean inReset, boolean clocked, int bootAddress) {
    appClocked = clocked;
    if (inReset) {
      holdApp();
    } else if (clocked && bootAddress != 0 && !appStarted) {
      chip.rtc.setResetCause(APP, ResetCause.PRO_CPU_RESETS_APP_CPU);
      enter(APP, bootAddress);
      appStarted = true;
    }
    cutSlice();
  }

  @Override
  public void set(int core, boolean nowStalled) {
    stalled[core] = nowStalled;
    cutSlice();
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

  private static int level(Cpu cpu) {
    return cpu.special(SpecialRegister.PS) & 0xF;
  }

  private static boolean timerWakes(Cpu cpu) {
    int enabled = cpu.special(SpecialRegister.INTENABLE);
    boolean wakes = false;
    for (int i = 0; i < TIMER_LINES.length; i++) {
      wakes |= (enabled >>> TIMER_LINES[i] & 1) != 0 && level(cpu) < TIMER_LEVELS[i];
    }
    return wakes;
  }
}

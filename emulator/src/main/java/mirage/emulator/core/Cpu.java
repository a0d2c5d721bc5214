// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import java.util.Optional;
import mirage.emulator.bus.AccessFault;
import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.DeviceFault;
import mirage.xtensa.Decoder;
import mirage.xtensa.Disassembler;
import mirage.xtensa.Instruction;
import mirage.xtensa.SpecialRegister;

/**
 * One core. An instruction takes one cycle; an instruction that raises an exception takes one too,
 * entering an interrupt takes none. Not thread-safe: devices call {@link #setInterrupt} from within
 * {@link #run}, on its thread.
 */
public final class Cpu {
  private static final int HISTORY = 32;
  private static final int TRANSLATION_THRESHOLD = 5000;

  /** Programs that end before this many cycles are not worth the host's effort. */
  private static final long WARM_UP = 30_000_000;

  private static final int MAX_REGION_CYCLES = 1 << 30;

  private final CoreConfig config;
  private final AddressSpace space;
  private final State state = new State();
  private final Position position = new Position(state);
  private final BlockCache cache;
  private final Timers timers = new Timers(state);
  private final ExceptionUnit exceptions = new ExceptionUnit(state);
  private final WindowUnit windows = new WindowUnit(state, exceptions);
  private final DataBreaks dataBreaks;
  private final SpecialRegisters registers;
  private final Units units;
  private final Interpreter interpreter;
  private final int[] history = new int[HISTORY];
  private int historyNext;

  /** Made when the first region is: the machine's memories are mapped by then. */
  private TranslationSupport support;

  private int pc;
  private long idleCycles;
  private boolean stopRequested;
  private int translationThreshold = TRANSLATION_THRESHOLD;
  private Tracer tracer;
  private ExceptionListener listener = (cpu, cause, pc, vector) -> {};

  public Cpu(CoreConfig config, AddressSpace space) {
    this.config = config;
    this.space = space;
    this.cache = new BlockCache(space, state);
    this.dataBreaks = new DataBreaks(state, space);
    this.registers = new SpecialRegisters(state, cache, timers, dataBreaks, config.prid());
    this.units = new Units(state, space, exceptions, windows, registers);
    this.interpreter = new Interpreter(state, space, units);
    reset();
  }

  public CoreConfig config() {
    return config;
  }

  /** Brings registers to their state after reset (ISA manual, table 5-1); counters go on. */
  public void reset() {
    pc = config.resetVector();
    state.reset(config.vectorBase());
    timers.setCcount(0);
    dataBreaks.update();
  }

  /**
   * Runs until {@code maxInstructions} have been run, or something else stops the core.
   *
   * @throws MachineFault if an exception finds no vector to go to
   */
  public Stop run(long maxInstructions) {
    long end = state.cycles + maxInstructions;
    boolean first = true;
    while (true) {
      if (stopRequested) {
        stopRequested = false;
        return Stop.REQUEST;
      }
      if (state.attention && !attend()) {
        return Stop.WAITING;
      }
      if (state.cycles >= end) {
        return Stop.BUDGET;
      }
      if (!first && cache.isBreakpoint(pc)) {
        return Stop.BREAKPOINT;
      }
      first = false;
      runUntil(Math.min(end, timers.next()));
      if (state.cycles >= timers.next()) {
        timers.fire();
      }
    }
  }

  /** Makes {@link #run} return before the next block; for handlers called from within it. */
  public void stop() {
    stopRequested = true;
    state.leave = true;
    state.attention = true;
  }

  /** Lets time pass for a waiting core, at most up to {@link #nextTimer}. */
  public void idle(long cycles) {
    state.cycles += cycles;
    idleCycles += cycles;
    if (state.cycles >= timers.next()) {
      timers.fire();
    }
  }

  /** Time in cycles, exact to the instruction also from within a device's register. */
  public long cycles() {
    return state.now();
  }

  /** Instructions run since the core was made. */
  public long instructions() {
    return state.now() - idleCycles;
  }

  /** The time, in {@link #cycles}, of the next match of a comparator. */
  public long nextTimer() {
    return timers.next();
  }

  public boolean isWaiting() {
    return state.waiting;
  }

  /** Drives an interrupt line, 0-31. Those of the core's own timers and software are ignored. */
  public void setInterrupt(int line, boolean level) {
    if (!Interrupts.isExternal(line)) {
      return;
    }
    int bit = 1 << line;
    if (level) {
      state.interrupt |= bit;
    } else if ((bit & (Interrupts.EDGE | Interrupts.NMI)) == 0) {
      state.interrupt &= ~bit;
    }
    state.updateAttention();
  }

  /** Address of the next instruction. */
  public int pc() {
    return pc;
  }

  public void setPc(int address) {
    pc = address;
  }

  /** a0-a15 of the current window. */
  public int register(int index) {
    return state.a[index];
  }

  public void setRegister(int index, int value) {
    state.a[index] = value;
  }

  /** One of the 64 physical registers. */
  public int physicalRegister(int index) {
    int distance = index - state.windowBase * 4 & 63;
    return distance < 16 ? state.a[distance] : state.physical[index];
  }

  public void setPhysicalRegister(int index, int value) {
    int distance = index - state.windowBase * 4 & 63;
    if (distance < 16) {
      state.a[distance] = value;
    }
    state.physical[index] = value;
  }

  public int special(SpecialRegister register) {
    return registers.read(register);
  }

  /** Writes a special register as {@code wsr} would. */
  public void setSpecial(SpecialRegister register, int value) {
    registers.write(register, value);
  }

  /** A user register, by number. */
  public int user(int number) {
    return state.user[number];
  }

  public void setUser(int number, int value) {
    state.user[number] = value;
  }

  /** The bits of f0-f15. */
  public int floatRegister(int index) {
    return state.f[index];
  }

  public void setFloatRegister(int index, int bits) {
    state.f[index] = bits;
  }

  /**
   * Sets how often a block is interpreted before the code around it is translated to Java bytecode;
   * 0 turns translation off. Results are the same.
   */
  public void setTranslationThreshold(int runs) {
    translationThreshold = runs;
  }

  /** Stops before the instruction at an address, or no longer. */
  public void setBreakpoint(int address, boolean wanted) {
    cache.setBreakpoint(address, wanted);
  }

  /** Sees every instruction from now on; null for none. */
  public void setTracer(Tracer tracer) {
    this.tracer = tracer;
  }

  /** Sees exceptions from now on. */
  public void setExceptionListener(ExceptionListener listener) {
    this.listener = listener;
  }

  /** Called for {@code simcall}, which is otherwise a no-operation. */
  public void onSimcall(Runnable handler) {
    units.onSimcall(handler);
  }

  /** A fault with the present state of this core, to be thrown. */
  public MachineFault fault(String reason, int at) {
    int[] blocks = new int[Math.min(historyNext, HISTORY)];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = history[historyNext - blocks.length + i & HISTORY - 1];
    }
    MachineFault.Report report =
        new MachineFault.Report(
            config.name(), reason, at, textAt(at), state.a.clone(), state.ps, blocks);
    return new MachineFault(report);
  }

  /** Takes an interrupt if there is one; false if the core has to wait for one. */
  private boolean attend() {
    int level = state.deliverableLevel();
    if (level != 0) {
      state.waiting = false;
      pc = exceptions.enterInterrupt(level, pc);
    }
    state.updateAttention();
    return !state.waiting;
  }

  /** Runs blocks until the cycle counter reaches {@code stop}, or something wants attention. */
  private void runUntil(long stop) {
    boolean watched = tracer != null || cache.hasBreakpoints();
    do {
      try {
        if (watched) {
          runWatched();
          return;
        }
        runBlocks(stop);
      } catch (Leave e) {
        leaveRegion();
      } catch (GuestException e) {
        raise(e.cause, e.cause.text());
      } catch (AccessFault e) {
        state.excvaddr = e.address();
        raise(causeOf(e), e.getMessage());
      } catch (DataBreaks.Hit e) {
        dataBreak(e.number);
      } catch (DeviceFault e) {
        pc = faultAddress();
        throw fault(e.getMessage(), pc);
      }
    } while (state.cycles < stop && !state.attention);
  }

  private void runBlocks(long stop) {
    State state = this.state;
    do {
      int at = pc;
      Block block = cache.at(at);
      if ((block.needs & state.blocked) != 0 || block.length > stop - state.cycles) {
        block = single(at);
        if (block == null) {
          continue;
        }
      }
      history[historyNext++ & HISTORY - 1] = at;
      Region region = block.region;
      if (region != null && (region.needs & state.blocked) == 0) {
        runRegion(region, stop);
      } else {
        run(block);
        count(block);
      }
    } while (state.cycles < stop && !state.attention);
  }

  /** Decides whether a block that has been interpreted is worth translation. */
  private void count(Block block) {
    if (block.jumps) {
      block.observe(pc);
    }
    block.runs++;
    if (block.runs >= translationThreshold && translationThreshold > 0 && block.region == null) {
      // Counts go on meanwhile: the first regions are made of what has really run most.
      if (state.cycles >= WARM_UP || translationThreshold != TRANSLATION_THRESHOLD) {
        if (support == null) {
          support = TranslationSupport.of(state, position, space, units);
        }
        cache.translate(block, support);
      }
    }
  }

  /** Runs a region, and the regions control goes to from it. */
  private void runRegion(Region first, long stop) {
    State state = this.state;
    int left = (int) Math.min(stop - state.cycles, MAX_REGION_CYCLES);
    state.leave = false;
    position.allow(left);
    Region region = first;
    int next = pc;
    while (true) {
      position.enter(region);
      next = region.code.run(next, left, state);
      left = position.left();
      Block block = cache.known(next);
      if (state.leave || block == null || block.length > left) {
        break;
      }
      region = block.region;
      if (region == null || (region.needs & state.blocked) != 0) {
        break;
      }
      history[historyNext++ & HISTORY - 1] = next;
    }
    pc = next;
    position.clear();
  }

  /** Goes on behind the memory access that ended a region. */
  private void leaveRegion() {
    Block block = position.block;
    long word = block.code[state.position];
    switch (Op.op(word)) {
      case Op.L8UI, Op.L16UI, Op.L32I, Op.L32R -> state.a[Op.t(word)] = position.loaded;
      case Op.L16SI -> state.a[Op.t(word)] = (short) position.loaded;
      default -> {}
    }
    int behind = state.position + 1;
    state.cycles += behind;
    position.clear();
    state.leave = false;
    pc = block.address(behind);
  }

  private void run(Block block) {
    State state = this.state;
    state.leave = false;
    position.block = block;
    int next = interpreter.run(block);
    state.cycles += state.position;
    position.clear();
    if (block.loopEnd && next == block.end && next == state.lend && loops()) {
      next = state.lbeg;
    }
    pc = next;
  }

  private boolean loops() {
    if (state.lcount == 0 || state.excm()) {
      return false;
    }
    state.lcount--;
    return true;
  }

  /** One instruction, shown to the tracer. */
  private void runWatched() {
    Block block = single(pc);
    if (block == null) {
      return;
    }
    if (tracer != null) {
      tracer.instruction(this, pc, block.instructions[0]);
    }
    history[historyNext++ & HISTORY - 1] = pc;
    run(block);
  }

  /** The instruction at {@code at} as a block; null if its registers are out of reach. */
  private Block single(int at) {
    Block block = cache.single(at);
    int missing = block.needs & state.blocked;
    if ((missing & ~State.NEEDS_FLOAT) != 0) {
      pc = windows.overflow(at);
      state.cycles++;
      return null;
    }
    if (missing != 0) {
      throw new GuestException(Cause.COPROCESSOR0_DISABLED);
    }
    return block;
  }

  /** Enters the guest's vector for the instruction at {@code state.position} of the last block. */
  private void raise(Cause cause, String reason) {
    int at = faultAddress();
    state.cycles += state.position + 1;
    position.clear();
    boolean nested = state.excm() && at >>> 6 == exceptions.address(Vector.DOUBLE) >>> 6;
    int vector = exceptions.enter(cause, at);
    listener.raised(this, cause, at, vector);
    if (nested || !space.isExecutable(vector)) {
      pc = at;
      throw fault(reason + (nested ? ", in the handler of double exceptions" : ""), at);
    }
    pc = vector;
  }

  /** Enters the guest's debug vector instead of the access at {@code state.position}. */
  private void dataBreak(int number) {
    int at = faultAddress();
    state.cycles += state.position + 1;
    position.clear();
    int vector = exceptions.enterDataBreak(number, at);
    if (!space.isExecutable(vector)) {
      pc = at;
      throw fault("data breakpoint " + number, at);
    }
    pc = vector;
  }

  private int faultAddress() {
    return position.block == null ? pc : position.block.address(state.position);
  }

  private static Cause causeOf(AccessFault fault) {
    return switch (fault.access()) {
      case FETCH -> Cause.INSTRUCTION_FETCH_PROHIBITED;
      case LOAD -> causeOf(fault, Cause.LOAD_PROHIBITED);
      case STORE -> causeOf(fault, Cause.STORE_PROHIBITED);
    };
  }

  private static Cause causeOf(AccessFault fault, Cause prohibited) {
    return switch (fault.reason()) {
      case WORDS_ONLY -> Cause.LOAD_STORE_ERROR;
      case MISALIGNED -> Cause.LOAD_STORE_ALIGNMENT;
      case UNMAPPED, READ_ONLY, NOT_EXECUTABLE, NO_REGISTER -> prohibited;
    };
  }

  private String textAt(int address) {
    try {
      int word = space.fetch(address);
      Optional<Instruction> instruction = Decoder.decode(word, address);
      return instruction.map(Disassembler::text).orElse("no instruction");
    } catch (AccessFault e) {
      return e.getMessage();
    }
  }
}

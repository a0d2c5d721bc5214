// SPDX-License-Identifier: Apache-2.0
package mirage.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import mirage.backend.front.FunctionNames;
import mirage.backend.front.ProgramReader;
import mirage.backend.ir.CompileException;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.machine.CodeGenerator;
import mirage.backend.pass.CloseClosures;
import mirage.backend.pass.DeadCode;
import mirage.backend.pass.DirectCalls;
import mirage.backend.pass.ForwardFields;
import mirage.backend.pass.ImpossibleCases;
import mirage.backend.pass.Inline;
import mirage.backend.pass.InlinePrimitives;
import mirage.backend.pass.PromoteBlocks;
import mirage.backend.pass.PruneParameters;
import mirage.backend.pass.StaticBlocks;
import mirage.backend.pass.TailLoops;
import mirage.backend.pass.ThreadJumps;
import mirage.backend.pass.Unbox;
import mirage.formats.BytecodeFile;
import mirage.formats.CallEvents;
import mirage.formats.DebugEvent;
import mirage.formats.OcamlValue;

/**
 * Compiles bytecode programs.
 *
 * <pre>
 *   BytecodeFile program = BytecodeFile.read("queens.byte", Files.readAllBytes(Path.of("queens.byte")));
 *   Files.writeString(Path.of("queens.s"), Compiler.assembly(program));
 * </pre>
 */
public final class Compiler {
  /** The first step: bytecode becomes functions of blocks. */
  public static final String READ = "read";

  /** The last step: functions that have their registers, and data, become assembly text. */
  public static final String WRITE = "write";

  /** Passes follow chains of blocks, which are long in a program's toplevel. */
  private static final long STACK_BYTES = 256L << 20;

  /** How often known calls are found and functions put into others. */
  private static final int ROUNDS = 4;

  /** What is done with OCaml's operations, in order. */
  public static List<Pass> passes() {
    List<Pass> passes = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      passes.add(new PruneParameters());
      passes.add(new CloseClosures());
      passes.add(new DirectCalls());
      passes.add(new DeadCode());
      passes.add(new ImpossibleCases());
      passes.add(new TailLoops());
      passes.add(new PruneParameters());
      passes.add(new Inline());
      passes.add(new PruneParameters());
      passes.add(new ForwardFields());
      passes.add(new PromoteBlocks());
      passes.add(new ThreadJumps());
    }
    passes.add(new StaticBlocks());
    passes.add(new InlinePrimitives());
    passes.add(new Unbox());
    passes.add(new DeadCode());
    passes.add(new PruneParameters());
    return passes;
  }

  private final Observer observer;
  private final Map<String, Integer> runs = new HashMap<>();

  Compiler(Observer observer) {
    this.observer = observer;
  }

  /** The steps of a compilation in order, by the names an {@link Observer} gets; a name may occur several times. */
  public static List<String> steps() {
    List<String> names = new ArrayList<>();
    names.add(READ);
    passes().forEach(pass -> names.add(pass.name()));
    new CodeGenerator().passes().forEach(pass -> names.add(pass.name()));
    names.add(WRITE);
    return names;
  }

  /** The program as read, before any pass. */
  public static Program read(BytecodeFile file) {
    List<OcamlValue> globals = new ArrayList<>();
    for (int i = 0; i < file.data().size(); i++) {
      globals.add(file.data().field(i));
    }
    return new ProgramReader(file.code(), file.primitives(), new FunctionNames(file)::at)
        .read(globals);
  }

  /**
   * Assembly text for the whole program, for the GNU assembler.
   *
   * @throws CompileException when the bytecode is none that a compiler makes, or a limit of compiled code is passed
   */
  public static String assembly(BytecodeFile file) {
    return assembly(file, true, Observer.NONE);
  }

  /**
   * The same, observed.
   *
   * @param locations whether source locations for backtraces are kept
   */
  public static String assembly(BytecodeFile file, boolean locations, Observer observer) {
    return onDeepStack(file.file(), () -> new Compiler(observer).compile(file, locations));
  }

  /** On the calling thread, whose stack has to be deep. */
  String compile(BytecodeFile file, boolean locations) {
    Program[] program = new Program[1];
    step(READ, program, () -> program[0] = named(file));
    CodeGenerator generator = new CodeGenerator();
    List<Pass> passes = new ArrayList<>(passes());
    passes.addAll(generator.passes());
    for (Pass pass : passes) {
      step(pass.name(), program, () -> pass.run(program[0]));
    }
    String[] text = new String[1];
    List<DebugEvent> events = locations ? file.events() : List.of();
    CallEvents calls = new CallEvents(file.code(), events);
    step(WRITE, program, () -> text[0] = generator.text(program[0], calls));
    return text[0];
  }

  private static Program named(BytecodeFile file) {
    try {
      return read(file);
    } catch (CompileException e) {
      throw new CompileException(file.file() + ": " + e.getMessage());
    }
  }

  private void step(String name, Program[] program, Runnable work) {
    long start = System.nanoTime();
    work.run();
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    observer.done(new Observer.Step(name, runs.merge(name, 1, Integer::sum), time), program[0]);
  }

  private static <T> T onDeepStack(String file, Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.complete(work.get());
              } catch (StackOverflowError e) {
                result.completeExceptionally(
                    new CompileException(file + ": code nested more deeply than any compiler's"));
              } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            },
            "compiler",
            STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }
}

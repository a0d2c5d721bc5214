// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.comparison;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mirage.bindings.link.BackEnd;
import mirage.bindings.link.LinkedLibrary;
import mirage.conformance.chip.BoardMemory;
import mirage.conformance.chip.ChipProgram;
import mirage.conformance.chip.Starter;
import mirage.conformance.oracle.Ocamlrun32;
import mirage.emulator.Outcome;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.MirageException;
import mirage.tools.TemporaryFolder;

/**
 * Compiles a source, runs it on this machine and on the emulated chip, and compares what it prints.
 *
 * @param backEnds the chip's
 * @param starter what the chip calls first, if anything
 * @param seconds of virtual time a run may take
 */
public record Comparison(
    BuildCache cache,
    Ocamlrun32 oracle,
    List<BackEnd> backEnds,
    Optional<Starter> starter,
    double seconds) {
  /** The name of where it runs on this machine. */
  private static final String ORACLE = "ocamlrun";

  /** Of virtual time: many times what a hundred programs take, and one with much garbage and frequent collections. One that goes wrong may never end. */
  private static final double SECONDS = 600;

  /** The same for programs that are parts of one: what goes wrong in another way than before is not worth waiting for. */
  private static final double SECONDS_OF_PARTS = 15;

  /** With each of the chip's back ends. */
  public static Comparison of(BuildCache cache) {
    return new Comparison(
        cache, Ocamlrun32.of(cache), List.of(BackEnd.values()), Optional.empty(), SECONDS);
  }

  /** With a collection at every allocation. */
  public Comparison stressed() {
    return starting(Starter.gcStress(cache));
  }

  /** With a collection every few allocations. */
  public Comparison collecting() {
    return starting(Starter.oftenCollected(cache));
  }

  private Comparison starting(Starter chosen) {
    return new Comparison(cache, oracle, backEnds, Optional.of(chosen), seconds);
  }

  /** For parts of a program that differs: with the back ends where it does, and runs that end sooner. */
  public Comparison narrowed(String source) {
    Map<String, String> outputs = outputs(source, BoardMemory.CHIP);
    List<BackEnd> differing =
        backEnds.stream()
            .filter(backEnd -> !outputs.get(backEnd.name()).equals(outputs.get(ORACLE)))
            .toList();
    return new Comparison(
        cache, oracle, differing.isEmpty() ? backEnds : differing, starter, SECONDS_OF_PARTS);
  }

  /**
   * The first line that is not the same everywhere; empty when all are. What differs for want of memory is compared again
   * on a board with more.
   */
  public Optional<String> difference(String source) {
    Map<String, String> outputs = outputs(source, BoardMemory.CHIP);
    if (difference(outputs).isPresent()
        && outputs.values().stream().anyMatch(Comparison::outOfMemory)) {
      outputs = outputs(source, BoardMemory.LARGE);
    }
    return difference(outputs);
  }

  /** Whether a program needed more memory than there was: the exception's name, or the run-time system's last words. */
  public static boolean outOfMemory(String output) {
    return output.contains("Out of memory") || output.contains("out of memory");
  }

  /**
   * What a source's program prints, and how it ends, by the name of where it runs.
   *
   * @param memory of the board
   */
  public Map<String, String> outputs(String source, BoardMemory memory) {
    try (TemporaryFolder work = TemporaryFolder.of("fuzz")) {
      return outputs(source, memory, work.path());
    } catch (IOException e) {
      throw new MirageException("random program: " + AtomicFiles.reason(e), e);
    }
  }

  private Map<String, String> outputs(String source, BoardMemory memory, Path work)
      throws IOException {
    Files.writeString(work.resolve("program.ml"), source);
    Command.of("ocamlc", "-w", "-a", "-c", "program.ml").in(work).run();
    Path bytecode = linked(work, List.of());
    Map<String, String> outputs = new LinkedHashMap<>();
    Command.Result result = oracle.run(bytecode);
    outputs.put(ORACLE, result.output() + "status " + result.status());
    if (starter.isPresent()) {
      bytecode = linked(work, List.of(starter.get().module().toString()));
    }
    for (BackEnd backEnd : backEnds) {
      Path output = Files.createTempDirectory(work, "chip");
      outputs.put(backEnd.name(), onChip(backEnd, bytecode, memory, output));
    }
    return outputs;
  }

  /** With primitives that only the chip has, if there are modules in front of the program's. */
  private static Path linked(Path work, List<String> before) throws IOException {
    Files.writeString(work.resolve("primitives"), "");
    List<String> flags =
        before.isEmpty() ? List.of() : List.of("-no-check-prims", "-use-prims", "primitives");
    Command.of("ocamlc", "-o", "program.byte")
        .with(flags)
        .with(before)
        .with("program.cmo")
        .in(work)
        .run();
    return work.resolve("program.byte");
  }

  /** What fails in the compiler by itself is what the program does there. */
  private String onChip(BackEnd backEnd, Path bytecode, BoardMemory memory, Path output) {
    List<LinkedLibrary> libraries = starter.stream().map(Starter::library).toList();
    try {
      return run(ChipProgram.link(backEnd, cache, bytecode, libraries, memory, output));
    } catch (MirageException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      return "not compiled: " + e.toString().lines().findFirst().orElse("");
    }
  }

  private String run(ChipProgram program) {
    ChipProgram.Result result = program.run(List.of(), seconds);
    Outcome outcome = result.outcome();
    String end =
        outcome.kind() == Outcome.Kind.HALTED ? "status " + outcome.status() : outcome.toString();
    return new String(result.output(), StandardCharsets.UTF_8) + end;
  }

  /** The first line that differs between what is printed, by where; empty when none does. */
  public static Optional<String> difference(Map<String, String> outputs) {
    Map.Entry<String, String> first = outputs.entrySet().iterator().next();
    return outputs.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(first.getValue()))
        .findFirst()
        .map(entry -> explain(first, entry));
  }

  private static String explain(Map.Entry<String, String> first, Map.Entry<String, String> other) {
    List<String> a = first.getValue().lines().toList();
    List<String> b = other.getValue().lines().toList();
    int line = 0;
    while (line < a.size() && line < b.size() && a.get(line).equals(b.get(line))) {
      line++;
    }
    return "line %d of the output:\n%s: %s\n%s: %s"
        .formatted(
            line + 1,
            first.getKey(),
            line < a.size() ? a.get(line) : "(end)",
            other.getKey(),
            line < b.size() ? b.get(line) : "(end)");
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import mirage.bindings.link.BackEnd;
import mirage.conformance.chip.ChipProgram;
import mirage.emulator.Outcome;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.MirageException;

/**
 * Compiles a source, runs it everywhere and compares what it prints.
 *
 * @param backEnds the chip's, each on the emulator
 * @param host whether the host's ocamlrun has to print the same
 */
public record Comparison(BuildCache cache, List<BackEnd> backEnds, boolean host) {
  private static final double SECONDS = 60;

  /** Seeds whose programs do not print the same everywhere, and what they print where. */
  public Map<Long, String> failures(long from, long to, boolean wide) {
    Map<Long, String> failures = new LinkedHashMap<>();
    if (difference(ProgramGenerator.source(LongStream.range(from, to), wide)).isPresent()) {
      for (long seed = from; seed < to; seed++) {
        long one = seed;
        difference(ProgramGenerator.source(LongStream.of(seed), wide))
            .ifPresent(text -> failures.put(one, text));
      }
      if (failures.isEmpty()) {
        failures.put(
            from, "programs %d to %d differ together, but none alone".formatted(from, to - 1));
      }
    }
    return failures;
  }

  /** The first line that is not the same everywhere; empty when all are. */
  public Optional<String> difference(String source) {
    try {
      Path work = Files.createTempDirectory("mirage-fuzz");
      try {
        return difference(source, work);
      } finally {
        AtomicFiles.delete(work);
      }
    } catch (IOException e) {
      throw new MirageException("random program: " + AtomicFiles.reason(e), e);
    }
  }

  private Optional<String> difference(String source, Path work) throws IOException {
    Files.writeString(work.resolve("program.ml"), source);
    Command.of("ocamlc", "-w", "-a", "-o", "program.byte", "program.ml").in(work).run();
    Path bytecode = work.resolve("program.byte");
    Map<String, String> outputs = new LinkedHashMap<>();
    if (host) {
      Command.Result result =
          Command.of("ocamlrun", bytecode.toString()).timeout(Duration.ofMinutes(1)).execute();
      outputs.put("ocamlrun", result.output() + "status " + result.status());
    }
    for (BackEnd backEnd : backEnds) {
      outputs.put(backEnd.name(), onChip(backEnd, bytecode, work));
    }
    Map.Entry<String, String> first = outputs.entrySet().iterator().next();
    return outputs.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(first.getValue()))
        .findFirst()
        .map(entry -> explain(first, entry));
  }

  private String onChip(BackEnd backEnd, Path bytecode, Path work) throws IOException {
    ChipProgram program =
        ChipProgram.link(
            backEnd, cache, bytecode, List.of(), false, Files.createTempDirectory(work, "chip"));
    ChipProgram.Result result = program.run(List.of(), SECONDS);
    Outcome outcome = result.outcome();
    String end =
        outcome.kind() == Outcome.Kind.HALTED ? "status " + outcome.status() : outcome.toString();
    return new String(result.output(), StandardCharsets.UTF_8) + end;
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

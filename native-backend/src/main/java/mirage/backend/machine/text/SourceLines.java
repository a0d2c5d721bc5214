// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import mirage.backend.ir.Function;
import mirage.backend.ir.Places;
import mirage.backend.machine.target.Names;
import mirage.formats.CallEvents;
import mirage.formats.DebugEvent;
import mirage.formats.DebugInfo;

/**
 * What debuggers want to know of the code: its lines, for {@code .debug_line}, and in a section of its own, {@link
 * mirage.formats.DebugInfo}, what that cannot say: which calls inlined code stands for, frames, parameters. The lines'
 * discriminators connect the two.
 */
public final class SourceLines {
  /** No place; the assembler is told the line before, for it takes none without a line. */
  private static final Row NOWHERE = new Row(0, 0, 0, 0);

  private final Places places;
  private final CallEvents events;
  private final Assembly out;
  private final Map<String, Integer> files = new HashMap<>();
  private final Map<DebugEvent, Integer> eventNumbers = new IdentityHashMap<>();
  private final Map<List<Integer>, Integer> chains = new LinkedHashMap<>();
  private final Map<Integer, Row> rows = new HashMap<>();
  private final StringBuilder eventLines = new StringBuilder();
  private final StringBuilder functionLines = new StringBuilder();
  private Row row = NOWHERE;
  private Row last = NOWHERE;
  private boolean framed;

  /** A row of the line table; the chain is 0 when nothing is known. */
  private record Row(int file, int line, int column, int chain) {}

  public SourceLines(Places places, CallEvents events, Assembly out) {
    this.places = places;
    this.events = events;
    this.out = out;
  }

  /** A function begins, without its frame. */
  public void begin(Function function, int frameBytes) {
    row = rowOf(function.pc());
    framed = false;
    tell();
    functionLines.append(
        "F\t%s\t%d\t%d\t%s\t%s\n"
            .formatted(
                Names.code(function),
                frameBytes,
                function.arity(),
                events.around(function.pc()).map(DebugEvent::definition).orElse(""),
                events.parameters(function.pc(), function.arity()).stream()
                    .collect(Collectors.joining(" "))));
  }

  /** A block begins: what is written before it says nothing of it. */
  public void begin(int place, boolean present) {
    row = place >= 0 ? rows.computeIfAbsent(place, this::rowOf) : NOWHERE;
    frame(present);
  }

  /** What follows comes from that place; -1 changes nothing. */
  public void at(int place) {
    if (place >= 0) {
      row = rows.computeIfAbsent(place, this::rowOf);
      tell();
    }
  }

  /** What follows has the function's frame, or not. */
  public void frame(boolean present) {
    framed = present;
    tell();
  }

  /** What follows comes from no source. */
  public void none() {
    row = NOWHERE;
    framed = false;
    tell();
  }

  private void tell() {
    if (row.chain() > 0) {
      last = row;
    }
    if (last.chain() > 0) {
      int discriminator = 2 * row.chain() + (framed ? 1 : 0);
      out.source(last.file(), last.line(), last.column(), discriminator);
    }
  }

  private Row rowOf(int place) {
    List<Integer> chain = new ArrayList<>();
    Optional<DebugEvent> first = Optional.empty();
    for (int pc : places.instructions(place)) {
      Optional<DebugEvent> event = events.around(pc);
      if (event.isPresent()) {
        first = first.or(() -> event);
        chain.add(eventNumbers.computeIfAbsent(event.get(), this::number));
      }
    }
    if (first.isEmpty()) {
      return NOWHERE;
    }
    DebugEvent.Location l = first.get().location();
    int number = chains.computeIfAbsent(chain, c -> chains.size() + 1);
    return new Row(file(l.file()), Math.max(1, l.line()), Math.max(0, l.start()) + 1, number);
  }

  private int number(DebugEvent event) {
    DebugEvent.Location l = event.location();
    eventLines.append(
        "E\t%s\t%s\t%d\t%d\t%d\n"
            .formatted(event.definition(), l.file(), l.line(), l.start(), l.end()));
    return eventNumbers.size() + 1;
  }

  private int file(String name) {
    return files.computeIfAbsent(
        name,
        n -> {
          int number = files.size() + 1;
          out.line(".file %d \"%s\"", number, n.replaceAll("[\\\\\"\\p{Cntrl}]", "_"));
          return number;
        });
  }

  /** Writes the section that is not loaded. */
  public void write() {
    StringBuilder text = new StringBuilder(eventLines);
    for (List<Integer> chain : chains.keySet()) {
      text.append("P");
      chain.forEach(event -> text.append('\t').append(event));
      text.append('\n');
    }
    text.append(functionLines);
    out.line(".section %s, \"\"", DebugInfo.SECTION);
    out.bytes(deflated(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] deflated(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream stream = new DeflaterOutputStream(packed)) {
      stream.write(content);
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
    return packed.toByteArray();
  }
}

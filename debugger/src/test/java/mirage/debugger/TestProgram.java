// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import mirage.bindings.link.NativeCompiler;
import mirage.emulator.Esp32;
import mirage.formats.Elf32;
import mirage.tools.BuildCache;
import mirage.tools.Command;

/** A compiled program to debug, and what its console shows. It does what the first line of its input says. */
final class TestProgram implements ProgramConsole {
  private static final String NAME = "prog";

  static final String SOURCE =
      """
      exception Stop of int

      let count = ref 2

      let square x = x * x

      let add a b =
        a + b

      let safe_div a b =
        try
          let q = a / b in
          print_int q;
          List.nth [ q; q ] b
        with Division_by_zero ->
          print_string "zero";
          0

      let find p l =
        try
          List.iter
            (fun x ->
              if p x then
                raise (Stop x))
            l;
          -1
        with Stop x ->
          let y = square x in
          y

      let rec sum = function
        | [] -> 0
        | x :: rest ->
          let s = sum rest in
          add x s

      let rec forever n =
        count := !count + n;
        forever (n + 1)

      let poke a i =
        Array.unsafe_set a i 7

      let rec work n =
        if n = 0 then poke [| 1; n |] 300_000_000
        else begin
          work (n - 1);
          print_string "."
        end

      let calls () =
        print_int (safe_div 10 (Sys.opaque_identity 0));
        print_newline ();
        print_int (find (fun x -> x > 3) [ 1; 4; 5 ]);
        print_newline ();
        print_int (sum [ 1; 2; 3 ]);
        print_newline ();
        print_int (add 1 (square !count));
        print_newline ()

      let () =
        match read_line () with
        | "calls" -> calls ()
        | "other" -> (try ignore (safe_div 10 5) with Failure text -> print_endline text)
        | "forever" -> print_endline "begins"; forever 0
        | "fault" -> work 3
        | "stubborn" -> (try ignore (read_line ()) with End_of_file -> print_endline (read_line ()))
        | text -> print_endline text
      """;

  private static Path folder;
  private static Elf32 elf;

  private final StringBuffer output = new StringBuffer();
  private byte[] input = new byte[0];
  private int read;

  /** Compiles it once. */
  private static synchronized Elf32 elf() {
    if (elf == null) {
      try {
        folder = Files.createTempDirectory("debugger");
        Files.writeString(folder.resolve(NAME + ".ml"), SOURCE);
        Command.of("ocamlc", "-g", "-o", NAME + ".byte", NAME + ".ml").in(folder).run();
        Path executable = folder.resolve(NAME + ".elf");
        new NativeCompiler(BuildCache.user())
            .compile(folder.resolve(NAME + ".byte"), List.of(), executable);
        elf = Elf32.read(NAME + ".elf", Files.readAllBytes(executable));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return elf;
  }

  /** A session with it. */
  DebugSession session(ProgramConsole console) {
    Elf32 program = elf();
    DebugSession.Boot boot =
        (out, host) -> {
          Esp32 chip = Esp32.builder().console(out).host(host).build();
          chip.boot(NAME, program);
          return chip;
        };
    return new DebugSession(NAME, program, List.of(folder), boot, console);
  }

  /** A session with it that reads this. */
  DebugSession session(String given) {
    input = given.getBytes(StandardCharsets.UTF_8);
    return session(this);
  }

  /** What it has printed. */
  String output() {
    return output.toString();
  }

  /** The first line of its source with a text. */
  static int line(String text) {
    List<String> lines = SOURCE.lines().toList();
    return 1
        + IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).contains(text))
            .findFirst()
            .orElseThrow();
  }

  @Override
  public void write(int value) {
    output.append((char) value);
  }

  @Override
  public void flush() {}

  @Override
  public int read(int millis) {
    return read < input.length ? input[read++] & 0xFF : END;
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mirage.device.FlashData;
import mirage.device.Target;
import mirage.emulator.run.Emulator;
import mirage.emulator.run.EmulatorOptions;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs linked for the chip and run on it, beside the same programs on the host. */
@Timeout(180)
class OnChipTest {
  @TempDir Path dir;

  private record Run(int status, String output) {}

  private Path compile(String name, String source) throws Exception {
    Path file = Files.writeString(dir.resolve(name + ".ml"), source);
    Path bytecode = dir.resolve(name + ".byte");
    Command.of("ocamlc", "-g", "-w", "-a", "-o", bytecode.toString(), file.getFileName().toString())
        .in(dir)
        .run();
    return bytecode;
  }

  private Run onChip(String name, Path bytecode, Map<String, FlashData> partitions) {
    return onChip(BackEnd.BYTECODE, name, bytecode, partitions);
  }

  private Run onChip(
      BackEnd backEnd, String name, Path bytecode, Map<String, FlashData> partitions) {
    LinkOptions how = LinkOptions.DEFAULT.with(backEnd);
    LinkResult result =
        Linker.of(Target.ESP32, BuildCache.user())
            .link(new LinkRequest(name, bytecode, List.of(), partitions, dir, how));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    EmulatorOptions options = EmulatorOptions.of(result.image().orElseThrow());
    int status =
        Emulator.run(
            options,
            InputStream.nullInputStream(),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Run(status, out.toString(StandardCharsets.UTF_8) + err);
  }

  @ParameterizedTest
  @EnumSource
  void everythingDoesTheSameAsOnTheHost(BackEnd backEnd) throws Exception {
    Path bytecode = compileResource("everything");
    String expected = Command.of("ocamlrun", bytecode.toString()).run().output();
    assertThat(onChip(backEnd, "everything", bytecode, Map.of())).isEqualTo(new Run(0, expected));
  }

  @Test
  void valuesHaveTheHostsOrder() throws Exception {
    Path bytecode = compileResource("orders");
    String expected = Command.of("ocamlrun", bytecode.toString()).run().output();
    assertThat(onChip(BackEnd.NATIVE, "orders", bytecode, Map.of()))
        .isEqualTo(new Run(0, expected));
  }

  /** Ints differ in width, so the host cannot tell what is right. */
  @Test
  void shortWaysOfCompiledCodeLeadWhereTheOthersDo() throws Exception {
    Path bytecode = compileResource("shortcuts");
    Run expected = onChip(BackEnd.BYTECODE, "shortcuts", bytecode, Map.of());
    assertThat(expected.status()).isZero();
    assertThat(expected.output()).contains("functional value").contains("division by zero");
    assertThat(onChip(BackEnd.NATIVE, "shortcuts", bytecode, Map.of())).isEqualTo(expected);
  }

  private Path compileResource(String name) throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/ocaml/program/" + name + ".ml")) {
      return compile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @EnumSource
  void backtracesAreThoseOfTheHost(BackEnd backEnd) throws Exception {
    Path bytecode =
        compile(
            "trace",
            """
            let () = Printexc.record_backtrace true
            module M = struct let rec f x = if x = 0 then failwith "deep" else 1 + f (x - 1) end
            let ( .%() ) a i = Array.get a i
            let g a = List.map (fun x -> M.f x) a
            let print e = print_endline (Printexc.to_string e); Printexc.print_backtrace stdout
            let () = try ignore (g [1; 2]) with e -> print e
            let () = try ignore ([| 1 |].%(3)) with e -> print e
            let () = try (try raise Not_found with e -> raise e) with e -> print e; flush stdout
            let sort a = Array.sort (fun a b -> if a > b then raise Exit else compare a b) a
            let () = try sort [| 3; 1; 2 |] with e -> print e
            let protect () = Fun.protect ~finally:(fun () -> ()) (fun () -> ignore (g [5]))
            let () = try protect () with e -> print e
            class c = object (self) method a x = self#b x + 1 method b x = if x > 0 then raise Exit else x end
            let () = try ignore ((new c)#a 3) with e -> print e
            module F (X : sig val v : int end) = struct
              let go y = if y = X.v then invalid_arg "functor" else y
              let twice y = go y + go (y + 1)
            end
            module A = F (struct let v = 4 end)
            let () = try ignore (A.twice 3) with e -> print e
            let show bt = print_endline (Printexc.raw_backtrace_to_string bt)
            let rec stack n = if n = 0 then (show (Printexc.get_callstack 3); 0) else 1 + stack (n - 1)
            let () = print_int (stack 5); flush stdout
            let h a = Array.get a 3
            let () = print_int (h [| 1 |])
            """);
    Command.Result host = Command.of("ocamlrun", bytecode.toString()).execute();
    Run chip = onChip(backEnd, "trace", bytecode, Map.of());
    assertThat(chip.output()).isEqualTo(host.output() + host.errors());
    assertThat(chip.status()).isEqualTo(2);
  }

  /** Where bytecode forgets what was below C, and knows no place of a division. */
  @Test
  void backtracesOfCompiledCodeCrossC() throws Exception {
    Path bytecode =
        compile(
            "cross",
            """
            let () = Printexc.record_backtrace true
            let rec f x = if x = 0 then raise Exit else 1 + f (x - 1)
            let collect () =
              Gc.finalise (fun _ -> ignore (f 1)) (ref 0);
              Gc.full_major ();
              0
            let () =
              try ignore (1 + collect ()) with Exit -> Printexc.print_backtrace stdout
            let () =
              try ignore (1 / Sys.opaque_identity 0) with _ -> Printexc.print_backtrace stdout
            let rec deep n = 1 + deep (n + 1)
            let () = try ignore (deep 0) with Stack_overflow -> Printexc.print_backtrace stdout
            let large n = Bytes.length (Bytes.create n) + 1
            let () = try ignore (large 10_000_000) with Out_of_memory -> Printexc.print_backtrace stdout
            """);
    assertThat(onChip(BackEnd.NATIVE, "cross", bytecode, Map.of()).output())
        .isEqualTo(
            """
            Raised at Cross.f in file "cross.ml", line 2, characters 28-38
            Called from Cross.f in file "cross.ml", line 2, characters 48-57
            Called from Cross.collect.(fun) in file "cross.ml", line 4, characters 31-36
            Called from Cross.collect in file "cross.ml", line 5, characters 2-18
            Called from Cross in file "cross.ml", line 8, characters 18-28
            Raised by primitive operation at Cross.large in file "cross.ml", line 13, characters 27-43
            Called from Cross in file "cross.ml", line 14, characters 20-38
            """);
  }

  /** What a unikernel's main does first: it must not cost two collections and a compaction. */
  @Test
  void anotherAllocationPolicyIsNotChangedTo() throws Exception {
    Path bytecode =
        compile(
            "policy",
            """
            let () =
              let before = Gc.quick_stat () in
              Gc.set { (Gc.get ()) with Gc.allocation_policy = 0; space_overhead = 90 };
              let now = Gc.get () and after = Gc.quick_stat () in
              Printf.printf "%d %d %d %d\n" now.Gc.allocation_policy now.Gc.space_overhead
                (after.Gc.compactions - before.Gc.compactions)
                (after.Gc.major_collections - before.Gc.major_collections)
            """);
    assertThat(onChip(BackEnd.NATIVE, "policy", bytecode, Map.of()))
        .isEqualTo(new Run(0, "2 90 0 0\n"));
  }

  @ParameterizedTest
  @EnumSource
  void integersHave31BitsAndBoxedOnesAllOfTheirs(BackEnd backEnd) throws Exception {
    Path bytecode =
        compile(
            "words",
            """
            let () =
              Printf.printf "%d %d %d\\n" Sys.int_size max_int (Sys.opaque_identity 0xFFFF_FFFF);
              Printf.printf "%nx %lx %Lx\\n" 0x7654_3210n 0x8000_0001l 0x8000_0000_0000_0001L;
              Printf.printf "%b %h\\n" (compare 1.5 1.25 > 0) (Sys.opaque_identity 1e-310);
              Printf.printf "%d %S\\n" (String.length "\\000abc\\255") "\\000abc\\255";
              assert ([||] = Array.sub [| 1 |] 0 0)
            """);
    assertThat(onChip(backEnd, "words", bytecode, Map.of()).output())
        .isEqualTo(
            "31 1073741823 -1\n76543210 80000001 8000000000000001\ntrue 0x0.01268e8b2a8d8p-1022\n5 \"\\000abc\\255\"\n"
                .replace("0x0.01268e8b2a8d8p-1022", hex("1e-310")));
  }

  /** What the host prints for the same float: its C library and ours must agree. */
  private String hex(String literal) throws Exception {
    Path bytecode =
        compile("hex", "let () = Printf.printf \"%h\" (Sys.opaque_identity " + literal + ")");
    return Command.of("ocamlrun", bytecode.toString()).run().output();
  }

  @ParameterizedTest
  @EnumSource
  void garbageMakesRoomForLongArrays(BackEnd backEnd) throws Exception {
    Path bytecode =
        compile(
            "long",
            """
            let () =
              for round = 1 to 12 do
                let a = Sys.opaque_identity (Array.make 16385 round) in
                let b = Sys.opaque_identity (Bytes.make 30000 'x') in
                assert (a.(16384) = round && Bytes.get b 29999 = 'x')
              done;
              print_string "room enough"
            """);
    assertThat(onChip(backEnd, "long", bytecode, Map.of())).isEqualTo(new Run(0, "room enough"));
  }

  @Test
  void bootArgumentsComeFromTheirPartition() throws Exception {
    String line = "--name=\"two words\" last";
    ByteArrayOutputStream arguments = new ByteArrayOutputStream();
    arguments.writeBytes("MARG".getBytes(StandardCharsets.US_ASCII));
    arguments.writeBytes(new byte[] {(byte) line.length(), 0, 0, 0});
    arguments.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
    Path partition = Files.write(dir.resolve("args"), arguments.toByteArray());
    Path bytecode =
        compile("args", "let () = Array.iteri (fun i a -> if i > 0 then print_endline a) Sys.argv");
    assertThat(onChip("args", bytecode, Map.of("args", new FlashData(partition, false))))
        .isEqualTo(new Run(0, "--name=two words\nlast\n"));
  }
}

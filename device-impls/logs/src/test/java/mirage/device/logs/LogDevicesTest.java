// SPDX-License-Identifier: Apache-2.0
package mirage.device.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mirage.device.testkit.Conformance;
import mirage.device.testkit.HostProgram;
import mirage.device.testkit.OcamlHost;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogDevicesTest {
  @TempDir Path folder;

  @Test
  void implementationsHaveTheirModuleTypes() {
    Conformance.check(OcamlHost.ofClassPath(), folder, new LogDevices().implementations());
  }

  @Test
  void linesHaveTheFormatOfMirageLogs() {
    HostProgram program =
        compile(
            """
            module L = Mirage_logs.Make (Pclock)
            let src = Logs.Src.create "my source"
            let tag = Logs.Tag.def "answer" Format.pp_print_int
            let () =
              L.set_reporter (L.create ());
              Logs.set_level (Some Logs.Debug);
              Logs.info (fun m -> m "hello");
              Logs.app ~src (fun m -> m ~header:"head" "%d and %s" 1 "two");
              Logs.err ~src (fun m -> m "two@.lines");
              Logs.warn (fun m -> m ~tags:Logs.Tag.(add tag 42 empty) "tagged");
              Logs.debug (fun m -> m "long: %s@ %s" (String.make 60 'x') (String.make 60 'y'))
            """);
    Command.Result result = program.run(Map.of("BOARD_WALL_NS", "1639758129000000000"));
    assertThat(result.errors())
        .isEqualTo(
            """
            2021-12-17 16:22:09 +00:00: INF [application] hello
            2021-12-17 16:22:09 +00:00: APP [my source:head] 1 and two
            2021-12-17 16:22:09 +00:00: ERR [my source] two
            lines
            2021-12-17 16:22:09 +00:00: WRN [application] tagged: answer=42
            2021-12-17 16:22:09 +00:00: DBG [application] long: %s
            %s
            """
                .formatted("x".repeat(60), "y".repeat(60)));
    assertThat(result.output()).isEmpty();
  }

  /** Our own calendar against the library it replaces, over four centuries and time zones. */
  @Test
  void datesAreThoseOfPtime() {
    HostProgram program =
        compile(
            """
            let now = ref (0, 0L)
            let zone = ref None
            module L = Mirage_logs.Make (struct
              let now_d_ps () = !now
              let current_tz_offset_s () = !zone
              let period_d_ps () = None
            end)
            let () =
              let file = Filename.temp_file "log" "" in
              let ch = open_out file in
              L.set_reporter (L.create ~ch ());
              Logs.set_level (Some Logs.Info);
              let expected = ref [] in
              for i = 0 to 9999 do
                let day = (i * 37) - 200_000 in
                now := (day, Int64.mul (Int64.of_int ((i * 8641) mod 86400)) 1_000_000_000_000L);
                zone := [| None; Some 0; Some 5400; Some (-43200); Some 50400 |].(i mod 5);
                Logs.info (fun m -> m "x");
                let time = Option.get (Ptime.of_span (Ptime.Span.v !now)) in
                expected :=
                  Format.asprintf "%a: INF [application] x" (Ptime.pp_human ?tz_offset_s:!zone ()) time
                  :: !expected
              done;
              close_out ch;
              let ic = open_in file in
              List.iter
                (fun line ->
                  let found = input_line ic in
                  if found <> line then Printf.printf "%s, not %s\\n" found line)
                (List.rev !expected);
              Sys.remove file;
              print_endline "done"
            """);
    Command.Result result = program.run();
    assertThat(result.output()).as(result.errors()).isEqualTo("done\n");
  }

  @Test
  void theRingKeepsTheLastMessagesForAFailure() {
    HostProgram program =
        compile(
            """
            open Lwt.Infix
            module L = Mirage_logs.Make (Pclock)
            let () =
              let l = L.create ~ring_size:3 ~console_threshold:(fun _ -> Logs.Warning) () in
              Logs.set_level (Some Logs.Debug);
              OS.Main.run
                (Lwt.catch
                   (fun () ->
                     L.run l (fun () ->
                         List.iter (fun i -> Logs.info (fun m -> m "message %d" i)) [ 1; 2; 3; 4 ];
                         OS.Time.sleep_ns 1L >>= fun () -> Lwt.fail Exit))
                   (fun _ -> Lwt.return_unit));
              L.dump_ring l stderr
            """);
    assertThat(program.run().errors())
        .isEqualTo(
            """
            --- Dumping log ring buffer ---
            1970-01-01 00:00:00 +00:00: INF [application] message 2
            1970-01-01 00:00:00 +00:00: INF [application] message 3
            1970-01-01 00:00:00 +00:00: INF [application] message 4
            --- End dump ---
            --- Dumping log ring buffer ---
            --- End dump ---
            """);
  }

  private HostProgram compile(String source) {
    List<String> libraries = List.of("mirage-logs", "mirage-os", "logs", "lwt", "ptime");
    return OcamlHost.ofClassPath().program(folder, libraries, source);
  }
}

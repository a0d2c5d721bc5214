// SPDX-License-Identifier: Apache-2.0
package mirage.device.console;

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

class ConsoleDevicesTest {
  @TempDir Path folder;

  @Test
  void implementationsHaveTheirModuleTypes() {
    Conformance.check(OcamlHost.ofClassPath(), folder, new ConsoleDevices().implementations());
  }

  @Test
  void linesComeOutInOrderAndInputComesInUntilItsEnd() {
    HostProgram program =
        OcamlHost.ofClassPath()
            .program(
                folder,
                List.of("mirage-console-board", "mirage-os", "cstruct", "lwt"),
                """
                open Lwt.Infix
                module C = Console_esp32

                let rec echo c =
                  C.read c >>= function
                  | Ok `Eof -> C.log c "end"
                  | Ok (`Data data) ->
                      let ms = Int64.div (Mclock.elapsed_ns ()) 1_000_000L in
                      C.log c (Printf.sprintf "%Ld %S" ms (Cstruct.to_string data)) >>= fun () -> echo c
                  | Error _ -> assert false

                let () =
                  OS.Main.run
                    ( C.connect "0" >>= fun c ->
                      print_string "buffered ";
                      C.log c "first" >>= fun () ->
                      C.writev c [ Cstruct.of_string "a"; Cstruct.of_string "b\\n" ] >>= fun _ -> echo c )
                """);
    Command.Result result = program.run(Map.of("BOARD_INPUT", "hello\nwor|ld"));
    assertThat(result.output())
        .isEqualTo(
            """
            buffered first
            ab
            1000 "hello\\nwor"
            2000 "ld"
            end
            """);
  }
}

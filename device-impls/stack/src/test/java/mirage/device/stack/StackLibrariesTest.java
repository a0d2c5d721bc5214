// SPDX-License-Identifier: Apache-2.0
package mirage.device.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import mirage.device.DeviceKind;
import mirage.device.DeviceKinds;
import mirage.device.OcamlLibrary;
import mirage.device.testkit.Conformance;
import mirage.device.testkit.OcamlHost;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackLibrariesTest {
  private static final OcamlHost HOST = OcamlHost.ofClassPath();

  @TempDir Path folder;

  @Test
  void everyLibraryCompilesWithoutWarnings() {
    new StackDevices().libraries().stream().map(OcamlLibrary::name).forEach(HOST::check);
  }

  @Test
  void theModuleTypesOfAllKindsExist() {
    List<String> ours = new StackDevices().libraries().stream().map(OcamlLibrary::name).toList();
    StringBuilder source = new StringBuilder();
    for (DeviceKind kind : DeviceKinds.ALL) {
      if (ours.contains(kind.library())) {
        source.append("module type T_%s = %s\n".formatted(kind.name(), kind.signature()));
      }
    }
    assertThat(source.toString().lines().count()).isGreaterThan(18);
    HOST.program(folder, ours, source.toString());
  }

  /** Whole stacks want an IP, a UDP and a TCP of one version: their test is a program with one. */
  @Test
  void implementationsHaveTheirModuleTypes() {
    Conformance.check(
        HOST,
        folder,
        new StackDevices()
            .implementations().stream().filter(it -> !it.kind().startsWith("stack")).toList());
  }

  @Test
  void oldNamesAreTheSameModuleTypes() {
    HOST.program(
        folder,
        List.of("mirage-types-lwt"),
        """
        module F (S : Mirage_types_lwt.STACKV4) : Tcpip.Stack.V4 = S
        module G (S : Mirage_stack.V4V6) : Tcpip.Stack.V4V6 = S
        module H (C : Mirage_types.CONSOLE) : Mirage_console.S = C
        module I (E : Mirage_protocols.ETHERNET) : Ethernet.S = E
        """);
  }

  @Test
  void ethernetHeadersAreReadAndWritten() {
    assertThat(
            run(
                List.of("ethernet", "cstruct", "macaddr", "lwt"),
                """
                open Ethernet.Packet
                let () =
                  let source = Macaddr.of_string_exn "02:00:00:00:00:01" and destination = Macaddr.broadcast in
                  let header = { source; destination; ethertype = `ARP } in
                  let frame = Cstruct.append (make_cstruct header) (Cstruct.of_string "payload") in
                  String.iter (fun c -> Printf.printf "%02x" (Char.code c)) (Cstruct.to_string frame);
                  print_newline ();
                  (match of_cstruct frame with
                  | Ok (h, payload) -> assert (h = header); print_endline (Cstruct.to_string payload)
                  | Error e -> print_endline e);
                  List.iter
                    (fun s -> match of_cstruct (Cstruct.of_string s) with Ok _ -> assert false | Error e -> print_endline e)
                    [ "short"; String.make 20 '\\001' ]
                """))
        .isEqualTo(
            "ffffffffffff02000000000108067061796c6f6164\npayload\n"
                + "frame too small to contain an ethernet header\nunknown ethertype 257\n");
  }

  private String run(List<String> libraries, String source) {
    Command.Result result = HOST.program(folder, libraries, source).run();
    assertThat(result.status()).as(result.errors()).isZero();
    return result.output();
  }
}

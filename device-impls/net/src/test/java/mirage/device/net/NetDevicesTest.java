// SPDX-License-Identifier: Apache-2.0
package mirage.device.net;

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

/** Interfaces of the test board: {@code loop} gives back what is sent a millisecond later. */
class NetDevicesTest {
  private static final OcamlHost HOST = OcamlHost.ofClassPath();

  @TempDir Path folder;

  @Test
  void theImplementationHasItsModuleType() {
    Conformance.check(HOST, folder, new NetDevices().implementations());
  }

  @Test
  void framesComeBackInOrderThoughFourAtATimeAreUnderWay() {
    assertThat(
            run(
                """
                let frame i b = Cstruct.set_uint8 b 14 i; 15 + i

                let main () =
                  let* t = Netif.connect "loop" in
                  say "connected";
                  Lwt.async (fun () ->
                      Lwt.map ignore
                        (Netif.listen t ~header_size:14 (fun f ->
                             say (Printf.sprintf "%d: %d bytes" (Cstruct.get_uint8 f 14) (Cstruct.length f));
                             if Cstruct.get_uint8 f 14 = 3 then failwith "listener";
                             Lwt.return_unit)));
                  let* () = Lwt.join (List.init 6 (fun i -> Lwt.map (fun _ -> ()) (Netif.write t ~size:50 (frame i)))) in
                  let* long = Netif.write t ~size:1515 (fun _ -> 1515) in
                  let* short = Netif.write t ~size:14 (fun _ -> 13) in
                  say (if long = Error `Invalid_length && short = long then "refused" else "taken");
                  let* () = OS.Time.sleep_ns 10_000_000L in
                  let s = Netif.get_stats_counters t in
                  say (Printf.sprintf "sent %ld %Ld, received %ld %Ld" s.tx_pkts s.tx_bytes s.rx_pkts s.rx_bytes);
                  let* () = Netif.disconnect t in
                  let* after = Netif.write t ~size:50 (frame 0) in
                  say (if after = Error `Disconnected then "over" else "not over");
                  Lwt.return_unit
                """))
        .containsExactly(
            "100 connected",
            "101 0: 15 bytes",
            "101 1: 16 bytes",
            "101 2: 17 bytes",
            "101 3: 18 bytes",
            "101 refused",
            "102 4: 19 bytes",
            "102 5: 20 bytes",
            "111 sent 6 105, received 6 105",
            "111 over");
  }

  @Test
  void withoutALinkItGoesOnAfterThreeSeconds() {
    assertThat(
            run(
                """
                let main () =
                  let* t = Netif.connect "silent" in
                  say (string_of_bool (Netif.link t));
                  Lwt.return_unit
                """))
        .containsExactly("3000 false");
  }

  @Test
  void whatCannotBeOpenedIsExplained() {
    assertThat(
            run(
                """
                let try_ name = Lwt.catch (fun () -> Lwt.map ignore (Netif.connect name)) (function
                    | Failure why -> say why; Lwt.return_unit
                    | e -> Lwt.fail e)
                let main () = let* () = try_ "eth7" in try_ "locked"
                """))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("0 network interface \"eth7\": there is no such"),
            line -> assertThat(line).contains("\"locked\": no right to open it", "ip tuntap add"));
  }

  private String[] run(String source) {
    HostProgram program =
        HOST.program(
            folder,
            List.of("mirage-net-board", "cstruct", "lwt", "mirage-os"),
            """
            open Lwt.Syntax
            let say what = Printf.printf "%Ld %s\\n%!" (Int64.div (Mclock.elapsed_ns ()) 1_000_000L) what
            """
                + source
                + "\nlet () = OS.Main.run (main ())\n");
    Command.Result result = program.run(Map.of());
    assertThat(result.status()).as(result.errors()).isZero();
    return result.output().split("\n");
  }
}

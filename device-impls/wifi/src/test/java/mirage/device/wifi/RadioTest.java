// SPDX-License-Identifier: Apache-2.0
package mirage.device.wifi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mirage.device.testkit.OcamlHost;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a chip there is no radio; what it does with one is a test of samples. */
class RadioTest {
  @TempDir Path folder;

  @Test
  void aBoardWithoutARadioSaysSo() {
    Command.Result result =
        OcamlHost.ofClassPath()
            .program(
                folder,
                List.of("wifi-radio", "cstruct", "lwt", "mirage-os"),
                """
                let main () =
                  Lwt.catch
                    (fun () -> Lwt.map (fun _ -> print_string "a radio") (Radio.connect ()))
                    (function Failure why -> print_string why; Lwt.return_unit | e -> Lwt.fail e)
                let () = OS.Main.run (main ())
                """)
            .run(Map.of());
    assertThat(result.output()).startsWith("no radio here: WiFi is for target esp32");
  }
}

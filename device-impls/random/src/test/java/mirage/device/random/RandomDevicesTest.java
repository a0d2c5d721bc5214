// SPDX-License-Identifier: Apache-2.0
package mirage.device.random;

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

class RandomDevicesTest {
  @TempDir Path folder;

  @Test
  void implementationsHaveTheirModuleTypes() {
    Conformance.check(OcamlHost.ofClassPath(), folder, new RandomDevices().implementations());
  }

  @Test
  void theFacadeHasTheModuleTypeUnikernelsAskFor() {
    compile(
        """
        module _ : Mirage_random.S = Mirage_crypto_rng
        module _ (T : Mirage_time.S) (M : Mirage_clock.MCLOCK) : Mirage_random.S =
          Mirage_crypto_rng_mirage.Make (T) (M)
        module R = Mirage_crypto_rng_mirage.Make (OS.Time) (Mclock)
        let () =
          OS.Main.run (R.initialize (module Mirage_crypto_rng.Fortuna));
          Format.printf "%a@." (Format.pp_print_list Mirage_crypto_rng.Entropy.pp_source)
            (Mirage_crypto_rng.Entropy.sources ())
        """);
  }

  /** Every number below a bound comes, and equally often: chi-squared with a limit passed once in 10,000. */
  @Test
  void numbersAreUniform() {
    HostProgram program =
        compile(
            """
            let g n = Mirage_random_hardware.generate n

            let chi_squared cells draws next =
              let seen = Array.make cells 0 in
              for _ = 1 to draws do
                let i = next () in
                seen.(i) <- seen.(i) + 1
              done;
              let expected = float draws /. float cells in
              let sum = ref 0. in
              Array.iter (fun n -> sum := !sum +. ((float n -. expected) ** 2. /. expected)) seen;
              (* normal approximation *)
              (!sum -. float (cells - 1)) /. sqrt (2. *. float (cells - 1))

            let check name cells next =
              let deviation = chi_squared cells (cells * 500) next in
              if deviation > 4.5 then Printf.printf "%s: deviation %.1f\\n" name deviation

            let () =
              check "int8" 256 (fun () -> Randomconv.int8 g);
              check "int16" 256 (fun () -> Randomconv.int16 g lsr 8);
              List.iter
                (fun bound ->
                  check (string_of_int bound) bound (fun () -> Randomconv.int ~bound g))
                [ 2; 3; 20; 256; 257; 2500 ];
              check "int" 64 (fun () -> Randomconv.int g / ((max_int / 64) + 1));
              check "float" 100 (fun () -> truncate (Randomconv.float ~bound:100. g));
              assert (Randomconv.int ~bound:1 g = 0);
              List.iter
                (fun bound ->
                  match Randomconv.int ~bound g with
                  | _ -> print_endline "no exception"
                  | exception Invalid_argument _ -> ())
                [ 0; -1; min_int ];
              assert (Cstruct.length (g 0) = 0);
              print_endline "done"
            """);
    Command.Result result = program.run(Map.of("BOARD_SEED", "42"));
    assertThat(result.output()).as(result.errors()).isEqualTo("done\n");
  }

  /** Each says in the log what the seed is worth. */
  @Test
  void keysWantNoiseOrLeave() {
    HostProgram program =
        compile(
            """
            let () =
              Logs.set_level (Some Logs.Info);
              Logs.set_reporter (Logs.format_reporter ~dst:Format.std_formatter ());
              List.iter
                (fun weak ->
                  match Mirage_crypto_rng_hardware.initialize ~weak () with
                  | () ->
                      Printf.printf "%d bytes\n%!" (Cstruct.length (Mirage_crypto_rng.generate 16))
                  | exception Failure why -> print_endline why)
                [ false; true ]
            """);
    assertThat(program.run(Map.of("BOARD_NOISE", "on")).output())
        .containsSubsequence("[INFO]", "which noise feeds", "16 bytes", "which noise feeds")
        .doesNotContain("guessed");
    assertThat(program.run(Map.of("BOARD_NOISE", "off")).output())
        .startsWith("random: no noise feeds the machine's generator while the radio is off")
        .containsSubsequence("--weak-random", "[WARNING]", "keys can be guessed", "16 bytes");
  }

  private HostProgram compile(String source) {
    List<String> libraries =
        List.of(
            "randomconv",
            "mirage-crypto-rng-mirage",
            "mirage-crypto-rng-hardware",
            "logs",
            "mirage-random",
            "mirage-os",
            "cstruct",
            "lwt");
    return OcamlHost.ofClassPath().program(folder, libraries, source);
  }
}

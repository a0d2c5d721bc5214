// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.tools.AtomicFiles;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The programs that change frames and messages at random, which the modules of devices run on this machine in every build, on the
 * emulated chip. {@code -Dchip.mutations=100000} is how many each changes, in all.
 */
@Timeout(10_000)
@EnabledIfSystemProperty(named = "chip.mutations", matches = "[0-9]+")
class ChipMutationsTest {
  private static final int CHANGES = Integer.getInteger("chip.mutations", 100_000);

  private static final int SEED = Integer.getInteger("mutations.seed", 1);

  /** Files of the stack's programs that others use: hosts on a wire, and a DHCP server that damages its answers. */
  private static final List<String> HOSTS = List.of("stacks", "dual", "dhcp_answers");

  private static final List<String> RADIO = ofJarWith("ieee80211");

  private static final List<String> STACK =
      join(ofJarWith("tcpip"), List.of("mirage-random-hardware"));

  /** Not all of their jar, for one needs upstream's TLS. */
  private static final List<String> SERVICES =
      List.of("cohttp-mirage", "conduit-mirage", "dns-client");

  /**
   * A program of a module of {@code device-impls}.
   *
   * @param others the files of the stack's that it uses besides
   * @param last what it prints when all went well
   */
  private record Program(
      String module, String name, List<String> others, List<String> libraries, String last) {
    @Override
    public String toString() {
      return module + ", " + name;
    }
  }

  @TempDir Path folder;

  static Stream<Program> programs() {
    List<String> services = join(STACK, SERVICES);
    return Stream.of(
        new Program("wifi", "mutations", List.of(), RADIO, "works after true"),
        new Program("stack", "mutations", HOSTS, STACK, "works"),
        new Program(
            "stack",
            "dhcp-mutations",
            List.of("stacks", "dhcp_answers"),
            STACK,
            "addresses are taken: true"),
        new Program("services", "dns-mutations", HOSTS, services, "some are damaged: true"),
        new Program("services", "http-mutations", HOSTS, services, "works true"));
  }

  /** The libraries of the jar that has this one. */
  private static List<String> ofJarWith(String library) {
    return DeviceProvider.ofClassPath().stream()
        .map(jar -> jar.libraries().stream().map(OcamlLibrary::name).toList())
        .filter(names -> names.contains(library))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> join(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void nothingReceivedDoesHarm(Program program) throws IOException {
    write(program);
    Tool tool = new Tool(folder);
    assertThat(tool.run("", "configure", "-t", "esp32")).matches(it -> it.status() == 0);
    Tool.Result built = tool.run("", "build");
    assertThat(built.status()).as(built.output()).isZero();
    Tool.Result run = tool.run("", "-q", "run", "--expect", program.last());
    assertThat(run.status()).as(run.output()).isZero();
  }

  /** The program is what it is on this machine; its arguments stand where it looks for boot arguments. */
  private void write(Program program) throws IOException {
    String arguments =
        "module Bootvar = struct let argv () = Lwt.return [| \"\"; \"%d\"; \"%d\" |] end\n"
            .formatted(SEED, CHANGES);
    AtomicFiles.update(
        folder.resolve("unikernel.ml"),
        arguments + source(program.module(), program.name()) + "\nlet start = Lwt.return_unit\n");
    for (String other : program.others()) {
      AtomicFiles.update(folder.resolve(other + ".ml"), source("stack", other));
    }
    String packages =
        program.libraries().stream()
            .map("package \"%s\""::formatted)
            .collect(Collectors.joining("; "));
    AtomicFiles.update(
        folder.resolve("config.ml"),
        "open Mirage\nlet () = register \"mutations\" [ foreign ~packages:[ %s ] \"Unikernel\" job ]\n"
            .formatted(packages));
  }

  private static String source(String module, String name) throws IOException {
    Path programs = Path.of("../device-impls", module, "src/test/resources/programs");
    return Files.readString(programs.resolve(name + ".ml"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.config.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.device.DeviceKind;
import mirage.device.DeviceKinds;
import org.junit.jupiter.api.Test;

/** The kinds that a config.ml can ask for are those that a jar can implement, and those that the manual has. */
class DeviceKindsTest {
  private static final Path DSL = Path.of("src/main/resources/ocaml/mirage");

  /** How the DSL's files make devices of a kind. */
  private static final Pattern DEVICE =
      Pattern.compile(
          "\\b(?:dev|named_block|kv_of_dir|v4_socket|v6_socket|v4v6_socket|syslog_device)"
              + "\\s+\"(\\w+)\"|\\bkind = \"(\\w+)\"");

  private static final Pattern DOCUMENTED = Pattern.compile("`(\\w+)`");

  @Test
  void configsAskForKindsThatThereAre() throws IOException {
    Set<String> asked = new TreeSet<>();
    try (Stream<Path> files = Files.list(DSL)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".ml")).toList()) {
        DEVICE
            .matcher(Files.readString(file))
            .results()
            .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
            .forEach(asked::add);
      }
    }
    assertThat(asked).isEqualTo(made());
  }

  @Test
  void theTableOfTheProtocolIsComplete() throws IOException {
    String text = Files.readString(Path.of("../docs/config-protocol.md"));
    Set<String> documented =
        DOCUMENTED.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    assertThat(documented).containsAll(made());
  }

  /** All kinds but those that devices only ask for as an argument. */
  private static Set<String> made() {
    Set<String> arguments =
        Set.of(DeviceKinds.ANY_IP, DeviceKinds.ANY_STACK, DeviceKinds.ANY_CONDUIT);
    return DeviceKinds.ALL.stream()
        .map(DeviceKind::name)
        .filter(name -> !arguments.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

// SPDX-License-Identifier: Apache-2.0
package mirage.device.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceKind;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;
import mirage.tools.MirageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar as a device author may write it: C code of its own, a kind of its own. */
class OcamlHostTest {
  @TempDir Path folder;

  private static final class Counters implements DeviceProvider {
    @Override
    public List<DeviceKind> kinds() {
      return List.of(new DeviceKind("counter", "Counter.S", "counter"));
    }

    @Override
    public List<OcamlLibrary> libraries() {
      return List.of(OcamlLibrary.of(OcamlHostTest.class, "counter", "1.0"));
    }

    private static DeviceImplementation implementation(String kind, String module) {
      return DeviceImplementation.of("c", kind, Target.ALL, module, "return ()", "counter");
    }
  }

  private final OcamlHost host = OcamlHost.of(List.of(new Counters()));

  @Test
  void aLibraryWithCodeInCIsLinked() {
    HostProgram program =
        host.program(folder, List.of("counter"), "let () = print_int (Counter.next 41)");
    assertThat(program.run().output()).isEqualTo("42");
  }

  @Test
  void kindsOfTheJarItselfAreChecked() {
    assertThatCode(
            () ->
                Conformance.check(
                    host, folder, List.of(Counters.implementation("counter", "Counter"))))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                Conformance.check(
                    host, folder, List.of(Counters.implementation("counter", "String"))))
        .isInstanceOf(MirageException.class)
        .hasMessageContaining("The value `next' is required but not provided");
    assertThatThrownBy(
            () ->
                Conformance.check(
                    host, folder, List.of(Counters.implementation("lamp", "Counter"))))
        .hasMessageStartingWith("device kind 'lamp': neither");
  }
}

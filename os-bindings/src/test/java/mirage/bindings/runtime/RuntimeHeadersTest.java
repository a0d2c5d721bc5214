// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mirage.bindings.CToolchain;
import mirage.device.Target;
import mirage.tools.BuildCache;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuntimeHeadersTest {
  @TempDir Path scratch;

  @ParameterizedTest
  @EnumSource(Target.class)
  void aStubCompilesForEveryTarget(Target target) throws IOException {
    Path source = scratch.resolve("stub.c");
    Files.writeString(
        source,
        """
        #define CAML_INTERNALS
        #include <caml/mlvalues.h>
        #include <caml/alloc.h>
        #include <caml/memory.h>
        #include <caml/version.h>
        #include <caml/bigarray.h>
        #include <board.h>
        #if OCAML_VERSION < 41300
        #error "which OCaml is this?"
        #endif
        value stub(value unit) {
          CAMLparam1(unit);
          CAMLreturn(caml_copy_int64(board_monotonic_ns()));
        }
        """);
    Path object = scratch.resolve("stub.o");
    CToolchain toolchain = RuntimeHeaders.toolchain(target, BuildCache.user());
    toolchain.compile(source, object, List.of("-Werror"));
    toolchain.archive(List.of(object), scratch.resolve("libstub.a"));

    assertThat(Files.readString(scratch.resolve("libstub.a"), StandardCharsets.ISO_8859_1))
        .startsWith("!<arch>")
        .contains("caml_copy_int64");
  }
}

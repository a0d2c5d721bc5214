// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LocationsTest {
  private final SampleProgram program = new SampleProgram();

  /** Of a stub, of the first call, and of the raise that was put in place of the second. */
  @Test
  void backtracesHaveThePlacesOfReturnAddresses() {
    Locations locations = new Locations(program.places, program.events);
    Assembly out = new Assembly();
    locations.handler("outer", 2);
    locations.handler("inner", program.inlined);
    locations.write(List.of(-1, 1, program.inlined), out);
    assertThat(out.toString().replace("\t", ""))
        .isEqualTo(
            """
            .section .rodata.mirage.location_entries, "a"
            .balign 4
            mirage_location_entries:
            .byte 0,17,2,4,8,7,1,2,8,5,8,35,2,1,10
            .section .rodata.mirage.location_index, "a"
            .balign 4
            mirage_location_index:
            .word 1
            .word 0
            .section .rodata.mirage.location_names, "a"
            .balign 4
            mirage_location_names:
            .byte 0,109,46,109,108,0,77,0,1,102,0,2,103,0
            .section .rodata.mirage.locations, "a"
            .balign 4
            mirage_locations:
            .global mirage_locations
            .word mirage_location_entries, mirage_location_index
            .word 2, mirage_location_names
            .section .rodata.caml_native_inlined_handlers, "a"
            .align 4
            .global caml_native_inlined_handlers, caml_native_inlined_handlers_end
            caml_native_inlined_handlers:
            .word inner, 1
            caml_native_inlined_handlers_end:
            """);
  }
}

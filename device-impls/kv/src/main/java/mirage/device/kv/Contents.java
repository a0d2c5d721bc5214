// SPDX-License-Identifier: Apache-2.0
package mirage.device.kv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import mirage.device.DeviceGenerator;
import mirage.device.FlashData;

/** Where the values of a folder's files are kept, and what its module says of them. */
interface Contents {
  /** The module of OCaml that reads them, a {@code Mirage_kv_static.SOURCE}, as an expression. */
  String source();

  /** A value's content, as an expression of OCaml. */
  String add(byte[] content) throws IOException;

  /** The partitions made, when all is added. */
  Map<String, FlashData> partitions() throws IOException;

  /** String constants of the program. */
  static Contents constants() {
    return new Contents() {
      @Override
      public String source() {
        return "Constants";
      }

      @Override
      public String add(byte[] content) {
        return OcamlString.literal(content);
      }

      @Override
      public Map<String, FlashData> partitions() {
        return Map.of();
      }
    };
  }

  /** One after the other in a partition named after the module, behind the folder's digest. */
  static Contents partition(DeviceGenerator.Request request, byte[] digest) throws IOException {
    String name = request.file();
    Path file = request.output().resolve(name + ".partition");
    Files.write(file, digest);
    return new Contents() {
      @Override
      public String source() {
        return "(Mirage_kv_flash.Make (struct let name = \"%s\" let digest = %s end))"
            .formatted(name, OcamlString.literal(digest));
      }

      @Override
      public String add(byte[] content) throws IOException {
        long offset = Files.size(file);
        Files.write(file, content, StandardOpenOption.APPEND);
        return "{ Mirage_kv_flash.offset = %d; length = %d }".formatted(offset, content.length);
      }

      @Override
      public Map<String, FlashData> partitions() {
        return Map.of(name, new FlashData(file, true));
      }
    };
  }
}
